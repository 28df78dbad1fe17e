"""Blocks of readings that come a second time, digit by digit or with the last digits changed, in the same series or in another.

What chance does is learnt from the series themselves: how often two readings some days apart agree, and how often agreement lasts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xiaohao.kernel.arrays import Flags, Floats, np
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve
from xiaohao.outcomes.spread import resolution_of

#: How far copied readings may differ, in steps of the resolution: not at all; by a touch; by any other last digit.
TOLERANCES = (0, 2, 9)

#: Readings that a block must have (of a series of hours a whole day), and different values among them: a stretch that stands still is no copy.
FEWEST_READINGS = 6
FEWEST_HOURS = 24
FEWEST_VALUES = 4

#: How many blocks of this kind chance may be expected to make in a pair of series of this length: exact copies one in a hundred thousand
#: pairs; with changed digits one in a thousand million, because quiet weather makes readings agree more than the average says.
CHANCE = 1e-5
CHANCE_CHANGED = 1e-9

#: Where digits were changed, readings must move from one to the next (median) by this many times the change allowed, else nearness is no copy.
MOVES = 1.5

#: Series of hours are first looked at in every fourth reading: a copied day shows there as well.
_STRIDE = 4

#: Distances tried to learn what chance does; more change nothing.
_SAMPLED = 60

#: Neighbouring distances: a season makes readings agree nearly as well one reading further, a copy does not.
_BESIDE = (-3, -2, -1, 1, 2, 3)

#: Longest series (in steps of its rhythm) that is searched; ten years of hours.
_LONGEST = 90_000

#: Share of agreeing readings below which agreement counts as this: with no agreement seen at all, chance is not zero.
_LEAST_AGREEMENT = 0.01


#: Agreements that the expectation itself is worth, where few are seen.
_PRIOR = 30


@dataclass(frozen=True, slots=True)
class Copied:
    """Readings `first`..`last` (places on the grid of `one`) that come again `lag` places later in `other`; `count` of them agree within
    `tolerance` steps of the resolution; `expected`: how many such blocks chance makes."""

    one: Grid
    other: Grid
    first: int
    last: int
    lag: int
    count: int
    tolerance: int
    expected: float


@dataclass(frozen=True, eq=False, slots=True)
class Grid:
    """The known readings of a curve laid on the rhythm of the series, NaN where there is none. `start`: minute of place 0."""

    curve: Curve
    start: int
    values: Floats

    def time(self, place: int) -> int:
        """Minute (Curve.minutes) of a place."""
        return self.start + place * self.curve.step


def grid_of(curve: Curve) -> Grid | None:
    """The grid of a curve of days or hours; None for other rhythms, for none, or for a series too long to search."""
    known = curve.known()
    if known.series.interval not in ("hour", "day") or len(known) < 4 * FEWEST_READINGS:
        return None
    places = (known.minutes - known.minutes[0]) // known.step
    if int(places[-1]) >= _LONGEST:
        return None
    values = np.full(int(places[-1]) + 1, np.nan)
    values[places] = known.values
    return Grid(known, int(known.minutes[0]), values)


def repeats_in(grid: Grid) -> Copied | None:
    """The block of the series that comes again in it and is hardest to explain by chance; None where chance explains all."""
    every = MINUTES_A_DAY // grid.curve.step if grid.curve.step < MINUTES_A_DAY else 1
    lags = range(every, len(grid.values) - FEWEST_READINGS, every)
    return _search(grid, grid, lags)


def repeats_between(one: Grid, other: Grid) -> Copied | None:
    """The block of `one` that stands in `other` on the same days and is hardest to explain by chance."""
    if one.curve.step != other.curve.step:
        return None
    return _search(one, other, [(one.start - other.start) // one.curve.step])


def _search(one: Grid, other: Grid, lags: Iterable[int]) -> Copied | None:
    unit = max(resolution_of(one.curve), resolution_of(other.curve))
    tried = list(lags)
    if unit <= 0 or not tried:
        return None
    for tolerance in TOLERANCES:
        slack = (tolerance + 1e-6) * unit
        best = max((_longest(one, other, lag, slack) for lag in tried), key=lambda found: found[0], default=(0, 0, 0, 0))
        count, lag, first, last = best
        if count < _fewest(one) or (tolerance and not _moves(one.values[first : last + 1], slack)):
            continue
        expected = _expected(one, other, tried, lag, first, last, count, slack)
        if expected < (CHANCE_CHANGED if tolerance else CHANCE):
            return Copied(one, other, first, last, lag, count, tolerance, expected)
    return None


def _fewest(grid: Grid) -> int:
    return FEWEST_HOURS if grid.curve.step < MINUTES_A_DAY else FEWEST_READINGS


def _moves(block: Floats, slack: float) -> bool:
    steps = np.abs(np.diff(block))
    steps = steps[np.isfinite(steps)]
    return len(steps) > 0 and float(np.median(steps)) >= MOVES * slack


def _may_agree(here: Floats, there: Floats, slack: float, fewest: int) -> bool:
    """A quick look at every fourth reading: whether a run of `fewest` may agree."""
    with np.errstate(invalid="ignore"):
        agrees = np.abs(here[::_STRIDE] - there[::_STRIDE]) <= slack
    run = fewest // _STRIDE - 1
    for _ in range(run - 1):
        if len(agrees) < 2:
            return False
        agrees = agrees[:-1] & agrees[1:]
    # after n shortenings a True stands for n+1 agreeing readings in a row
    return bool(agrees.any())


def _pair(one: Grid, other: Grid, lag: int) -> tuple[Floats, Floats, int]:
    """The overlapping parts of the two grids at that distance, and the place in `one` where they begin."""
    begin = max(0, -lag)
    end = min(len(one.values), len(other.values) - lag)
    return one.values[begin:end], other.values[begin + lag : end + lag], begin


def _longest(one: Grid, other: Grid, lag: int, slack: float) -> tuple[int, int, int, int]:
    """(readings that agree, lag, first, last place in `one`) of the longest agreeing run at this distance that is no standing still."""
    here, there, begin = _pair(one, other, lag)
    fewest = _fewest(one)
    if len(here) < fewest or (fewest > FEWEST_READINGS and not _may_agree(here, there, slack, fewest)):
        return 0, lag, 0, 0
    with np.errstate(invalid="ignore"):
        differs = np.abs(here - there) > slack  # NaN does not differ: a gap does not end a run
    edges = np.concatenate(([-1], np.flatnonzero(differs), [len(here)]))
    lengths = np.diff(edges) - 1
    if int(lengths.max()) < fewest:
        return 0, lag, 0, 0
    both = np.concatenate(([0], np.cumsum(np.isfinite(here) & np.isfinite(there))))
    counts = both[edges[1:]] - both[edges[:-1] + 1]
    for index in np.argsort(-counts)[:3].tolist():
        first, last = int(edges[index]) + 1, int(edges[index + 1]) - 1
        block = here[first : last + 1]
        if len(np.unique(block[np.isfinite(block)])) >= max(FEWEST_VALUES, int(counts[index]) // 20):
            return int(counts[index]), lag, begin + first, begin + last
    return 0, lag, 0, 0


def _expected(one: Grid, other: Grid, tried: list[int], lag: int, first: int, last: int, count: int, slack: float) -> float:
    """How many runs of `count` agreeing readings chance makes over all distances tried: pairs × agreement × continuation^(count−1), taking
    agreement and continuation at the level of the block, as they are at other distances and outside the block."""
    block = one.values[first : last + 1]
    low, high = np.nanmin(block) - slack, np.nanmax(block) + slack
    strange = [each for each in _sample(tried) if each % lag and lag % each] if lag else []
    beside = [lag + each for each in _BESIDE]
    seen = [_agreement(one, other, strange, low, high, slack, None, _LEAST_AGREEMENT)]
    seen.append(_agreement(one, other, beside, low, high, slack, None, seen[0][1]))
    covered = (last - first + 1) / max(1, len(_pair(one, other, lag)[0]))
    if covered < 0.5:
        seen.append(_agreement(one, other, [lag], low, high, slack, (first, last), seen[0][1]))
    agreement = max(_LEAST_AGREEMENT, *(share for share, _ in seen))
    continuation = max(_LEAST_AGREEMENT, *(lasts for _, lasts in seen))
    pairs = sum(max(0, min(len(one.values), len(other.values) - each) - max(0, -each)) for each in tried)
    return float(pairs * agreement * continuation ** (count - 1))


def _agreement(
    one: Grid, other: Grid, lags: Iterable[int], low: float, high: float, slack: float, leave_out: tuple[int, int] | None, lasts: float
) -> tuple[float, float]:
    """(share of pairs at the level that agree, share of agreements that last to the next reading); where few are seen, near `lasts`."""
    pairs = agreeing = lasting = could_last = 0
    for lag in lags:
        here, there, begin = _pair(one, other, lag)
        with np.errstate(invalid="ignore"):
            counts: Flags = (here >= low) & (here <= high) & np.isfinite(there)
            agrees = (np.abs(here - there) <= slack) & counts
        if leave_out:
            places = np.arange(begin, begin + len(here))
            outside = (places < leave_out[0]) | (places > leave_out[1])
            counts, agrees = counts & outside, agrees & outside
        pairs += int(np.sum(counts))
        agreeing += int(np.sum(agrees))
        could_last += int(np.sum(agrees[:-1] & np.isfinite(here[1:]) & np.isfinite(there[1:])))
        lasting += int(np.sum(agrees[:-1] & agrees[1:]))
    return (agreeing / pairs if pairs else 0.0), (lasting + _PRIOR * lasts) / (could_last + _PRIOR)


def _sample(lags: list[int]) -> list[int]:
    """Some of the distances, spread evenly."""
    return lags[:: max(1, len(lags) // _SAMPLED)]


# Last digits ----------------------------------------------------------------------------------------------------------------------

#: Readings needed, and how many steps of the resolution the middle four fifths of any hundred of them must span, for last digits to come out
#: even; a value that makes up more than this share of all is a state (a base load, a floor) and no reading.
_DIGIT_READINGS = 200
_DIGIT_SPAN = 50
_DIGIT_LOOK = 100
_STATE_SHARE = 0.02

#: Unevenness (chi-square per reading over 1–4 and 6–9) from which digits are invented rather than read; three of eight digits unused give 0.6.
_UNEVEN = 0.25

#: Digits that people and methods round to; their excess is rounding and is left out.
_ROUND = (0, 5)


def _spans(values: Floats) -> list[tuple[int, float]]:
    """(first place, distance of the ninth from the first tenth) of every full stretch of readings looked at together."""
    starts = range(0, len(values) - _DIGIT_LOOK + 1, _DIGIT_LOOK)
    return [(at, float(np.subtract(*np.quantile(values[at : at + _DIGIT_LOOK], (0.9, 0.1))))) for at in starts]


def uneven_digits(curve: Curve) -> tuple[float, dict[int, float]] | None:
    """(unevenness, share of each last digit) where the last digits of a fine series are not spread; None where they are, or cannot be judged."""
    values = curve.known().values
    unit = resolution_of(curve)
    if len(values) < _DIGIT_READINGS or unit <= 0:
        return None
    # readings after the works, at a level of a few steps, have the last digits of that level
    wide = [at for at, span in _spans(values) if span >= _DIGIT_SPAN * unit]
    values = np.concatenate([values[at : at + _DIGIT_LOOK] for at in wide]) if wide else values[:0]
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    values = values[(counts <= max(3, _STATE_SHARE * len(values)))[inverse]]
    spans = [span for _, span in _spans(values)]
    if not spans or np.median(spans) < _DIGIT_SPAN * unit:
        return None
    steps = np.round(values / unit)
    whole = steps[np.abs(values / unit - steps) < 1e-3].astype(np.int64)
    shares = np.bincount(np.abs(whole) % 10, minlength=10) / max(1, len(whole))
    odd = np.array([share for digit, share in enumerate(shares.tolist()) if digit not in _ROUND])
    if len(whole) < _DIGIT_READINGS or odd.sum() < 0.5 or shares[1::2].sum() < 0.02:
        return None
    odd = odd / odd.sum()
    uneven = float(np.sum((odd - 1 / len(odd)) ** 2) * len(odd))
    return (uneven, {digit: round(share, 3) for digit, share in enumerate(shares.tolist())}) if uneven >= _UNEVEN else None
