"""A point beside its neighbours: the same hours or days of both, and how far the point leaves what the neighbours say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xiaohao.kernel.arrays import Floats, Minutes, np
from xiaohao.outcomes.curve import Curve
from xiaohao.outcomes.spread import resolution_of

#: Readings that both must have in common before they are compared at all.
FEWEST_SHARED = 60


@dataclass(frozen=True, eq=False, slots=True)
class Beside:
    """The shared times (`minutes`), the point's values there, and the neighbours' (one row each, NaN where one has none)."""

    point: Curve
    minutes: Minutes
    values: Floats
    neighbours: Floats

    def __len__(self) -> int:
        return len(self.minutes)

    def usual(self) -> Floats:
        """What the neighbours say: their median, each scaled to its own median level, in units of that level."""
        levels = np.nanmedian(self.neighbours, axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            scaled = np.where(levels > 0, self.neighbours / levels, np.nan)
        found = np.full(len(self), np.nan)
        seen = np.isfinite(scaled).any(axis=0)
        found[seen] = np.nanmedian(scaled[:, seen], axis=0)
        return found

    def logs(self) -> Floats:
        """log(point / its neighbours), up to a constant; NaN where one of them is not above zero."""
        usual = self.usual()
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where((self.values > 0) & (usual > 0), np.log(self.values) - np.log(usual), np.nan)

    def part(self, first: int, end: int) -> Beside:
        """The shared times from index `first` to before `end`; neighbours without any reading there left out."""
        rows = self.neighbours[:, first:end]
        return Beside(self.point, self.minutes[first:end], self.values[first:end], rows[np.isfinite(rows).any(axis=1)])


def beside(point: Curve, peers: Sequence[Curve]) -> Beside | None:
    """The point and its neighbours at the times at which the point and at least one of them count; None where they share too few."""
    known = point.known()
    others = [peer.known() for peer in peers if peer.step == point.step]
    others = [peer for peer in others if len(np.intersect1d(known.minutes, peer.minutes)) >= FEWEST_SHARED]
    if not others:
        return None
    rows = np.full((len(others), len(known)), np.nan)
    for row, peer in enumerate(others):
        _, here, there = np.intersect1d(known.minutes, peer.minutes, return_indices=True)
        rows[row, here] = peer.values[there]
    shared = np.isfinite(rows).any(axis=0)
    return Beside(known, known.minutes[shared], known.values[shared], rows[:, shared])


def correlation(one: Floats, other: Floats) -> float:
    """Correlation of the ranks of the readings that both have, −1..1; 0 where one stands still or too few are shared."""
    both = np.isfinite(one) & np.isfinite(other)
    if int(both.sum()) < 8:
        return 0.0
    ranks = [_ranks(each[both]) for each in (one, other)]
    if any(float(np.std(rank)) == 0 for rank in ranks):
        return 0.0
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def liveliness(values: Floats) -> float:
    """Median absolute step from reading to reading and median absolute deviation, whichever says more, over the median level; 0 at level 0."""
    values = values[np.isfinite(values)]
    if len(values) < 8:
        return 0.0
    level = abs(float(np.median(values)))
    spread = float(np.median(np.abs(values - np.median(values))))
    return spread / level if level else 0.0


def coarse(curve: Curve, values: Floats) -> bool:
    """Whether the instrument's step is too coarse to show how its readings vary: a twentieth of the level or more."""
    level = abs(float(np.nanmedian(values))) if len(values) else 0.0
    return resolution_of(curve) >= level / 20


def _ranks(values: Floats) -> Floats:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[inverse], dtype=np.float64)
