"""By what a picture is found again among very many: each mark has one key, and where it lies, how it is turned and how large it is rides along, so
that hits speak for a picture only when they agree on how the one picture lies over the other (Lowe 2004, the Hough vote of section 7.3).

Pure arithmetic on marks; where the keys are kept (a sorted array, a table) is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from xiaohao.evidence.photo_marks import PATCH, SIDE, Floats, Marks, mirrored
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
else:
    Numbers = Any

#: The cosine waves of a patch (across, down) whose sign is a bit of the key, with the median and the spread that 208,000 marks of 800 drawn pictures
#: have there: those of all 63 that differ least between a mark and itself in a copy, measured against their spread (2026-11-24).
_WAVES: Final = (
    (2, 0, 0.0, 0.316), (0, 1, -0.832, 0.234), (4, 2, 0.0, 0.053), (0, 2, 0.0, 0.217), (4, 0, 0.0, 0.079), (2, 1, 0.165, 0.166),
    (2, 2, 0.0, 0.118), (1, 1, 0.0, 0.215), (0, 3, 0.092, 0.106), (2, 3, -0.068, 0.066), (4, 1, 0.013, 0.057), (1, 0, 0.0, 0.147),
    (4, 4, 0.0, 0.018), (1, 3, 0.0, 0.076), (1, 2, 0.0, 0.108), (0, 4, 0.0, 0.057), (4, 3, 0.0, 0.026), (3, 0, 0.0, 0.083),
    (6, 0, 0.0, 0.017), (3, 3, 0.0, 0.035), (6, 2, 0.0, 0.01), (2, 4, 0.0, 0.033), (0, 5, -0.01, 0.029), (3, 1, 0.0, 0.076),
    (6, 3, 0.0, 0.007), (2, 5, 0.004, 0.016), (3, 2, 0.0, 0.049), (6, 4, 0.0, 0.005), (2, 6, 0.0, 0.009), (0, 6, 0.0, 0.014),
    (4, 5, -0.001, 0.008), (6, 1, 0.005, 0.012),
)  # fmt: skip

#: Signs that are least certain in a mark that is asked for: it is also asked for with each of them turned over.
UNCERTAIN = 6
#: A key that so many marks share tells nothing: no more are kept under it, and it is not asked any more.
COMMON = 250

#: Where a mark lies is kept to this many pixels, its direction to a 64th of a turn: 19 bits (x, y, direction, size).
_CELL, _TURNS = 12.5, 64
PLACE_BITS = 19

#: Hits agree that fall into one box of: turn (tenths of a full one), size (factor 2.4), where the middle lies (pixels). Three grids of boxes, each a
#: third of a box off, so that what lies at a border of one lies inside another.
_TENTHS, _HALF_OCTAVES, _PIXELS = 10, 2.5, 90.0
_GRIDS = (0.0, 1 / 3, 2 / 3)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What to ask for: of n questions the `keys`, the index of the `mark` each is about, and whether it is the mirrored picture's."""

    keys: Numbers
    mark: Numbers
    mirror: NDArray[np.bool_]


def keys_of(marks: Marks) -> Numbers:
    """One key a mark, 32 bits."""
    return np.asarray((_waves(marks.patch) > 0) @ (1 << np.arange(len(_WAVES), dtype=np.int64)), np.int64)


def places_of(marks: Marks) -> Numbers:
    """What rides along with each mark's key, PLACE_BITS bits."""
    x, y = (np.clip(np.rint(column / _CELL), 0, 31).astype(np.int64) for column in (marks.at[:, 0], marks.at[:, 1]))
    turn = np.rint(marks.angle / (2 * np.pi) * _TURNS).astype(np.int64) % _TURNS
    size = np.clip(np.rint(2 * np.log2(np.maximum(marks.scale, 1))), 0, 7).astype(np.int64)
    return np.asarray(((x * 32 + y) * _TURNS + turn) * 8 + size, np.int64)


def asked_by(marks: Marks) -> Asked:
    """Everything that a picture asks for: its marks and their mirror images, each also with its least certain signs turned over."""
    parts = [_asked(patch) for patch in (marks.patch, mirrored(marks))]
    own = np.arange(len(marks), dtype=np.int64)
    return Asked(np.concatenate(parts), np.tile(own, 2 * (UNCERTAIN + 1)), np.repeat(np.array([False, True]), len(marks) * (UNCERTAIN + 1)))


