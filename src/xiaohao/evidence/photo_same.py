"""Whether two pictures are one negative: their marks are matched, laid over each other, and what lies under both is compared in small windows.

Two true shots of one place match in their outlines only; the grain, the grass and the light of one negative come back in its every copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xiaohao.evidence.photo_marks import Floats, Marks, blurred, mirrored, sampled, sampled_all, slopes
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    found = [layout for mirror in (False, True) if (layout := _laid(one, other, mirror))]
    return max(found, key=lambda layout: layout.spots, default=None)


def _laid(one: Marks, other: Marks, mirror: bool) -> Laid | None:
    if len(one) < FEWEST or len(other) < FEWEST:
        return None
    likeness = (mirrored(one) if mirror else one.patch) @ other.patch.T
    pairs = _pairs(likeness)
    if len(pairs) < FEWEST:
        return None
    a, b = pairs[:, 0], pairs[:, 1]
    flip = -1.0 if mirror else 1.0
    here = one.at[a].astype(np.float64) * [flip, 1.0]
    there = other.at[b].astype(np.float64)
    direction = np.pi - one.angle[a] if mirror else one.angle[a]
    turn, ratio = other.angle[b] - direction, other.scale[b] / one.scale[a]
    best = _most_agreed(here, there, turn.astype(np.float64), ratio.astype(np.float64), np.maximum(1.0, other.scale[b]))
    if best.sum() < FEWEST:
        return None
    matrix = _fitted(here[best], there[best])
    if matrix is None:
        return None
    for _ in range(2):
        off = np.hypot(*(_moved(here, matrix) - there).T)
        near = off < NEAR_PX
        if near.sum() < FEWEST or (better := _fitted(here[near], there[near])) is None:
            break
        matrix = better
    near = np.hypot(*(_moved(here, matrix) - there).T) < NEAR_PX
    spots = len({(round(x / 4), round(y / 4)) for x, y in here[near]})
    if spots < FEWEST or not 0.15 < np.sqrt(abs(np.linalg.det(matrix[:, :2]))) < 7:
        return None
    return Laid(matrix @ np.diag([flip, 1.0, 1.0]), mirror, spots)


def _pairs(likeness: Floats) -> NDArray[np.intp]:
    """Indices of marks that are each other's likest, and each mark's second likest where that is nearly as like."""
    rows = np.arange(len(likeness))
    first = likeness.argmax(1)
    mutual = (likeness.argmax(0)[first] == rows) & (likeness[rows, first] > ALIKE)
    return np.stack([rows[mutual], first[mutual]], 1)


def _most_agreed(
    here: NDArray[np.float64], there: NDArray[np.float64], turn: NDArray[np.float64], ratio: NDArray[np.float64], reach: NDArray[Any]
) -> NDArray[np.bool_]:
    """Each pair proposes the turn, scale and shift it implies; the proposal with most followers wins."""
    cos, sin = np.cos(turn) * ratio, np.sin(turn) * ratio
    moved_x = (
        cos[:, None] * (here[None, :, 0] - here[:, None, 0]) - sin[:, None] * (here[None, :, 1] - here[:, None, 1]) + there[:, None, 0]
    )
    moved_y = (
        sin[:, None] * (here[None, :, 0] - here[:, None, 0]) + cos[:, None] * (here[None, :, 1] - here[:, None, 1]) + there[:, None, 1]
    )
    off = np.hypot(moved_x - there[None, :, 0], moved_y - there[None, :, 1])
    # a mark's own direction and scale are coarse: the further from the proposing mark, the wider the net
    away = np.hypot(there[:, None, 0] - there[None, :, 0], there[:, None, 1] - there[None, :, 1])
    near = off < NEAR_PX * np.minimum(reach[None, :], 2) + 0.16 * away
    bend = np.abs((turn[:, None] - turn[None, :] + np.pi) % (2 * np.pi) - np.pi)
    grow = np.abs(np.log(ratio[:, None] / ratio[None, :]))
    agreed = near & (bend < NEAR_ANGLE) & (grow < np.log(NEAR_SCALE))
    return np.asarray(agreed[agreed.sum(1).argmax()])


def _fitted(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The similarity (turn, scale, shift) that takes `here` nearest to `there`, outliers weighed down."""
    weight = np.ones(len(here))
    matrix = np.zeros((2, 3))
    for _ in range(8):
        total = weight.sum()
        if total <= 0:
            return None
        mean_h, mean_t = (weight @ here) / total, (weight @ there) / total
        h, t = here - mean_h, there - mean_t
        norm = (weight * (h**2).sum(1)).sum()
        if norm < 1e-6:
            return None
        a = (weight * (h * t).sum(1)).sum() / norm
        b = (weight * (h[:, 0] * t[:, 1] - h[:, 1] * t[:, 0])).sum() / norm
        turn = np.array([[a, -b], [b, a]])
        matrix = np.concatenate([turn, (mean_t - turn @ mean_h)[:, None]], 1)
        off = np.hypot(*(_moved(here, matrix) - there).T)
        weight = 1 / (1 + (off / 2.5) ** 2) ** 2
    return matrix


