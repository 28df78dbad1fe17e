"""The marks of a picture: a few hundred spots that stay what they are when it is recompressed, resized, toned, stamped, cropped, turned, mirrored,
framed or photographed from a screen.

A mark is a corner of the grey picture at one of several sizes, with the direction in which it brightens and a small normalised patch around it
(Brown, Szeliski, Winder 2005, "Multi-image matching using multi-scale oriented patches"). Pure arithmetic on pixels: the same bytes give the same marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image

from xiaohao.evidence.photo import grey_of, size_as_seen
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


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A picture that was looked at: its marks, and the pixels of its longer side."""

    marks: Marks
    longest: int


def seen_in(content: bytes) -> Seen:
    """A picture looked at. Raises BadPicture."""
    return Seen(marks_of(content), max(size_as_seen(content)))


def marks_of(content: bytes) -> Marks:
    """The marks of a picture from its bytes. Raises BadPicture."""
    return marks_in(grey_of(content, SIDE))


def marks_in(grey: Floats) -> Marks:
    """The marks of a grey picture, the strongest first, each as exact as `packed` keeps it: what was stored and read again is the same."""
    found = [part for size in range(SIZES) if (part := _of_size(grey, STEP**size)) is not None]
    seen = grey.astype(np.uint8)
    if not found:
        none = np.zeros(0, np.float32)
        return Marks(seen, np.zeros((0, 2), np.float32), none, none, np.zeros((0, NUMBERS), np.float32))
    at, scale, angle, patch, strength = (np.concatenate(column) for column in zip(*found, strict=True))
    best = np.argsort(-strength, kind="stable")[:MOST]
    exact = Marks(seen, at[best], scale[best], angle[best], patch[best])
    return unpacked(packed(exact), seen, seen.shape)


#: How a mark is stored: its place in sixteenths of a pixel, the number of its size, its direction in 256ths of a turn, its patch in 160ths
#: (of 300,000 marks of drawn scenes no number of a patch exceeds 0.79; a larger one is cut off).
_STORED = [("x", "<u2"), ("y", "<u2"), ("size", "u1"), ("angle", "u1"), ("patch", "i1", (NUMBERS,))]
_PLACES, _TURN, _PATCH_UNIT = 16, 256, 160


def packed(marks: Marks) -> bytes:
    """The marks without the picture, 70 bytes each."""
    stored = np.zeros(len(marks), _STORED)
    for name, column in (("x", marks.at[:, 0]), ("y", marks.at[:, 1])):
        stored[name] = np.clip(np.rint(column * _PLACES), 0, 65535)
    stored["size"] = np.rint(2 * np.log2(np.maximum(marks.scale, 1)))
    stored["angle"] = np.rint(marks.angle / (2 * np.pi) * _TURN) % _TURN
    stored["patch"] = np.clip(np.rint(marks.patch * _PATCH_UNIT), -127, 127)
    return stored.tobytes()


def unpacked(stored: bytes, grey: NDArray[np.uint8] | bytes = b"", shape: tuple[int, ...] = (0, 0)) -> Marks:
    """What `packed` packed, with the picture where it is given (`shape` rows and columns). Raises ValueError when cut short."""
    rows = np.frombuffer(stored, _STORED)
    picture = np.frombuffer(grey, np.uint8, shape[0] * shape[1]).reshape(shape) if isinstance(grey, bytes) else grey
    patch = rows["patch"].astype(np.float32)
    patch /= np.linalg.norm(patch, axis=1, keepdims=True) + 1e-6
    at = np.asarray(np.stack([rows["x"], rows["y"]], 1) / _PLACES, np.float32)
    angle = rows["angle"].astype(np.float32) * (2 * np.pi / _TURN)
    return Marks(picture, at, (STEP ** rows["size"].astype(np.float32)).astype(np.float32), angle.astype(np.float32), patch)


def mirrored(marks: Marks) -> Floats:
    """The patches as they would be in the mirror image: each flipped across its own direction."""
    return np.asarray(marks.patch.reshape(-1, PATCH, PATCH)[:, ::-1, :].reshape(-1, NUMBERS), np.float32)


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
    flat, (upper_left, upper_right, lower_left, lower_right), fx, fy = _around(picture, x, y)
    upper = flat[upper_left] * (1 - fx) + flat[upper_right] * fx
    lower = flat[lower_left] * (1 - fx) + flat[lower_right] * fx
    return np.asarray(upper * (1 - fy) + lower * fy, np.float32)


def sampled_all(pictures: Floats, x: NDArray[Any], y: NDArray[Any]) -> Floats:
    """The same of several pictures (rows × columns × n) at once, n × points."""
    flat, (upper_left, upper_right, lower_left, lower_right), fx, fy = _around(pictures, x, y)
    fx, fy = fx[:, None], fy[:, None]
    upper = flat[upper_left] * (1 - fx) + flat[upper_right] * fx
    lower = flat[lower_left] * (1 - fx) + flat[lower_right] * fx
    return np.ascontiguousarray((upper * (1 - fy) + lower * fy).T, np.float32)


def _around(picture: Floats, x: NDArray[Any], y: NDArray[Any]) -> tuple[Floats, tuple[NDArray[Any], ...], Floats, Floats]:
    """The pixels in a row, for each point the indices of the four around it, and how far it lies to the right of and below the first."""
    height, width = picture.shape[:2]
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    at = top * width + left
    flat = picture.reshape(height * width, *picture.shape[2:])
    return flat, (at, at + 1, at + width, at + width + 1), (x - left).astype(np.float32), (y - top).astype(np.float32)


def blurred(picture: Floats, sigma: float) -> Floats:
    """The picture under a Gaussian of `sigma` pixels; edges are repeated."""
    reach = int(3 * sigma + 0.5)
    weights = np.exp(-0.5 * (np.arange(reach + 1) / sigma) ** 2)
    weights = (weights / (2 * weights.sum() - weights[0])).astype(np.float32)
    return _weighed(_weighed(picture, weights, 0), weights, 1)


def _weighed(picture: Floats, weights: Floats, axis: int) -> Floats:
    """Each pixel with its neighbours along one side, both of one distance at once."""
    reach, size = len(weights) - 1, picture.shape[axis]
    wide = np.pad(picture, [(reach, reach) if one == axis else (0, 0) for one in (0, 1)], "edge")
    parts = [wide[n : n + size] if axis == 0 else wide[:, n : n + size] for n in range(2 * reach + 1)]
    total: Floats = parts[reach] * weights[0]
    both = np.empty_like(total)
    for away in range(1, reach + 1):
        np.add(parts[reach - away], parts[reach + away], out=both)
        both *= weights[away]
        total += both
    return total


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
