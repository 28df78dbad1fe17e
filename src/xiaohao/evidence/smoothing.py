"""Grey pictures (rows × columns, float32) smoothed, halved, and read between their pixels: what marks and comparisons are made of.

Smoothing is a product with a band of the Gaussian, sixteen pixels at a time: one small matrix serves every place, and its cost does not grow with
the width of the blur.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
else:
    Floats = Any

#: Pixels that one product smooths. Of 16, 32, 48 and 64 the fastest for pictures of 400 × 300 (2026-11-24).
_AT_ONCE = 16


def blurred(picture: Floats, sigma: float) -> Floats:
    """The picture under a Gaussian of `sigma` pixels (cut off at 3 σ); edges are repeated."""
    return _across(_down(picture, _band(sigma)), _band(sigma))


@cache
def _band(sigma: float) -> Floats:
    """(_AT_ONCE + 2·reach) × _AT_ONCE: column n weighs the pixels around the nth of sixteen. The reach is a multiple of four, which products like."""
    reach = int(3 * sigma + 0.5)
    room = -(-reach // 4) * 4
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    band = np.zeros((_AT_ONCE + 2 * room, _AT_ONCE), np.float32)
    for n in range(_AT_ONCE):
        band[n + room - reach : n + room + reach + 1, n] = weights / weights.sum()
    return band


def _down(picture: Floats, band: Floats) -> Floats:
    height, width = picture.shape
    pieces, reach = -(-height // _AT_ONCE), (len(band) - _AT_ONCE) // 2
    tall = np.empty((pieces * _AT_ONCE + 2 * reach, width), np.float32)
    tall[:reach], tall[reach : reach + height], tall[reach + height :] = picture[0], picture, picture[-1]
    out, turned = np.empty((pieces * _AT_ONCE, width), np.float32), band.T
    for top in range(0, pieces * _AT_ONCE, _AT_ONCE):
        np.dot(turned, tall[top : top + len(band)], out=out[top : top + _AT_ONCE])
    return out[:height]


def _across(picture: Floats, band: Floats) -> Floats:
    height, width = picture.shape
    pieces, reach = -(-width // _AT_ONCE), (len(band) - _AT_ONCE) // 2
    wide = np.empty((height, pieces * _AT_ONCE + 2 * reach), np.float32)
    wide[:, :reach], wide[:, reach : reach + width], wide[:, reach + width :] = picture[:, :1], picture, picture[:, -1:]
    row, pixel = wide.strides
    overlapping = np.lib.stride_tricks.as_strided(wide, (height, pieces, len(band)), (row, _AT_ONCE * pixel, pixel), writeable=False)
    return np.asarray((overlapping.reshape(height * pieces, len(band)) @ band).reshape(height, -1)[:, :width])


def slopes(picture: Floats) -> tuple[Floats, Floats]:
    """How the picture brightens downwards and to the right, per pixel."""
    down, right = np.empty_like(picture), np.empty_like(picture)
    for slope, values in ((down, picture), (right.T, picture.T)):
        np.subtract(values[2:], values[:-2], out=slope[1:-1])
        slope[1:-1] *= 0.5
        slope[0], slope[-1] = values[1] - values[0], values[-1] - values[-2]
    return down, right


def halved(picture: Floats) -> Floats:
    """Every 2 × 2 pixels as one; an odd last row or column is left out."""
    height, width = (side // 2 * 2 for side in picture.shape)
    rows = picture[:height:2, :width] + picture[1:height:2, :width]
    return np.asarray((rows[:, ::2] + rows[:, 1::2]) * np.float32(0.25))


def largest_around(picture: Floats, reach: int) -> Floats:
    """The largest of the (2·reach + 1)² pixels around each, `reach` 3 or more; pixels nearer than that to the edge hold what came by."""
    out = picture.copy()
    for values in (out, out.T):
        best, wide = values, 1
        while wide < 2 * reach + 1:  # the largest of 2, of 4, … pixels from each on
            step = min(wide, 2 * reach + 1 - wide)
            best = np.maximum(best[:-step], best[step:])
            wide += step
        values[reach : reach + len(best)] = best
    return out


# Between pixels ------------------------------------------------------------------------------------------------------------------------


def sampled(picture: Floats, x: NDArray[Any], y: NDArray[Any]) -> Floats:
    """Values between pixels (bilinear); outside, the nearest edge."""
    flat, at, width, fx, fy = _around(picture, x, y)
    upper = flat[at]
    upper += (flat[at + 1] - upper) * fx
    at += width
    lower = flat[at]
    lower += (flat[at + 1] - lower) * fx
    lower -= upper
    lower *= fy
    lower += upper
    return np.asarray(lower, np.float32)


def sampled_all(pictures: Floats, x: NDArray[Any], y: NDArray[Any]) -> Floats:
    """The same of several pictures (rows × columns × n) at once, n × points."""
    flat, at, width, fx, fy = _around(pictures, x, y)
    fx, fy = fx[:, None], fy[:, None]
    upper, lower = flat[at], flat[at + width]
    upper += (flat[at + 1] - upper) * fx
    lower += (flat[at + width + 1] - lower) * fx
    upper += (lower - upper) * fy
    return np.ascontiguousarray(upper.T, np.float32)


def _around(picture: Floats, x: NDArray[Any], y: NDArray[Any]) -> tuple[Floats, NDArray[np.int32], int, Floats, Floats]:
    """The pixels in a row, for each point the index of the one above and to the left of it, the pixels of a row, and how far the point lies to the
    right of and below that one."""
    height, width = picture.shape[:2]
    x, y = (np.clip(side, 0, most - 1.001).astype(np.float32) for side, most in ((x, width), (y, height)))
    left, top = np.floor(x), np.floor(y)
    flat = picture.reshape(height * width, *picture.shape[2:])
    at: NDArray[np.int32] = top.astype(np.int32) * np.int32(width) + left.astype(np.int32)
    return flat, at, width, x - left, y - top
