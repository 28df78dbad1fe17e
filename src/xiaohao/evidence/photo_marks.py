"""The marks of a picture: a few hundred spots that stay what they are when it is recompressed, resized, toned, stamped, cropped, turned, mirrored,
framed or photographed from a screen.

A mark is a corner of the grey picture at one of several sizes, with the direction in which it brightens and a small normalised patch around it
(Brown, Szeliski, Winder 2005, "Multi-image matching using multi-scale oriented patches"). Pure arithmetic on pixels: the same bytes give the same marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image

from xiaohao.evidence.photo import grey_of, size_as_seen
from xiaohao.evidence.smoothing import Floats, blurred, halved, largest_around, sampled, slopes
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

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

#: No size has a side below so many pixels; no mark lies nearer to the edge.
FEWEST_PIXELS, _MARGIN = 48, 6
#: A corner brightens in two directions by so much (grey levels, squared: the harmonic mean of the structure tensor's two).
LEAST_CORNER = 0.6

#: Blur (σ in pixels) before corners, patches and directions are looked at: what recompression changes is finer than this.
_FINE, _COARSE, _BROAD = 1.2, 2.2, 3.5
#: Pixels from a corner, across and down, that are asked for its direction: every second one, what is between them is blurred already.
_AROUND = range(-8, 9, 2)


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
    found = [part for small, factor in _sizes(grey) if (part := _corners(small, factor)) is not None]
    seen = grey.astype(np.uint8)
    if not found:
        none = np.zeros(0, np.float32)
        return Marks(seen, np.zeros((0, 2), np.float32), none, none, np.zeros((0, NUMBERS), np.float32))
    strongest = np.sort(np.concatenate([corners.strength for corners in found]))[::-1]
    least = strongest[min(MOST, len(strongest)) - 1]
    at, scale, angle, patch, strength = (np.concatenate(column) for column in zip(*(_looked_at(one, least) for one in found), strict=True))
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


@dataclass(frozen=True, slots=True, eq=False)
class _Corners:
    """Of n corners of the picture at one size (`small`, `factor` times smaller): their pixels, and how much each is one."""

    small: Floats
    factor: float
    x: NDArray[np.intp]
    y: NDArray[np.intp]
    strength: Floats


def _sizes(grey: Floats) -> Iterator[tuple[Floats, float]]:
    """The picture at its sizes, each with how many times smaller it is; the smallest has no side below FEWEST_PIXELS."""
    height, width = grey.shape
    between = Image.fromarray(grey, "F").resize((round(width / STEP), round(height / STEP)), Image.Resampling.BOX)
    sizes = [grey, np.asarray(between, np.float32)]
    for n in range(SIZES):
        if min(sizes[n].shape) < FEWEST_PIXELS:
            return
        yield sizes[n], STEP**n
        sizes.append(halved(sizes[n]))


def _corners(small: Floats, factor: float) -> _Corners | None:
    dy, dx = slopes(blurred(small, _FINE))
    xx, yy, xy = (blurred(product, 1.5) for product in (dx * dx, dy * dy, dx * dy))
    corner = (xx * yy - xy * xy) / (xx + yy + np.float32(1e-3))
    inner = np.zeros_like(corner)
    inner[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = corner[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    y, x = np.divmod(np.flatnonzero((inner == largest_around(inner, APART)) & (inner > LEAST_CORNER)), inner.shape[1])
    if len(y) == 0:
        return None
    strength = inner[y, x]
    keep = np.argsort(-strength, kind="stable")[: int(MOST * 0.6 / factor) + 20]
    return _Corners(small, factor, x[keep], y[keep], (np.log1p(strength[keep]) * factor**0.3).astype(np.float32))


def _looked_at(found: _Corners, least: float) -> tuple[Floats, ...]:
    """Of the corners of at least that strength: place in the whole picture, size, direction, patch, strength."""
    some = found.strength >= least
    x, y, small = found.x[some], found.y[some], found.small
    coarse = blurred(small, _COARSE)
    angle = _directions(coarse, x, y)
    at = np.stack([(x + 0.5) * found.factor - 0.5, (y + 0.5) * found.factor - 0.5], 1).astype(np.float32)
    return at, np.full(len(x), found.factor, np.float32), angle, _patches(coarse, x, y, angle), found.strength[some]


def _directions(coarse: Floats, x: NDArray[np.intp], y: NDArray[np.intp]) -> Floats:
    """Whither the picture brightens around each pixel (radians): under a Gaussian of _BROAD pixels, of which `coarse` already holds _COARSE."""
    away = np.array(_AROUND)
    rows, columns = (np.clip(side[:, None] + away, 0, most - 1) for side, most in ((y, coarse.shape[0]), (x, coarse.shape[1])))
    around = coarse[rows[:, :, None], columns[:, None, :]].reshape(len(x), len(away) ** 2)
    bell = np.exp(-0.5 * away**2 / (_BROAD**2 - _COARSE**2))
    down, right = (np.outer(*pair).ravel().astype(np.float32) for pair in ((bell * away, bell), (bell, bell * away)))
    return np.asarray(np.arctan2(around @ down, around @ right), np.float32)


def _patches(picture: Floats, xs: NDArray[Any], ys: NDArray[Any], angle: Floats) -> Floats:
    steps = (np.arange(PATCH, dtype=np.float32) - (PATCH - 1) / 2) * SPACING
    across, down = np.meshgrid(steps, steps)
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    px = xs[:, None] + cos * across.ravel() - sin * down.ravel()
    py = ys[:, None] + sin * across.ravel() + cos * down.ravel()
    patch = sampled(picture, px, py)
    patch -= patch.mean(1, keepdims=True)
    return np.asarray(patch / (np.linalg.norm(patch, axis=1, keepdims=True) + 1e-6)).astype(np.float32)
