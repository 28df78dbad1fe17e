"""Whether two pictures are one negative: their marks are matched, laid over each other, and what lies under both is compared in small windows.

Two true shots of one place match in their outlines only; the grain, the grass and the light of one negative come back in its every copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xiaohao.evidence.photo_marks import Marks, mirrored
from xiaohao.evidence.smoothing import Floats, blurred, halved, sampled, sampled_all, slopes
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.complex128]
else:
    Points = Any

Box = tuple[int, int, int, int]

#: Two marks are one spot from this likeness (cosine of the patches) on.
ALIKE = 0.8
#: Two marks of one layout agree within so many pixels of the grey picture (at the size they were seen in, if smaller), scale and direction.
NEAR_PX, NEAR_SCALE, NEAR_ANGLE = 7.0, 1.45, 0.45
#: Spots that agree; fewer are chance.
FEWEST = 8
#: Windows of so many pixels are compared, every half window.
WINDOW = 24
#: A window is the same from this correlation on; one without outlines shows the same grain from this on. Grain of two shots: 0 ± 0.1.
SAME, GRAIN = 0.35, 0.3


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


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What lies under both: the share `same` of the compared windows that agree in what is fine, the share `grain` of those without outlines,
    where nothing but grain and texture can agree; the share `overlap` of the second picture that was compared; `likeness` the windows' correlation
    (NaN where nothing can be said), one every WINDOW/2 pixels of the second picture's grey."""

    same: float
    grain: float
    overlap: float
    median: float
    likeness: Floats


#: A window whose fine pattern is weaker than this (grey levels, squared: sky, a blurred wall) says nothing: after recompression it is a pattern of the
#: compression. Of two photographs by cameras that were tried (docs/measurements.md) 0.02 loses every copy, 0.3 finds 21 of 22.
QUIET = 0.3

#: One negative: so large a share of the windows is the same, and of those without outlines. Over 24 drawn scenes (2026-11-24) 44 pairs of
#: true shots of one place stay below 0.48 and 0.27, and 88 copies of eleven kinds above 0.64 and 0.71. No real camera was measured.
SAME_SHARE, GRAIN_SHARE = 0.62, 0.5
#: Pixels of the second picture along the first one's edge that are not compared: what lies outside blurs into them.
_EDGE = 8
#: Less than this share of a picture under the other shows nothing.
LEAST_OVERLAP = 0.05


def is_one_negative(found: Compared) -> bool:
    return found.same >= SAME_SHARE and found.grain >= GRAIN_SHARE and found.overlap >= LEAST_OVERLAP


#: Of the marks that lie under the other picture, at least this share agrees, or the two are not compared any closer. Lowest of 1,650 drawn copies of
#: eleven kinds: 0.13 (before marks were quantised); of 209 copies of photographs by cameras: 0.08 (a brick wall); half of 150 true second shots of a drawn place lie below 0.09.
AGREEING = 0.06


def agreeing(one: Marks, other: Marks, layout: Laid) -> float:
    """The share of the marks that agree, of those that lie under the other picture; of the picture that has fewer there."""
    there = _moved(one.at.astype(np.float64), layout.matrix)
    here = _moved(other.at.astype(np.float64), _inverse(layout.matrix))
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


