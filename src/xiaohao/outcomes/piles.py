"""Readings piled up beside a limit: on the good side many, on the bad side none, where an honest distribution would run on."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log

from xiaohao.kernel.arrays import Floats, np
from xiaohao.outcomes.spread import seen_step

#: Readings needed before the shape of a distribution says anything.
FEWEST_READINGS = 60

#: "just under the limit": the tenth of the limit next to it.
NEAR = 0.1

#: Share of readings near the limit from which one speaks of piling.
LEAST_NEAR = 0.05

#: Readings that the mirrored good side would put beyond the limit where there are none: chance of none is e^-10.
EXPECTED_OVER = 10.0

#: Widths (shares of the limit) of the bands before it from which the next one, beyond it, is foretold; and the share of what is foretold that
#: must still be EXPECTED_OVER readings, because three bands foretell roughly.
BANDS_BEFORE = (0.02, 0.05, 0.1)
FORETOLD_SHARE = 0.5

#: The middle must lie at least this share of the limit away from it; nearer, it is the level that is near the limit, and no tail is cut.
MIDDLE_AWAY = 0.02


@dataclass(frozen=True, slots=True)
class Pile:
    """`near`: share of readings in the tenth of the limit next to it; `over`: share beyond it (0); `expected_over`: how many of the readings
    the other half of the distribution, mirrored, or the bands before the limit, continued, would put beyond it."""

    near: float
    over: float
    expected_over: float


def pile_at(values: Floats, limit: float, upper: bool = True) -> Pile | None:
    """The pile under an `upper` limit (above a lower one), or None: readings beyond the limit, a level far from it, or a tail that ends by itself."""
    if len(values) < FEWEST_READINGS or limit <= 0:
        return None
    away = (limit - values) if upper else (values - limit)  # ≥ 0 on the good side
    if bool(np.any(away < -1e-9 * limit)):
        return None
    near = float(np.mean(away <= NEAR * limit))
    middle = float(np.median(away))
    if near < LEAST_NEAR or middle < MIDDLE_AWAY * limit or seen_step(values) > NEAR * limit / 4:
        return None
    expected = max(float(np.sum(away > 2 * middle + 1e-9 * limit)), _cut_off(away, limit))
    return Pile(near, 0.0, expected) if expected >= EXPECTED_OVER else None


def _cut_off(away: Floats, limit: float) -> float:
    """How many readings the three bands before the limit foretell for the next one, halved: their numbers fall (or rise) at a rate that bends
    evenly, as in a normal distribution; never more than the last band holds. 0 where the middle lies within the last two bands."""
    foretold = [0.0]
    for width in BANDS_BEFORE:
        if float(np.median(away)) < 2 * width * limit:
            continue
        last, before, earlier = (int(np.sum((away >= n * width * limit) & (away < (n + 1) * width * limit))) for n in range(3))
        if min(last, before, earlier) > 0:
            rate = last / before
            foretold.append(FORETOLD_SHARE * last * min(1.0, rate, rate * rate * earlier / before))
    return max(foretold)


def binomial_tail(successes: int, trials: int) -> float:
    """P(at least so many heads) of a fair coin."""
    terms = (lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1) - trials * log(2) for k in range(successes, trials + 1))
    return min(1.0, sum(exp(term) for term in terms)) if trials else 1.0


# A goal that is just met ------------------------------------------------------------------------------------------------------------

#: Widths of the band on the safe side of a goal that are tried, as shares of the goal.
BANDS = (0.02, 0.03, 0.05)

#: Share of the readings that must lie in the band, and how many times more than in the band of the same width on the other side.
LEAST_HEAP = 0.3
CONTRAST = 5.0

#: Readings that the thirds of the band, continued past the goal, must foretell there: chance of none is e^-5. A level that lies near the goal by
#: itself thins out towards it, and as many as are foretold do lie beyond.
FORETOLD_BEYOND = 5.0

#: So few readings foretell nothing; among them a heap must hold this share instead. Not on scales on which an honest level is as narrow as the
#: bands: decibels, pH, degrees, and rates in per cent.
FEW_READINGS = 60
HEAP_OF_FEW = 0.5
NARROW_SCALES = ("dB", "pH", "无量纲", "℃", "°C", "%", "％")

#: Readings needed for a heap, and steps of the resolution that the band must hold: with fewer, rounding makes the heap.
HEAP_READINGS = 12
HEAP_STEPS = 3


@dataclass(frozen=True, slots=True)
class Heap:
    """`share` of the readings lie between the goal and the goal × (1 ± `band`), the safe side."""

    share: float
    band: float
    count: int


def heap_at(values: Floats, goal: float, upper: bool, resolution: float, unit: str = "") -> Heap | None:
    """The narrowest heap on the safe side of a goal (below an `upper` one) that ends at the goal as nothing grown does, or None."""
    if len(values) < HEAP_READINGS or goal <= 0:
        return None
    safe = (goal - values) if upper else (values - goal)
    slack = 1e-9 * goal
    for band in BANDS:
        width = band * goal
        if resolution * HEAP_STEPS > width:
            continue
        inside = int(np.sum((safe >= -slack) & (safe <= width + slack)))
        across = int(np.sum((safe < -slack) & (safe >= -width)))
        beyond = int(np.sum((safe > width + slack) & (safe <= 2 * width)))
        share = inside / len(values)
        if (
            share >= LEAST_HEAP
            and inside >= CONTRAST * max(1, across)
            and inside >= 2 * beyond
            and binomial_tail(inside, inside + across) < 1e-3
            and (_breaks_off(safe, width, slack) or _whole_of_few(share, len(values), unit))
        ):
            return Heap(share, band, inside)
    return None


def _breaks_off(safe: Floats, width: float, slack: float) -> bool:
    """Whether the thirds of the band foretell more readings just beyond the goal than are there (CONTRAST times, and at least FORETOLD_BEYOND)."""
    third = width / 3
    last, before, earlier = (int(np.sum((safe >= n * third - slack) & (safe < (n + 1) * third - slack))) for n in range(3))
    rate = last / before if before else 1.0
    foretold = last * min(1.0, rate, rate * rate * max(1, earlier) / before if before else 1.0)
    beyond = int(np.sum((safe < -slack) & (safe >= -third - slack)))
    return foretold >= max(FORETOLD_BEYOND, CONTRAST * beyond)


def _whole_of_few(share: float, readings: int, unit: str) -> bool:
    return readings < FEW_READINGS and share >= HEAP_OF_FEW and not unit.startswith(NARROW_SCALES)