def ranked(marks: Marks, asked: Asked, question: Numbers, picture: Numbers, place: Numbers) -> list[tuple[int, float]]:
    """(picture, vote) of the pictures in which at least two hits agree, most agreed first. Of n hits `question` is the index of what was asked,
    `picture` and `place` what was found under it. The fewer marks share a key, the more a hit says."""
    if len(question) == 0:
        return []
    count = np.bincount(question, minlength=len(asked.keys))[question]
    few = count <= COMMON
    question, picture, place, weight = question[few], picture[few], place[few], 1 / np.sqrt(count[few])
    if len(question) == 0:
        return []
    boxes = _boxes(marks, asked, question, place)
    best: dict[int, float] = {}
    side = asked.mirror[question].astype(np.int64)
    for grid in _GRIDS:
        cells = np.floor(boxes + grid).astype(np.int64)
        turn, rest = cells[:, 0] % _TENTHS, np.clip(cells[:, 1:], 0, 31)
        name = ((((picture * 2 + side) * _TENTHS + turn) * 32 + rest[:, 0]) * 32 + rest[:, 1]) * 32 + rest[:, 2]
        names, which, hits = np.unique(name, return_inverse=True, return_counts=True)
        agreed = hits > 1
        votes = np.bincount(which, weight)[agreed]
        for number, vote in zip((names[agreed] // (2 * _TENTHS * 32**3)).tolist(), votes.tolist(), strict=True):
            if vote > best.get(number, 0.0):
                best[number] = vote
    return sorted(best.items(), key=lambda one: (-one[1], one[0]))


def _boxes(marks: Marks, asked: Asked, question: Numbers, place: Numbers) -> NDArray[np.float64]:
    """n×4: how the found picture lies over the asking one: turn, size, and where its middle comes to lie."""
    mark, mirror = asked.mark[question], asked.mirror[question]
    size, turn = place & 7, (place >> 3) % _TURNS * (2 * np.pi / _TURNS)
    x, y = (place >> 14) * _CELL, (place >> 9) % 32 * _CELL
    direction = np.where(mirror, np.pi - marks.angle[mark], marks.angle[mark])
    turned = direction - turn
    larger = 2 * np.log2(marks.scale[mark]) - size
    ratio = 2.0 ** (larger / 2)
    cos, sin = np.cos(turned) * ratio, np.sin(turned) * ratio
    right, down = SIDE / 2 - x, SIDE * 3 / 8 - y
    middle_x = marks.at[mark, 0] * np.where(mirror, -1, 1) + cos * right - sin * down
    middle_y = marks.at[mark, 1] + sin * right + cos * down
    return np.stack([turned / (2 * np.pi) * _TENTHS, (larger + 8) / _HALF_OCTAVES, middle_x / _PIXELS + 8, middle_y / _PIXELS + 8], 1)


def _asked(patch: Floats) -> Numbers:
    waves = _waves(patch)
    bits = 1 << np.arange(len(_WAVES), dtype=np.int64)
    plain = (waves > 0) @ bits
    doubtful = np.argsort(np.abs(waves / np.array([spread for *_, spread in _WAVES])), axis=1, kind="stable")[:, :UNCERTAIN]
    return np.asarray(np.concatenate([plain, *((plain ^ bits[doubtful[:, n]]) for n in range(doubtful.shape[1]))]), np.int64)


def _waves(patch: Floats) -> NDArray[np.float64]:
    return np.asarray(patch.astype(np.float64) @ _matrix() - np.array([median for _, _, median, _ in _WAVES]))


@cache
def _matrix() -> NDArray[np.float64]:
    wave = np.cos(np.pi * (2 * np.arange(PATCH)[None, :] + 1) * np.arange(PATCH)[:, None] / (2 * PATCH))
    base = np.stack([np.outer(wave[across], wave[down]).ravel() for across, down, _, _ in _WAVES])
    return np.ascontiguousarray((base / np.linalg.norm(base, axis=1, keepdims=True)).T)


# Of pictures that are all at hand ------------------------------------------------------------------------------------------------------


def candidates(pictures: Sequence[Marks], most: int) -> list[tuple[int, int]]:
    """(i, j), i < j, of the pictures of which one is among the `most` that the other's marks agree with best, each pair once, in order."""
    if not pictures:
        return []
    keys = np.concatenate([keys_of(one) for one in pictures])
    spots = np.concatenate([(number << PLACE_BITS) + places_of(one) for number, one in enumerate(pictures)])
    order = np.argsort(keys, kind="stable")
    keys, spots = keys[order], spots[order]
    found: set[tuple[int, int]] = set()
    for number, one in enumerate(pictures):
        asked = asked_by(one)
        first, last = np.searchsorted(keys, asked.keys, "left"), np.searchsorted(keys, asked.keys, "right")
        count = np.where(last - first <= COMMON, last - first, 0)
        question = np.repeat(np.arange(len(count)), count)
        hit = spots[np.repeat(first - np.cumsum(count) + count, count) + np.arange(int(count.sum()))]
        votes = ranked(one, asked, question, hit >> PLACE_BITS, hit & ((1 << PLACE_BITS) - 1))
        near = [other for other, _ in votes if other != number][:most]
        found.update((min(number, other), max(number, other)) for other in near)
    return sorted(found)