def _moved(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return points @ matrix[:, :2].T + matrix[:, 2]


# What lies under both --------------------------------------------------------------------------------------------------------------------


def compared(first: Marks, second: Marks, layout: Laid) -> Compared:
    """Lay the first picture over the second, nudge it until it fits, and compare the two in windows: in the middle of what lies under both, and
    where not even a trace of one negative is there, no further."""
    one, other = first.grey.astype(np.float32), second.grey.astype(np.float32)
    inverse = _inverse(layout.matrix)
    scale = 1 / np.sqrt(abs(np.linalg.det(inverse[:, :2])))  # how much the first is enlarged
    # whichever is enlarged has no fine grain to compare: look at both as coarsely as the coarser one
    source = blurred(one, 0.5 / scale) if scale < 0.75 else one
    target = blurred(other, 0.45 * scale) if scale > 1.3 else other
    inverse = _nudged(source, target, inverse)
    coarse = max(1.0, float(scale))
    middle = _windows(source, target, inverse, _middle(source, target, inverse), coarse)
    if middle.likeness.size >= FEWEST_WINDOWS and middle.overlap > 0.5 and middle.same < TRACE_SAME and middle.grain < TRACE_GRAIN:
        return middle
    return _windows(source, target, inverse, (0, 0, target.shape[1], target.shape[0]), coarse)


#: What is left of one negative in the middle of a copy, however much is stamped or painted over it there: below both shares there is none.
TRACE_SAME, TRACE_GRAIN = 0.5, 0.2
#: Fewer windows in the middle say nothing.
FEWEST_WINDOWS = 60


def _middle(source: Floats, target: Floats, inverse: NDArray[np.float64]) -> Box:
    """A quarter of what the first picture covers of the second, around its middle."""
    height, width = source.shape
    corners = _moved(np.array([(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)]), _inverse(inverse))
    low, high = (np.clip(edge, 0, target.shape[::-1]) for edge in (corners.min(0), corners.max(0)))
    (left, top), (wide, tall) = np.rint(low + (high - low) / 4).astype(int).tolist(), np.rint((high - low) / 2).astype(int).tolist()
    return left, top, wide, tall


def _inside(under: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without what lies within _EDGE pixels of the first picture's edge; where that is the second's edge too, nothing is lost."""
    wide = np.pad(under, _EDGE, "edge")
    height, width = under.shape
    near = [wide[y : y + height, x : x + width] for y, x in ((0, _EDGE), (2 * _EDGE, _EDGE), (_EDGE, 0), (_EDGE, 2 * _EDGE))]
    return np.asarray(under & near[0] & near[1] & near[2] & near[3])


def _inverse(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    turn = np.linalg.inv(matrix[:, :2])
    return np.concatenate([turn, -(turn @ matrix[:, 2])[:, None]], 1)


#: The picture is nudged coarse to fine: Gaussian (pixels), pixels between the places looked at, steps at most.
_NUDGES = ((3.0, 8, 4), (1.5, 7, 4), (0.8, 6, 4))


def _nudged(source: Floats, target: Floats, inverse: NDArray[np.float64]) -> NDArray[np.float64]:
    """The affine layout refined by least squares on the brightness itself (Lucas, Kanade 1981), coarse to fine."""
    for blur, apart, steps in _NUDGES:
        better = _nudged_at(blurred(source, blur), blurred(target, blur), inverse, apart, steps)
        if better is None:
            return inverse
        inverse = better
    return inverse


def _nudged_at(s: Floats, t: Floats, inverse: NDArray[np.float64], apart: int, steps: int) -> NDArray[np.float64] | None:
    """The layout after so many steps, each from the places of `t` that are `apart` pixels from each other; the slopes of `s` are read once: no step
    goes far. None where there is too little to go by or no step is sensible."""
    height, width = t.shape
    ys, xs = (side.ravel() for side in np.mgrid[0:height:apart, 0:width:apart].astype(np.float32))
    px, py = _put_back(inverse, xs, ys)
    ok = (px > 2) & (py > 2) & (px < s.shape[1] - 3) & (py < s.shape[0] - 3)
    if ok.sum() < 500:
        return None
    xs, ys = xs[ok], ys[ok]
    want = t[ys.astype(np.intp), xs.astype(np.intp)].astype(np.float64)
    down, right = slopes(s)
    have, ix, iy = sampled_all(np.stack([s, right, down], 2), px[ok], py[ok]).astype(np.float64)
    x, y = xs / width, ys / height
    motion, plain = np.stack([ix * x, ix * y, ix, iy * x, iy * y, iy]), np.ones(len(xs))
    for step in range(steps):
        if step:
            have = sampled(s, *_put_back(inverse, xs, ys)).astype(np.float64)
        # tone: want ≈ gain·have + shift + motion·gradient; strangers (stamps, patches) are weighed down
        mean, centred = have.mean(), have - have.mean()
        gain = float(centred @ want / (centred @ centred + 1e-6))
        left = want - gain * centred - want.mean()
        wide = 1.5 * float(np.median(np.abs(left[::2]))) + 1e-3
        rows = np.concatenate([motion * (gain if abs(gain) > 0.05 else 1.0), [centred + mean, plain]])
        weighed = rows / (1 + (left / wide) ** 2)
        try:
            move = np.linalg.solve(weighed @ rows.T + 1e-3 * np.eye(8), weighed @ want)
        except np.linalg.LinAlgError:
            return None
        change = np.array([[move[0] / width, move[1] / height, move[2]], [move[3] / width, move[4] / height, move[5]]])
        if not np.isfinite(change).all() or abs(change[:, 2]).max() > 12:
            return None
        inverse = inverse + change
        if abs(change[:, 2]).max() < 0.02:
            break
    return inverse


def _put_back(inverse: NDArray[np.float64], x: Floats, y: Floats) -> tuple[Floats, Floats]:
    a = inverse.astype(np.float32)
    return a[0, 0] * x + (a[0, 1] * y + a[0, 2]), a[1, 0] * x + (a[1, 1] * y + a[1, 2])


def _windows(source: Floats, target: Floats, inverse: NDArray[np.float64], part: Box, coarse: float) -> Compared:
    """Correlation in windows of what is finer than a few pixels, in a part of the second picture: grain and texture, not the outlines and the light."""
    left, top, width, height = part
    if min(width, height) < WINDOW:
        return Compared(0.0, 0.0, 0.0, 0.0, np.full((1, 1), np.nan, np.float32))
    target = target[top : top + height, left : left + width]
    px, py = _put_back(inverse, np.arange(left, left + width, dtype=np.float32), np.arange(top, top + height, dtype=np.float32)[:, None])
    under = _inside((px >= 0) & (py >= 0) & (px <= source.shape[1] - 1) & (py <= source.shape[0] - 1))
    moved = sampled(source, px, py)
    fine = 0.6 * min(coarse, 2.5)
    broad = 3.0 * fine + 1.5
    # edges of large things agree between any two shots of one place: they are clipped to the level of the grain
    a, b = (_clipped(blurred(picture, fine) - blurred(picture, broad), under) for picture in (moved, target))
    steep = np.maximum(*(np.hypot(*slopes(blurred(halved(picture), 1.5))) / 2 for picture in (moved, target)))
    mean_a, mean_b = _means(a), _means(b)
    var_a, var_b, cov = _means(a * a) - mean_a**2, _means(b * b) - mean_b**2, _means(a * b) - mean_a * mean_b
    size = np.sqrt(np.maximum(var_a * var_b, 0))
    outlines = _means(steep * steep, WINDOW // 4)
    enough = (_means(under.astype(np.float32)) > 0.999) & (size > QUIET)
    likeness = np.where(enough, cov / np.maximum(size, 1e-6), np.nan).astype(np.float32)
    certain = ~np.isnan(likeness)
    known = likeness[certain]
    if len(known) == 0:
        return Compared(0.0, 0.0, 0.0, 0.0, likeness)
    plain = known[outlines[certain] <= np.median(outlines[certain])]
    same, grain = float((known > SAME).mean()), float((plain > GRAIN).mean())
    return Compared(same, grain, len(known) / likeness.size, float(np.median(known)), likeness)


def _clipped(pattern: Floats, under: NDArray[np.bool_]) -> Floats:
    """The pattern cut off at two and a half times its usual height; that is taken from every other pixel."""
    some = np.abs(pattern[::2, ::2][under[::2, ::2]])
    most = 2.5 * (float(np.median(some)) * 1.48 + 1e-3) if len(some) else 2.5
    return np.clip(pattern, -most, most)


def _means(picture: Floats, half: int = WINDOW // 2) -> Floats:
    """The mean of every window, one each half window down and across; `half` a window in pixels of this picture."""
    rows, columns = (side // half for side in picture.shape)
    parts = picture[: rows * half, : columns * half].reshape(rows, half, columns, half).sum((1, 3))
    summed = parts[:-1, :-1] + parts[1:, :-1] + parts[:-1, 1:] + parts[1:, 1:]
    return np.asarray(summed / (2 * half) ** 2, np.float32)


# What was changed ------------------------------------------------------------------------------------------------------------------------

#: A window below this correlation was changed; so many that touch each other are a patch.
CHANGED, FEWEST_CHANGED = 0.2, 3


def patches(found: Compared) -> tuple[Box, ...]:
    """Boxes (x, y, width, height; pixels of the second picture's grey) around what was changed in it, largest first."""
    changed = np.nan_to_num(found.likeness, nan=1.0) < CHANGED
    left = {(int(r), int(c)) for r, c in zip(*np.nonzero(changed), strict=True)}
    boxes: list[tuple[int, Box]] = []
    while left:
        group, edge = [], [left.pop()]
        while edge:
            r, c = edge.pop()
            group.append((r, c))
            near = {(r + dr, c + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1)} & left
            left -= near
            edge += sorted(near)
        if len(group) >= FEWEST_CHANGED:
            rows, columns = [r for r, _ in group], [c for _, c in group]
            half = WINDOW // 2
            box = (
                min(columns) * half,
                min(rows) * half,
                (max(columns) - min(columns)) * half + WINDOW,
                (max(rows) - min(rows)) * half + WINDOW,
            )
            boxes.append((len(group), box))
    return tuple(box for _, box in sorted(boxes, key=lambda one: (-one[0], one[1])))
