"""Stretches in which a reading stands still for longer than its instrument and its level explain.

What is normal is learnt from the series itself: how often, at that level, two readings in a row are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.kernel.arrays import Flags, Floats, Minutes, np
from xiaohao.outcomes.curve import Curve
from xiaohao.outcomes.spread import resolution_of

#: How far two readings may differ and still stand still, in steps of the resolution: not at all, or by the last digit.
TOLERANCES = (0, 1)

#: Readings a stretch must have to be looked at, and hours: real networks fill a lost day with its mean (24 equal hours, up to 30 seen in
#: the honest Beijing series, UCI 501), so a stretch speaks from a day and a half on.
FEWEST_READINGS = 6
FEWEST_HOURS = 36

#: How many such stretches a series of this length may be expected to show by chance: one in a million series.
CHANCE = 1e-6

#: Levels up to this many steps of the resolution are the instrument's floor, where standing still is normal.
FLOOR_STEPS = 5

#: Readings within this share of the level (and at least two steps) show how a reading moves at that level.
_SAME_LEVEL = 0.25

#: Where at least this share of neighbouring readings is equal anyway, standing still says nothing.
_USUAL = 0.7

#: Steps seen at that level, outside such stretches, before one knows what is usual there: a coarse instrument shows none.
_FEWEST_STEPS = 20

#: An edge of the scale (the highest or the lowest value of the series) that is reached in this many separate places is the end of the
#: instrument's range.
_EDGE_VISITS = 3


@dataclass(frozen=True, slots=True)
class Still:
    """A stretch `first`..`last` (indexes into the known readings, both included) at `value`; `usual`: share of readings that do not
    move at that level elsewhere."""

    first: int
    last: int
    value: float
    usual: float

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def still_stretches(known: Curve) -> tuple[Still, ...]:
    """The stretches of the known readings that chance does not explain, longest first, none inside another."""
    values, unit = known.values, resolution_of(known)
    if len(values) < 4 * FEWEST_READINGS or unit <= 0:
        return ()
    fewest = max(FEWEST_READINGS, FEWEST_HOURS * 60 // known.step)
    found: list[Still] = []
    for tolerance in TOLERANCES:
        runs = _runs(values, tolerance * unit, fewest)
        inside = _marked(runs, len(values))
        for first, last in runs:
            still = _judged(values, unit, tolerance, first, last, inside)
            if still and not any(still.first <= other.last and other.first <= still.last for other in found):
                found.append(still)
    return tuple(sorted(found, key=lambda still: (-still.count, still.first)))


def _runs(values: Floats, tolerance: float, fewest: int) -> list[tuple[int, int]]:
    """Maximal runs, of at least `fewest` readings, that stay within `tolerance` of their first reading."""
    slack = tolerance + 1e-9 * max(1.0, float(np.max(np.abs(values))))
    moves = np.abs(np.diff(values)) > (2 * slack if tolerance else slack)
    starts = np.concatenate(([0], np.flatnonzero(moves) + 1))
    ends = np.concatenate((starts[1:] - 1, [len(values) - 1]))
    runs: list[tuple[int, int]] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        while end - start + 1 >= fewest:
            away = np.flatnonzero(np.abs(values[start : end + 1] - values[start]) > slack)
            stop = start + int(away[0]) - 1 if len(away) else end
            if stop - start + 1 >= fewest:
                runs.append((start, stop))
            start = stop + 1
    return runs


def _marked(runs: list[tuple[int, int]], length: int) -> Flags:
    inside = np.zeros(length, dtype=bool)
    for first, last in runs:
        inside[first : last + 1] = True
    return inside


def _judged(values: Floats, unit: float, tolerance: int, first: int, last: int, inside: Flags) -> Still | None:
    value = float(np.median(values[first : last + 1]))
    if abs(value) <= FLOOR_STEPS * unit or _is_edge(values, value):
        return None
    near = np.abs(values[:-1] - value) <= max(2 * unit, _SAME_LEVEL * abs(value))
    free = near & ~inside[:-1] & ~inside[1:]
    equal = np.abs(np.diff(values))[free] <= (tolerance + 1e-6) * unit
    usual = (float(np.sum(equal)) + 1) / (len(equal) + 2)
    count = last - first + 1
    if len(equal) < _FEWEST_STEPS or usual >= _USUAL or len(values) * usual ** (count - 1) > CHANCE:
        return None
    return Still(first, last, value, usual)


def _is_edge(values: Floats, value: float) -> bool:
    if value not in (float(np.max(values)), float(np.min(values))):
        return False
    there: Minutes = np.flatnonzero(values == value)
    return int(np.sum(np.diff(there) > 1)) + 1 >= _EDGE_VISITS
