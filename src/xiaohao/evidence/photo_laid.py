"""How one picture lies over another: marks that are alike are paired, and the turn, scale and shift that most pairs agree on is the layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xiaohao.evidence.photo_marks import Marks, mirrored
from xiaohao.evidence.smoothing import Floats
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.complex128]
else:
    Points = Any

#: Two marks are one spot from this likeness (cosine of the patches) on.
ALIKE = 0.8
#: Two marks of one layout agree within so many pixels of the grey picture (at the size they were seen in, if smaller), scale and direction.
NEAR_PX, NEAR_SCALE, NEAR_ANGLE = 7.0, 1.45, 0.45
#: Spots that agree; fewer are chance.
FEWEST = 8


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """One picture laid over another. `matrix` 2×3 takes a position (x, y) of the first picture's grey to the second's; `mirrored` whether it mirrors;
    `spots` how many marks agree."""

    matrix: NDArray[np.float64]
    mirrored: bool
    spots: int

    @property
    def scale(self) -> float:
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))

    @property
    def turned(self) -> float:
        """Degrees, −180..180, after undoing the mirror."""
        return float(np.degrees(np.arctan2(self.matrix[1, 0], self.matrix[0, 0])))


#: Of the marks that lie under the other picture, at least this share agrees, or the two are not compared any closer. Lowest of 1,650 drawn copies of
#: eleven kinds: 0.13 (before marks were quantised); of 209 copies of photographs by cameras: 0.08 (a brick wall); half of 150 true second shots of a drawn place lie below 0.09.
AGREEING = 0.06


def agreeing(one: Marks, other: Marks, layout: Laid) -> float:
    """The share of the marks that agree, of those that lie under the other picture; of the picture that has fewer there."""
    there = moved(one.at.astype(np.float64), layout.matrix)
    here = moved(other.at.astype(np.float64), inverse_of(layout.matrix))
    return layout.spots / max(1, min(_within(there, other), _within(here, one)))


def _within(points: NDArray[np.float64], marks: Marks) -> int:
    """How many points lie in the rectangle that a picture's marks span."""
    low, high = marks.at.min(0) - NEAR_PX, marks.at.max(0) + NEAR_PX
    return int(((points >= low) & (points <= high)).all(1).sum())


def laid(one: Marks, other: Marks) -> Laid | None:
    """The layout that most marks of both agree on, straight or mirrored; None when too few do."""
    if min(len(one), len(other)) < FEWEST:
        return None
    likeness = np.concatenate([one.patch, mirrored(one)]) @ other.patch.T
    sides = ((likeness[: len(one)], False), (likeness[len(one) :], True))
    found = [layout for side, mirror in sides if (layout := _laid(one, other, side, mirror))]
    return max(found, key=lambda layout: layout.spots, default=None)


def _laid(one: Marks, other: Marks, likeness: Floats, mirror: bool) -> Laid | None:
    a, b = _pairs(likeness)
    if len(a) < FEWEST:
        return None
    here, there = _points(one.at[a] * np.array([-1.0 if mirror else 1.0, 1.0])), _points(other.at[b])
    direction = np.pi - one.angle[a] if mirror else one.angle[a]
    best = _most_agreed(here, there, other.angle[b] - direction, other.scale[b] / one.scale[a], np.maximum(1.0, other.scale[b]))
    if best.sum() < FEWEST or (fit := _fitted(here[best], there[best])) is None:
        return None
    for _ in range(2):
        near = np.abs(_put(here, fit) - there) < NEAR_PX
        if near.sum() < FEWEST or (better := _fitted(here[near], there[near])) is None:
            break
        fit = better
    near = np.abs(_put(here, fit) - there) < NEAR_PX
    spots = len({(round(spot.real / 4), round(spot.imag / 4)) for spot in here[near]})
    turn, shift = fit
    if spots < FEWEST or not 0.15 < abs(turn) < 7:
        return None
    matrix = np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])
    return Laid(matrix @ np.diag([-1.0 if mirror else 1.0, 1.0, 1.0]), mirror, spots)


def _points(at: Floats | NDArray[np.float64]) -> Points:
    """Positions as complex numbers: to turn and enlarge is to multiply."""
    return np.asarray(at[:, 0] + 1j * at[:, 1], np.complex128)


def _pairs(likeness: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Indices of marks that are each other's likest."""
    rows = np.arange(len(likeness))
    first = likeness.argmax(1)
    mutual = (likeness[rows, first] > ALIKE) & (likeness.argmax(0)[first] == rows)
    return rows[mutual], first[mutual]


def _most_agreed(here: Points, there: Points, turn: Floats, ratio: Floats, reach: Floats) -> NDArray[np.bool_]:
    """Each pair proposes the turn, scale and shift it implies; the proposal with most followers wins."""
    unit = np.exp(1j * turn).astype(np.complex64)
    across = (there[None, :] - there[:, None]).astype(np.complex64)
    off = np.abs((unit * ratio)[:, None] * (here[None, :] - here[:, None]).astype(np.complex64) - across)
    # a mark's own direction and scale are coarse: the further from the proposing mark, the wider the net
    agreed = off < NEAR_PX * np.minimum(reach, 2) + np.float32(0.16) * np.abs(across)
    agreed &= np.multiply.outer(unit.real, unit.real) + np.multiply.outer(unit.imag, unit.imag) > np.cos(NEAR_ANGLE)
    size = np.log(ratio)
    agreed &= np.abs(np.subtract.outer(size, size)) < np.log(NEAR_SCALE)
    return np.asarray(agreed[agreed.sum(1).argmax()])


def _fitted(here: Points, there: Points) -> tuple[complex, complex] | None:
    """The (turn and scale, shift) that takes `here` nearest to `there`, outliers weighed down."""
    weight, fit = np.ones(len(here)), (1 + 0j, 0j)
    for _ in range(8):
        total = weight.sum()
        if total <= 0:
            return None
        mean_h, mean_t = (weight @ here) / total, (weight @ there) / total
        h = here - mean_h
        norm = float((weight * (h.real**2 + h.imag**2)).sum())
        if norm < 1e-6:
            return None
        turn = complex((weight * h.conj() * (there - mean_t)).sum()) / norm
        fit = turn, complex(mean_t - turn * mean_h)
        off = _put(here, fit) - there
        weight = 1 / (1 + (off.real**2 + off.imag**2) / 2.5**2) ** 2
    return fit


def _put(points: Points, fit: tuple[complex, complex]) -> Points:
    return np.asarray(fit[0] * points + fit[1])


def moved(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Positions n×2 of the first picture as they lie in the second."""
    return points @ matrix[:, :2].T + matrix[:, 2]


def inverse_of(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The 2×3 that takes positions of the second picture back to the first."""
    turn = np.linalg.inv(matrix[:, :2])
    return np.concatenate([turn, -(turn @ matrix[:, 2])[:, None]], 1)
