"""Whether two pictures are one negative: their marks are matched, laid over each other, and what lies under both is compared in small windows.

Two true shots of one place match in their outlines only; the grain, the grass and the light of one negative come back in its every copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xiaohao.evidence.photo_frame import FINE, at, even, frame
from xiaohao.evidence.photo_laid import Laid, inverse_of, moved
from xiaohao.evidence.photo_marks import Marks
from xiaohao.evidence.smoothing import Floats, blurred, halved, sampled, sampled_all, slopes
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Box = tuple[int, int, int, int]

#: Windows of so many pixels are compared, every half window.
WINDOW = 24
#: A window is the same from this correlation on; one without outlines shows the same grain from this on. Grain of two shots: 0 ± 0.1.
SAME, GRAIN = 0.35, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What lies under both: the share `same` of the compared windows that agree in what is fine, the share `grain` of those without outlines,
    where nothing but grain and texture can agree; the share `overlap` of the second picture that was compared; `likeness` the windows' correlation
    (NaN where nothing can be said), one every WINDOW/2 pixels of the second picture's grey; `alike` the median correlation of the windows that
    agree; `paper` whether the second is a written page, whose lines agree with those of any other."""

    same: float
    grain: float
    overlap: float
    median: float
    likeness: Floats
    alike: float = 0.0
    paper: bool = False


#: A window whose fine pattern is weaker than this (grey levels, squared: sky, a blurred wall) says nothing: after recompression it is a pattern of the
#: compression. Of two photographs by cameras that were tried (docs/measurements.md) 0.02 loses every copy, 0.3 finds 21 of 22.
QUIET = 0.3
#: A window whose pattern is stronger than this holds things, not grain (grain of drawn and real pictures that were tried: 0.3 to 8).
LIVELY = 20.0

#: One negative: so large a share of the windows is the same, and of those without outlines. Over 24 drawn scenes (2026-11-24) 44 pairs of
#: true shots of one place stay below 0.48 and 0.27, and 88 copies of eleven kinds above 0.64 and 0.71. No real camera was measured.
SAME_SHARE, GRAIN_SHARE = 0.62, 0.5
#: From this share of same windows on nothing more is asked. Below it something was changed: what was not is then alike nearly wholly, by at least so
#: much (at SAME_SHARE; a little less for every window more that is the same). Two true shots of a place full of texture reach such shares too, but every
#: window of them has its own grain. Over 71 such pairs of drawn scenes (2026-11-24) 68 stay below, and 299 of 303 copies above.
WHOLLY_SHARE, ALIKE, ALIKE_SLOPE = 0.88, 0.93, 0.2
#: Pixels of the second picture along the first one's edge that are not compared: what lies outside blurs into them.
_EDGE = 8
#: Less than this share of a picture under the other shows nothing.
LEAST_OVERLAP = 0.05


def is_one_negative(found: Compared) -> bool:
    """Whether so much agrees, and so wholly, that both are made of one picture."""
    if found.same < SAME_SHARE or found.grain < GRAIN_SHARE or found.overlap < LEAST_OVERLAP:
        return False
    return (found.same >= WHOLLY_SHARE and not found.paper) or found.alike >= ALIKE - ALIKE_SLOPE * (found.same - SAME_SHARE)


# What lies under both --------------------------------------------------------------------------------------------------------------------


def compared(first: Marks, second: Marks, layout: Laid) -> Compared:
    """Lay the first picture over the second, nudge it until it fits, and compare the two in windows: in the middle of what lies under both, and
    where not even a trace of one negative is there, no further."""
    one, other = first.grey.astype(np.float32), second.grey.astype(np.float32)
    inverse = inverse_of(layout.matrix)
    scale = 1 / np.sqrt(abs(np.linalg.det(inverse[:, :2])))  # how much the first is enlarged
    # whichever is enlarged has no fine grain to compare: look at both as coarsely as the coarser one
    source = blurred(one, 0.5 / scale) if scale < 0.75 else one
    target = blurred(other, 0.45 * scale) if scale > 1.3 else other
    inverse = _nudged(source, target, inverse)
    coarse = max(1.0, float(scale))
    middle = _windows(source, target, inverse, _middle(source, target, inverse), coarse)
    if middle.likeness.size >= FEWEST_WINDOWS and middle.overlap > 0.5 and middle.same < TRACE_SAME and middle.grain < TRACE_GRAIN:
        return middle
    whole = _windows(source, target, inverse, (0, 0, target.shape[1], target.shape[0]), coarse)
    return replace(whole, paper=_is_paper(other))


