"""What of a picture is no picture: the even bars around a screenshot or a border, with what is written in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaohao.evidence.smoothing import Floats, blurred, largest_around, slopes
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Blur (pixels) before slopes are looked at, where a picture is looked at as finely as it can be.
FINE = 0.8
#: Slope (grey levels a pixel) below which a place is wholly even.
EVEN = 0.02
#: Pixels beside an even place that are left out with it: as far as the widest blur carries its edge.
BESIDE_EVEN = 9
#: A row or column along the edge is part of a frame while so much of it is even or beside what is.
FRAME_SHARE = 0.7


def even(right: Floats, down: Floats) -> NDArray[np.bool_]:
    """What is wholly even, and what lies beside it: the bars around a screenshot are no part of the picture, would tell a wrong tone, and their edge
    has no like in the whole picture that a part of was taken."""
    flat = (np.abs(right) + np.abs(down)) < EVEN
    solid = blurred(flat.astype(np.float32), 2.0) > 0.95
    return np.asarray(largest_around(solid.astype(np.float32), BESIDE_EVEN) > 0)


def frame(picture: Floats) -> NDArray[np.bool_]:
    """The bars along the edges of a screenshot, with what is written in them; a plain patch inside the picture is none."""
    plain = even(*slopes(blurred(picture, FINE)))
    bars = np.zeros_like(plain)
    for part, lines in ((bars, plain.mean(1)), (bars.T, plain.mean(0))):
        inner = np.flatnonzero(lines < FRAME_SHARE)
        if len(inner):
            part[: inner[0]] = part[inner[-1] + 1 :] = True
    return bars


def at(mask: NDArray[np.bool_], px: Floats, py: Floats) -> NDArray[np.bool_]:
    height, width = mask.shape
    return np.asarray(mask[np.clip(py, 0, height - 1).astype(np.intp), np.clip(px, 0, width - 1).astype(np.intp)])
