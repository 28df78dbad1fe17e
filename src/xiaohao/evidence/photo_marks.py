"""The marks of a picture: a few hundred spots that stay what they are when it is recompressed, resized, toned, stamped, cropped, turned, mirrored,
framed or photographed from a screen.

A mark is a corner of the grey picture at one of several sizes, with the direction in which it brightens and a small normalised patch around it
(Brown, Szeliski, Winder 2005, "Multi-image matching using multi-scale oriented patches"). Pure arithmetic on pixels: the same bytes give the same marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from PIL import Image

from xiaohao.evidence.photo import grey_of
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
else:
    Floats = Any


#: Pixels of the longer side of the grey picture in which marks are looked for.
SIDE = 400
#: Each size is this much smaller than the one before; so many sizes: from whole details to a fifth.
STEP, SIZES = 2**0.5, 5
#: Marks kept of one picture.
MOST = 260
#: A patch is so many samples wide, so many pixels apart (at the mark's own size).
PATCH, SPACING = 8, 2.6
#: Marks of one size are so many pixels apart.
APART = 3
#: Numbers of one mark: what is left of the patch when its mean is taken out.
NUMBERS = PATCH * PATCH

#: Blur (σ in pixels) before corners and patches are looked at: what recompression changes is finer than this.
_FINE, _COARSE = 1.2, 2.2


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """`grey` the picture (0..255, longer side SIDE); of n marks: `at` n×2 (x, y in its pixels), `scale` n (how many times smaller the size was
    in which it was seen), `angle` n (radians, the direction of brightening), `patch` n×NUMBERS of length 1."""

    grey: NDArray[np.uint8]
    at: Floats
    scale: Floats
    angle: Floats
    patch: Floats

    def __len__(self) -> int:
        return len(self.at)


def marks_of(content: bytes) -> Marks:
    """The marks of a picture from its bytes. Raises BadPicture."""
    return marks_in(grey_of(content, SIDE))


def marks_in(grey: Floats) -> Marks:
    """The marks of a grey picture, strongest first at each size."""
    found = [part for size in range(SIZES) if (part := _of_size(grey, STEP**size)) is not None]
    if not found:
        none = np.zeros(0, np.float32)
        return Marks(grey.astype(np.uint8), np.zeros((0, 2), np.float32), none, none, np.zeros((0, NUMBERS), np.float32))
    at, scale, angle, patch, strength = (np.concatenate(column) for column in zip(*found, strict=True))
    best = np.argsort(-strength, kind="stable")[:MOST]
    return Marks(grey.astype(np.uint8), at[best], scale[best], angle[best], patch[best])


def mirrored(marks: Marks) -> Floats:
    """The patches as they would be in the mirror image: each flipped across its own direction."""
    return np.asarray(marks.patch.reshape(-1, PATCH, PATCH)[:, ::-1, :].reshape(-1, NUMBERS), np.float32)


#: A mark is looked up by so many keys, each of so many signs of mixtures of its patch's lowest frequencies.
TABLES, SIGNS = 6, 18


def keys_of(patch: Floats) -> NDArray[np.int32]:
    """n×TABLES: what a mark is looked up by. Two marks that share a key are looked at more closely."""
    signs = (patch @ _mixtures()) > 0
    numbers = signs.reshape(len(patch), TABLES, SIGNS) @ (1 << np.arange(SIGNS))
    return np.asarray(numbers + (np.arange(TABLES) << SIGNS), np.int32)


@cache
def _mixtures() -> Floats:
    """NUMBERS × TABLES·SIGNS: the cosine waves of a patch up to the fourth along either side, in fixed sums of three (a hash, not chance)."""
    wave = np.cos(np.pi * (2 * np.arange(PATCH)[None, :] + 1) * np.arange(5)[:, None] / (2 * PATCH))
    base = np.stack([np.outer(wave[u], wave[v]).ravel() * (1 + u + v) for u in range(5) for v in range(5) if 0 < u + v <= 5])
    count = TABLES * SIGNS
    mixed = np.zeros((count, PATCH * PATCH))
    state = 12345
    for row in range(count):
        for _ in range(3):
            state = (state * 1103515245 + 12345) % 2**31  # the C standard's example generator: fixed for ever
            mixed[row] += base[(state >> 8) % len(base)] * (1 if state >> 20 & 1 else -1)
    return np.ascontiguousarray(mixed.T, np.float32)


def _of_size(grey: Floats, factor: float) -> tuple[Floats, ...] | None:
    height, width = grey.shape
    size = (round(width / factor), round(height / factor))
    if min(size) < 48:
        return None
    small = grey if factor == 1 else np.asarray(Image.fromarray(grey, "F").resize(size, Image.Resampling.BOX), np.float32)
    fine = blurred(small, _FINE)
    dy, dx = slopes(fine)
    xx, yy, xy = (blurred(product, 1.5) for product in (dx * dx, dy * dy, dx * dy))
    corner = (xx * yy - xy * xy) / (xx + yy + 1e-3)
    margin = 6
    inner = np.zeros_like(corner)
    inner[margin:-margin, margin:-margin] = corner[margin:-margin, margin:-margin]
    peak = (inner == _largest_around(inner, APART)) & (inner > 0.6)
    ys, xs = np.nonzero(peak)
    if len(ys) == 0:
        return None
    strength = inner[ys, xs]
    keep = np.argsort(-strength, kind="stable")[: int(MOST * 0.6 / factor) + 20]
    ys, xs, strength = ys[keep], xs[keep], strength[keep]
    coarse = blurred(small, _COARSE)
    gy, gx = slopes(blurred(small, 3.5))
    angle = np.arctan2(gy[ys, xs], gx[ys, xs])
    patch = _patches(coarse, xs, ys, angle)
    sx, sy = width / size[0], height / size[1]
    at = np.stack([(xs + 0.5) * sx - 0.5, (ys + 0.5) * sy - 0.5], 1).astype(np.float32)
    norm = np.log1p(strength) * factor**0.3
    return at, np.full(len(xs), factor, np.float32), angle.astype(np.float32), patch, norm.astype(np.float32)


def _patches(picture: Floats, xs: NDArray[Any], ys: NDArray[Any], angle: Floats) -> Floats:
    steps = (np.arange(PATCH, dtype=np.float32) - (PATCH - 1) / 2) * SPACING
    across, down = np.meshgrid(steps, steps)
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    px = xs[:, None] + cos * across.ravel() - sin * down.ravel()
    py = ys[:, None] + sin * across.ravel() + cos * down.ravel()
    patch = sampled(picture, px, py)
    patch -= patch.mean(1, keepdims=True)
    return np.asarray(patch / (np.linalg.norm(patch, axis=1, keepdims=True) + 1e-6)).astype(np.float32)


def sampled(picture: Floats, x: NDArray[Any], y: NDArray[Any]) -> Floats:
    """Values between pixels (bilinear); outside, the nearest edge."""
    height, width = picture.shape
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    fx, fy = (x - left).astype(np.float32), (y - top).astype(np.float32)
    flat, at = picture.ravel(), top * width + left
    upper = flat[at] * (1 - fx) + flat[at + 1] * fx
    lower = flat[at + width] * (1 - fx) + flat[at + width + 1] * fx
    return np.asarray(upper * (1 - fy) + lower * fy, np.float32)


def blurred(picture: Floats, sigma: float) -> Floats:
    """The picture under a Gaussian of `sigma` pixels; edges are repeated."""
    reach = int(3 * sigma + 0.5)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    height, width = picture.shape
    wide = np.pad(picture, ((reach, reach), (0, 0)), "edge")
    tall = sum(weight * wide[n : n + height] for n, weight in enumerate(weights))
    wide = np.pad(np.asarray(tall, np.float32), ((0, 0), (reach, reach)), "edge")
    return np.asarray(sum(weight * wide[:, n : n + width] for n, weight in enumerate(weights)), np.float32)


def slopes(picture: Floats) -> tuple[Floats, Floats]:
    """How the picture brightens downwards and to the right, per pixel."""
    down, right = np.gradient(picture)
    return np.asarray(down, np.float32), np.asarray(right, np.float32)


def _largest_around(picture: Floats, reach: int) -> Floats:
    out: Floats = picture
    for axis in (0, 1):
        best: Floats = out.copy()
        for step in range(1, reach + 1):
            best = np.maximum(best, np.maximum(np.roll(out, step, axis), np.roll(out, -step, axis)))
        out = best
    return out