#: A page: most of the picture is one light tone (grey levels from the usual one), and what is darker is much darker (ink).
PAPER_LIGHT, PAPER_TONE, PAPER_SHARE = 170, 25, 0.6


def _is_paper(picture: Floats) -> bool:
    tone = float(np.median(picture))
    return tone >= PAPER_LIGHT and float((np.abs(picture - tone) <= PAPER_TONE).mean()) >= PAPER_SHARE


#: What is left of one negative in the middle of a copy, however much is stamped or painted over it there: below both shares there is none.
TRACE_SAME, TRACE_GRAIN = 0.5, 0.2
#: Fewer windows in the middle say nothing.
FEWEST_WINDOWS = 60


def _middle(source: Floats, target: Floats, inverse: NDArray[np.float64]) -> Box:
    """A quarter of what the first picture covers of the second, around its middle."""
    height, width = source.shape
    corners = moved(np.array([(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)]), inverse_of(inverse))
    low, high = (np.clip(edge, 0, target.shape[::-1]) for edge in (corners.min(0), corners.max(0)))
    (left, top), (wide, tall) = np.rint(low + (high - low) / 4).astype(int).tolist(), np.rint((high - low) / 2).astype(int).tolist()
    return left, top, wide, tall


def _inside(under: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without what lies within _EDGE pixels of the first picture's edge; where that is the second's edge too, nothing is lost."""
    wide = np.pad(under, _EDGE, "edge")
    height, width = under.shape
    near = [wide[y : y + height, x : x + width] for y, x in ((0, _EDGE), (2 * _EDGE, _EDGE), (_EDGE, 0), (_EDGE, 2 * _EDGE))]
    return np.asarray(under & near[0] & near[1] & near[2] & near[3])


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
    down, right = slopes(s)
    ok &= ~at(even(right, down), px, py) & ~at(even(*slopes(t)), xs, ys)
    if ok.sum() < 500:
        return None
    xs, ys = xs[ok], ys[ok]
    want = t[ys.astype(np.intp), xs.astype(np.intp)].astype(np.float64)
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
    bars = frame(target)[top : top + height, left : left + width]
    target = target[top : top + height, left : left + width]
    px, py = _put_back(inverse, np.arange(left, left + width, dtype=np.float32), np.arange(top, top + height, dtype=np.float32)[:, None])
    under = _inside((px >= 0) & (py >= 0) & (px <= source.shape[1] - 1) & (py <= source.shape[0] - 1))
    under &= ~bars & ~at(even(*slopes(blurred(source, FINE))), px, py)
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
    # a pattern where the other has none is a change
    struck = (np.maximum(var_a, var_b) > LIVELY) & (np.minimum(var_a, var_b) < QUIET)
    enough = (_means(under.astype(np.float32)) > 0.999) & ((size > QUIET) | struck)
    likeness = np.where(enough, np.where(struck, 0.0, cov / np.maximum(size, 1e-6)), np.nan).astype(np.float32)
    certain = ~np.isnan(likeness)
    known = likeness[certain]
    if len(known) == 0:
        return Compared(0.0, 0.0, 0.0, 0.0, likeness)
    plain = known[outlines[certain] <= np.median(outlines[certain])]
    same, grain = float((known > SAME).mean()), float((plain > GRAIN).mean())
    alike = float(np.median(known[known > SAME])) if same else 0.0
    return Compared(same, grain, len(known) / likeness.size, float(np.median(known)), likeness, alike)


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
