"""By what a picture is found again among very many: each mark has one key, and where it lies, how it is turned and how large it is rides along, so
that hits speak for a picture only when they agree on how the one picture lies over the other (Lowe 2004, the Hough vote of section 7.3).

Pure arithmetic on marks; where the keys are kept (a sorted array, a table) is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from xiaohao.evidence.photo_marks import PATCH, SIDE, Marks, mirrored
from xiaohao.evidence.smoothing import Floats
from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
else:
    Numbers = Any

#: The cosine waves of a patch (across, down) whose sign is a bit of the key, the first the highest; with the median that 104,000 marks of 400 drawn
#: pictures have there, and by how much (robust σ) a mark and itself in a copy of another size differ (123,000 pairs of 120 drawn pictures, seven kinds
#: of copy; 2026-11-24). In the order of their spread against that difference: the higher a bit, the surer it is to come back.
_WAVES: Final = (
    (2, 0, 0.0, 0.0106), (0, 1, -0.829, 0.0084), (2, 1, 0.166, 0.0117), (4, 0, 0.0, 0.0058), (1, 1, 0.0, 0.0175), (0, 2, -0.002, 0.0187),
    (2, 2, 0.0, 0.0107), (0, 3, 0.092, 0.01), (4, 2, 0.0, 0.0055), (1, 0, 0.0, 0.0155), (3, 0, 0.0, 0.0086), (4, 1, 0.013, 0.0059),
    (1, 2, 0.0, 0.0117), (2, 3, -0.069, 0.0073), (3, 1, 0.0, 0.0085), (1, 3, 0.0, 0.0086), (0, 4, 0.001, 0.007), (3, 2, 0.0, 0.0068),
    (3, 3, 0.0, 0.0057), (0, 5, -0.01, 0.0048), (4, 3, 0.001, 0.0048), (2, 4, 0.0, 0.006), (4, 4, 0.0, 0.0035), (5, 0, 0.0, 0.0046),
    (1, 4, 0.0, 0.0064), (6, 0, 0.0, 0.0034), (5, 1, 0.0, 0.0045), (1, 5, 0.0, 0.0045), (2, 5, 0.004, 0.0041), (3, 4, 0.0, 0.0045),
    (0, 6, 0.0, 0.0037), (5, 2, 0.0, 0.0042), (6, 1, 0.005, 0.0034), (6, 2, 0.0, 0.0032), (3, 5, 0.0, 0.0035), (5, 3, 0.0, 0.0036),
    (2, 6, 0.0, 0.0033), (1, 6, 0.0, 0.0035), (4, 5, -0.001, 0.0033), (6, 3, 0.0, 0.003),
)  # fmt: skip
BITS: Final = len(_WAVES)

#: Keys are asked for by their highest bits, as many as leave in a range of keys a few marks of all that are kept: two more than their number has.
FEWEST_BITS, MORE_BITS = 16, 2
#: Signs among those that are least certain in a mark that is asked for: it is also asked for with each of them turned over.
UNCERTAIN = 4
#: A mark in the range is one that was asked for when no more than so many of all its bits differ.
DIFFERING = 4
#: A range that more marks share tells nothing: it is not looked at.
CROWDED = 64
#: A key that so many marks share is kept no longer.
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
    """What to ask for: of n questions the `low` and `high` end of the range of keys (both in it), the whole `key`, the index of the `mark` each
    is about, and whether it is the mirrored picture's."""

    low: Numbers
    high: Numbers
    key: Numbers
    mark: Numbers
    mirror: NDArray[np.bool_]


def keys_of(marks: Marks) -> Numbers:
    """One key a mark, BITS bits."""
    return _keys(_waves(marks.patch))


def places_of(marks: Marks) -> Numbers:
    """What rides along with each mark's key, PLACE_BITS bits."""
    x, y = (np.clip(np.rint(column / _CELL), 0, 31).astype(np.int64) for column in (marks.at[:, 0], marks.at[:, 1]))
    turn = np.rint(marks.angle / (2 * np.pi) * _TURNS).astype(np.int64) % _TURNS
    size = np.clip(np.rint(2 * np.log2(np.maximum(marks.scale, 1))), 0, 7).astype(np.int64)
    return np.asarray(((x * 32 + y) * _TURNS + turn) * 8 + size, np.int64)


def asked_by(marks: Marks, kept: int) -> Asked:
    """Everything that a picture asks for where `kept` marks are kept: its marks and their mirror images, each also with its least certain signs
    turned over."""
    bits = min(BITS, max(FEWEST_BITS, kept.bit_length() + MORE_BITS))
    key = np.concatenate([_asked(patch, bits) for patch in (marks.patch, mirrored(marks))])
    below = np.int64((1 << (BITS - bits)) - 1)
    mark = np.tile(np.arange(len(marks), dtype=np.int64), 2 * (UNCERTAIN + 1))
    return Asked(key & ~below, key | below, key, mark, np.repeat(np.array([False, True]), len(marks) * (UNCERTAIN + 1)))


def meant(asked: Asked, question: Numbers, found: Numbers) -> NDArray[np.bool_]:
    """Whether the keys `found` in the ranges of these questions are those that were asked for, but for a few signs."""
    return np.asarray(np.bitwise_count(asked.key[question] ^ found) <= DIFFERING)