def _moved(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return points @ matrix[:, :2].T + matrix[:, 2]


# What lies under both --------------------------------------------------------------------------------------------------------------------


def compared(first: Marks, second: Marks, layout: Laid) -> Compared:
    """Lay the first picture over the second, nudge it until it fits, and compare the two in windows."""
    one, other = first.grey.astype(np.float32), second.grey.astype(np.float32)
    inverse = _inverse(layout.matrix)
    scale = 1 / np.sqrt(abs(np.linalg.det(inverse[:, :2])))  # how much the first is enlarged
    # whichever is enlarged has no fine grain to compare: look at both as coarsely as the coarser one
    source = blurred(one, 0.5 / scale) if scale < 0.75 else one
    target = blurred(other, 0.45 * scale) if scale > 1.3 else other
    inverse = _nudged(source, target, inverse)
    height, width = target.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    px = inverse[0, 0] * xs + inverse[0, 1] * ys + inverse[0, 2]
    py = inverse[1, 0] * xs + inverse[1, 1] * ys + inverse[1, 2]
    under = (px >= 0) & (py >= 0) & (px <= source.shape[1] - 1) & (py <= source.shape[0] - 1)
    moved = sampled(source, px, py)
    return _windows(moved, target, _inside(under), max(1.0, float(scale)))


def _inside(under: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without what lies within _EDGE pixels of the first picture's edge; where that is the second's edge too, nothing is lost."""
    wide = np.pad(under, _EDGE, "edge")
    height, width = under.shape
    near = [wide[y : y + height, x : x + width] for y, x in ((0, _EDGE), (2 * _EDGE, _EDGE), (_EDGE, 0), (_EDGE, 2 * _EDGE))]
    return np.asarray(under & near[0] & near[1] & near[2] & near[3])


def _inverse(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    turn = np.linalg.inv(matrix[:, :2])
    return np.concatenate([turn, -(turn @ matrix[:, 2])[:, None]], 1)


def _nudged(source: Floats, target: Floats, inverse: NDArray[np.float64]) -> NDArray[np.float64]:
    """The affine layout refined by least squares on the brightness itself (Lucas, Kanade 1981), coarse to fine."""
    height, width = target.shape
    for blur, step in ((3.0, 7), (1.5, 6), (0.8, 5)):
        s, t = blurred(source, blur), blurred(target, blur)
        gy, gx = slopes(s)
        channels = np.stack([s, gx, gy], 2)
        ys, xs = np.mgrid[0:height:step, 0:width:step].astype(np.float32)
        xs, ys = xs.ravel(), ys.ravel()
        want = t[ys.astype(int), xs.astype(int)]
        for _ in range(5):
            px = inverse[0, 0] * xs + inverse[0, 1] * ys + inverse[0, 2]
            py = inverse[1, 0] * xs + inverse[1, 1] * ys + inverse[1, 2]
            ok = (px > 2) & (py > 2) & (px < source.shape[1] - 3) & (py < source.shape[0] - 3)
            if ok.sum() < 500:
                return inverse
            have, ix, iy = sampled_all(channels, px[ok], py[ok])
            x, y, one = xs[ok] / width, ys[ok] / height, np.ones(int(ok.sum()), np.float32)
            rows = np.stack([ix * x, ix * y, ix, iy * x, iy * y, iy, have, one], 1).astype(np.float64)
            off = (want[ok]).astype(np.float64)
            # tone: want ≈ gain·have + shift + motion·gradient; strangers (stamps, patches) are weighed down
            gain = float(((have - have.mean()) * (off - off.mean())).sum() / (((have - have.mean()) ** 2).sum() + 1e-6))
            fit = np.array([gain, off.mean() - gain * have.mean()])
            left = off - rows[:, 6:] @ fit
            width_of = 1.5 * np.median(np.abs(left)) + 1e-3
            weight = 1 / (1 + (left / width_of) ** 2)
            rows[:, :6] *= fit[0] if abs(fit[0]) > 0.05 else 1.0
            try:
                move = np.linalg.solve((rows * weight[:, None]).T @ rows + 1e-3 * np.eye(8), (rows * weight[:, None]).T @ off)
            except np.linalg.LinAlgError:
                return inverse
            change = np.array([[move[0] / width, move[1] / height, move[2]], [move[3] / width, move[4] / height, move[5]]])
            if not np.isfinite(change).all() or abs(change[:, 2]).max() > 12:
                return inverse
            inverse = inverse + change
            if abs(change[:, 2]).max() < 0.01:
                break
    return inverse


def _windows(moved: Floats, target: Floats, under: NDArray[np.bool_], coarse: float) -> Compared:
    """Correlation in windows of what is finer than a few pixels: grain and texture, not the outlines and the light."""
    fine = 0.6 * min(coarse, 2.5)
    broad = 3.0 * fine + 1.5
    a, b = (blurred(picture, fine) - blurred(picture, broad) for picture in (moved, target))
    shape = b.shape
    # edges of large things agree between any two shots of one place: clip them to the level of the grain
    a, b = (np.clip(p, -2.5 * _level(p, under), 2.5 * _level(p, under)) for p in (a, b))
    if min(shape) < WINDOW:
        return Compared(0.0, 0.0, 0.0, 0.0, np.full((1, 1), np.nan, np.float32))
    steep = np.maximum(*(np.hypot(*slopes(blurred(_halved(picture), 1.5))) / 2 for picture in (moved, target)))
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


def _halved(picture: Floats) -> Floats:
    """Every 2 × 2 pixels as one."""
    height, width = (side // 2 * 2 for side in picture.shape)
    whole = picture[:height, :width]
    return np.asarray((whole[::2, ::2] + whole[1::2, ::2] + whole[::2, 1::2] + whole[1::2, 1::2]) / 4, np.float32)


def _means(picture: Floats, half: int = WINDOW // 2) -> Floats:
    """The mean of every window, one each half window down and across; `half` a window in pixels of this picture."""
    rows, columns = (side // half for side in picture.shape)
    parts = picture[: rows * half, : columns * half].reshape(rows, half, columns, half).sum((1, 3))
    summed = parts[:-1, :-1] + parts[1:, :-1] + parts[:-1, 1:] + parts[1:, 1:]
    return np.asarray(summed / (2 * half) ** 2, np.float32)


def _level(picture: Floats, under: NDArray[np.bool_]) -> float:
    return float(np.median(np.abs(picture[under]))) * 1.48 + 1e-3 if under.any() else 1.0


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
