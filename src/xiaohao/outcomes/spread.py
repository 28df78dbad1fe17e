"""How much readings vary, said in ways that one spike, a coarse instrument or a season does not spoil."""

from __future__ import annotations

from xiaohao.kernel.arrays import Flags, Floats, np
from xiaohao.outcomes.curve import Curve

#: Steps of the decimal scale that instruments print: 1, 2, 5, 10 … 10^-6 … 10^4.
_STEPS = tuple(mantissa * 10.0**power for power in range(4, -7, -1) for mantissa in (5, 2, 1))

#: Share of readings that must be whole multiples of a step before it is called the step of the series; the rest may be converted or averaged
#: (one reading in eight of the honest Beijing series is).
_NEARLY_ALL = 0.8

#: Relative slack in testing for a multiple: printed decimals are not exact in binary.
_SLACK = 1e-6


def resolution_of(curve: Curve) -> float:
    """The step in which the readings really come: the coarser of the stated resolution and the one seen in the values. 0 for no readings."""
    seen = seen_step(curve.values[np.isfinite(curve.values)])
    return max(curve.series.resolution or 0.0, seen)


def seen_step(values: Floats) -> float:
    """The largest of 1, 2, 5 × 10^n of which nearly all values are multiples; 0 where there is none (or no value)."""
    if not len(values) or not np.any(values != 0):
        return 0.0
    for step in _STEPS:
        ratio = values / step
        if np.mean(np.abs(ratio - np.round(ratio)) < _SLACK * np.maximum(1, np.abs(ratio))) >= _NEARLY_ALL:
            return step
    return 0.0


def deviation(values: Floats) -> float:
    """Median absolute deviation from the median, in the values' unit; 0 for no values."""
    return float(np.median(np.abs(values - np.median(values)))) if len(values) else 0.0


def stretches(flags: Flags) -> list[tuple[int, int]]:
    """(first, last) index, both included, of every unbroken run of True."""
    edges = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    return list(zip(np.flatnonzero(edges == 1).tolist(), (np.flatnonzero(edges == -1) - 1).tolist(), strict=True))