def ranked(marks: Marks, asked: Asked, question: Numbers, picture: Numbers, place: Numbers) -> list[tuple[int, float]]:
    """(picture, vote) of the pictures in which at least two hits agree, most agreed first. Of n hits `question` is the index of what was asked,
    `picture` and `place` what was found under it. The fewer marks answer a question, the more a hit says."""
    if len(question) == 0:
        return []
    weight = 1 / np.sqrt(np.bincount(question, minlength=len(asked.key))[question])
    some = np.bincount(picture)[picture] > 1
    question, picture, place, weight = question[some], picture[some], place[some], weight[some]
    boxes = _boxes(marks, asked, question, place)
    side = asked.mirror[question].astype(np.int64)
    found = [_agreed((picture * 2 + side) * _TENTHS, boxes + grid, weight) for grid in _GRIDS]
    pictures, votes = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((pictures, -votes))
    _, first = np.unique(pictures[order], return_index=True)
    best = order[np.sort(first)]
    return list(zip(pictures[best].tolist(), votes[best].tolist(), strict=True))


def _agreed(picture: Numbers, boxes: NDArray[np.float64], weight: NDArray[np.float64]) -> tuple[Numbers, NDArray[np.float64]]:
    """The pictures of which two or more hits lie in one box, and the weight of those hits; a picture as often as it has such boxes."""
    cells = np.floor(boxes).astype(np.int64)
    turn, rest = cells[:, 0] % _TENTHS, np.clip(cells[:, 1:], 0, 31)
    name = (((picture + turn) * 32 + rest[:, 0]) * 32 + rest[:, 1]) * 32 + rest[:, 2]
    order = np.argsort(name, kind="stable")
    name = name[order]
    first = np.flatnonzero(np.diff(name, prepend=-1))
    if len(first) == 0:
        return np.zeros(0, np.int64), np.zeros(0)
    agreed = np.diff(first, append=len(name)) > 1
    votes = np.add.reduceat(weight[order], first)
    return name[first[agreed]] // (2 * _TENTHS * 32**3), votes[agreed]


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


def _asked(patch: Floats, bits: int) -> Numbers:
    """The keys of patches, then those with the least certain of the highest `bits` signs turned over, one after the other."""
    waves = _waves(patch)
    plain, bit = _keys(waves), 1 << np.arange(BITS - 1, -1, -1, dtype=np.int64)
    sure = np.abs(waves[:, :bits] / np.array([differs for *_, differs in _WAVES[:bits]]))
    doubtful = np.argsort(sure, axis=1, kind="stable")[:, :UNCERTAIN]
    return np.concatenate([plain, *(plain ^ bit[doubtful[:, n]] for n in range(UNCERTAIN))])


def _keys(waves: NDArray[np.float64]) -> Numbers:
    return np.asarray((waves > 0) @ (1 << np.arange(BITS - 1, -1, -1, dtype=np.int64)), np.int64)


def _waves(patch: Floats) -> NDArray[np.float64]:
    return np.asarray(patch.astype(np.float64) @ _matrix() - np.array([median for _, _, median, _ in _WAVES]))


@cache
def _matrix() -> NDArray[np.float64]:
    wave = np.cos(np.pi * (2 * np.arange(PATCH)[None, :] + 1) * np.arange(PATCH)[:, None] / (2 * PATCH))
    base = np.stack([np.outer(wave[across], wave[down]).ravel() for across, down, _, _ in _WAVES])
    return np.ascontiguousarray((base / np.linalg.norm(base, axis=1, keepdims=True)).T)


# Of pictures that are all at hand ------------------------------------------------------------------------------------------------------

#: `map`, or a function that spreads the same work over the cores.
Spread = Callable[[Callable[[int], list[int]], Sequence[int]], Iterable[list[int]]]


def candidates(pictures: Sequence[Marks], most: int, spread: Spread = map) -> list[tuple[int, int]]:
    """(i, j), i < j, of the pictures of which one is among the `most` that the other's marks agree with best, each pair once, in order."""
    if not pictures:
        return []
    keys = np.concatenate([keys_of(one) for one in pictures])
    spots = np.concatenate([(number << PLACE_BITS) + places_of(one) for number, one in enumerate(pictures)])
    order = np.argsort(keys, kind="stable")
    keys, spots = keys[order], spots[order]

    def nearest(number: int) -> list[int]:
        asked = asked_by(pictures[number], len(keys))
        question, hit = hits_in(keys, asked)
        found = spots[hit]
        votes = ranked(pictures[number], asked, question, found >> PLACE_BITS, found & ((1 << PLACE_BITS) - 1))
        return [other for other, _ in votes if other != number][:most]

    numbers = range(len(pictures))
    return sorted({(min(a, b), max(a, b)) for a, near in zip(numbers, spread(nearest, numbers), strict=True) for b in near})


def hits_in(keys: Numbers, asked: Asked) -> tuple[Numbers, Numbers]:
    """(question, index among the sorted `keys`) of everything that is there of what was asked for."""
    first, last = np.searchsorted(keys, asked.low, "left"), np.searchsorted(keys, asked.high, "right")
    count = np.where(last - first <= CROWDED, last - first, 0)
    question = np.repeat(np.arange(len(count)), count)
    hit = np.repeat(first - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
    right = meant(asked, question, keys[hit])
    return question[right], hit[right]
