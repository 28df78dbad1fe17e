"""Which fingerprints of two jurisdictions meet, on arrays that are sorted once: the arithmetic that every engine shares, or must equal.

Documents are numbered by when they were first seen (`documents.numbered`), so of two the one with the larger number is the later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xiaohao.evidence.photo_keys import COMMON
from xiaohao.evidence.photo_marks import SIDE
from xiaohao.kernel.arrays import np
from xiaohao.screening.copied.spread import MUCH_USED, common_from

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]
else:
    Numbers = Any

#: Grams of one sentence that must stand in the other text: one may be chance (`spread.SATURATED`).
GRAMS_A_SENTENCE = 2
#: Hits in one place from which two photographs are worth asking about: see `prints.MARKS`; five times what strangers reach.
AGREEING_MARKS = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """A gram in more than `most` documents is everybody's, in more than `rare` much used."""

    most: int
    rare: int


def limits(documents: int) -> Limits:
    """The limits in a corpus of so many statements."""
    most = common_from(documents)
    return Limits(most, min(most, MUCH_USED))


@dataclass(frozen=True, slots=True)
class TextTally:
    """Of a `later` and an `earlier` statement: sentences of the later that the earlier `touched`, of these the `rare` ones, touched by grams that few
    have, and how many distinct grams they share."""

    later: int
    earlier: int
    touched: int
    rare: int
    grams: int


@dataclass(frozen=True, slots=True)
class PhotoTally:
    """Of a `later` and an `earlier` photograph: marks that agree on how the one lies over the other, or `same` files."""

    later: int
    earlier: int
    agreeing: int
    same: bool


# Statements ----------------------------------------------------------------------------------------------------------------------------


def meetings(gram: Numbers, document: Numbers, sentence: Numbers, owner: Numbers, twin: Numbers, limit: Limits) -> Numbers:
    """n×4 rows (later, earlier, sentence of the later, 1 where the gram is rare), one for each gram of the later that stands in the earlier one, of
    another jurisdiction. `owner` is the jurisdiction and `twin` the opaque id's number of each document: equal twins are one paper."""
    if not len(gram):
        return np.zeros((0, 4), np.int64)
    order = np.lexsort((sentence, document, gram))
    gram, document, sentence = gram[order], document[order], sentence[order]
    new_gram = np.diff(gram, prepend=gram[:1] - 1) != 0
    new_holder = new_gram | (np.diff(document, prepend=-1) != 0)
    once = new_holder | (np.diff(sentence, prepend=-1) != 0)
    holders = document[new_holder]  # each gram's documents, ascending, gram after gram
    holder = np.cumsum(new_holder) - 1  # which of them each posting is of
    run = np.cumsum(new_gram) - 1
    first = np.flatnonzero(new_gram[new_holder])
    many = np.diff(first, append=len(holders))
    wanted = once & (many[run] > 1) & (many[run] <= limit.most)
    before = (holder - first[run])[wanted]  # documents with the gram that are earlier than the posting's own
    begins = np.repeat(first[run][wanted], before)
    place = begins + np.arange(len(begins)) - np.repeat(np.cumsum(before) - before, before)
    later, said = np.repeat(document[wanted], before), np.repeat(sentence[wanted], before)
    earlier, rare = holders[place], np.repeat(many[run][wanted] <= limit.rare, before)
    apart = (owner[later] != owner[earlier]) & (twin[later] != twin[earlier])
    return np.stack((later[apart], earlier[apart], said[apart], rare[apart].astype(np.int64)), axis=1)


def text_tallies(rows: Numbers) -> list[TextTally]:
    """What the meetings (rows of `meetings`, from all parts, in any order) say of each pair."""
    if not len(rows):
        return []
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    cell = np.flatnonzero((np.diff(rows[:, :3], axis=0, prepend=-1) != 0).any(axis=1))
    times, rare = np.diff(cell, append=len(rows)), np.add.reduceat(rows[:, 3], cell)
    heads = rows[cell, :2]
    pair = np.flatnonzero((np.diff(heads, axis=0, prepend=-1) != 0).any(axis=1))
    touched = np.add.reduceat((times >= GRAMS_A_SENTENCE).astype(np.int64), pair)
    rarely = np.add.reduceat((rare >= GRAMS_A_SENTENCE).astype(np.int64), pair)
    grams = np.add.reduceat(times, pair)
    found = np.column_stack((heads[pair], touched, rarely, grams))[touched > 0]
    return [TextTally(*row) for row in found.tolist()]


# Photographs ---------------------------------------------------------------------------------------------------------------------------

#: Boxes as photo_keys has them, in whole numbers: tenths of a turn, sizes by 5 half octaves, 90 pixels; three grids a third of a box apart.
_CELL, _TURNS, _TENTHS, _WIDE = 12.5, 64, 10, 32
_GRIDS = (0, 1, 2)


def boxes(asked: Numbers, found: Numbers, mirror: Numbers) -> Numbers:
    """n×3: in each of three grids the box into which a hit falls: how the found picture lies over the asking one. `asked` and `found` are places of
    marks (photo_keys.places_of), `mirror` 1 where the mirror image was asked for."""
    half = np.float64(2 * np.pi / _TURNS)
    asked_turn, turn = (asked >> 3) % _TURNS, (found >> 3) % _TURNS
    turned = (np.where(mirror == 1, _TURNS // 2 - asked_turn, asked_turn) - turn) % _TURNS
    larger = (asked & 7) - (found & 7)
    # cosine and size come from tables, so that every machine adds the same numbers
    cos, sin = np.round(np.cos(np.arange(_TURNS) * half), 6)[turned], np.round(np.sin(np.arange(_TURNS) * half), 6)[turned]
    ratio = np.round(2.0 ** (np.arange(-7, 8) / 2), 6)[larger + 7]
    right, down = SIDE / 2 - (found >> 14) * _CELL, SIDE * 3 / 8 - ((found >> 9) % 32) * _CELL
    x = (asked >> 14) * _CELL * np.where(mirror == 1, -1, 1) + (cos * right - sin * down) * ratio
    y = ((asked >> 9) % 32) * _CELL + (sin * right + cos * down) * ratio
    sides = [turned * _TENTHS / _TURNS, (larger + 8) / 2.5, x / 90.0 + 8, y / 90.0 + 8]
    names = []
    for grid in _GRIDS:
        turn_cell, *rest = (np.floor(side + grid / 3 + 1e-9).astype(np.int64) for side in sides)
        name = turn_cell % _TENTHS
        for cell in rest:
            name = name * _WIDE + np.clip(cell, 0, _WIDE - 1)
        names.append((name * 2 + mirror) * len(_GRIDS) + grid)
    return np.asarray(np.stack(names, axis=1), np.int64)


def hits(kept: Mapping[str, Numbers], asked: Mapping[str, Numbers], owner: Numbers, twin: Numbers) -> Numbers:
    """n×4 rows (later, earlier, box, mark of the later), of photographs of two jurisdictions. `kept` and `asked` have the columns key, photo, mark and
    place; `asked` also mirror. A key that very many marks share is passed over."""
    order = np.argsort(kept["key"], kind="stable")
    keys, photos, places = (kept[name][order] for name in ("key", "photo", "place"))
    first, last = np.searchsorted(keys, asked["key"], "left"), np.searchsorted(keys, asked["key"], "right")
    count = np.where(last - first <= COMMON, last - first, 0)
    question = np.repeat(np.arange(len(count)), count)
    hit = np.repeat(first - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
    later, earlier = asked["photo"][question], photos[hit]
    apart = (earlier < later) & (owner[later] != owner[earlier]) & (twin[later] != twin[earlier])
    question, hit, later, earlier = question[apart], hit[apart], later[apart], earlier[apart]
    found = boxes(asked["place"][question], places[hit], asked["mirror"][question])
    pairs = np.repeat(np.stack((later, earlier, asked["mark"][question]), axis=1), found.shape[1], axis=0)
    return np.column_stack((pairs[:, :2], found.reshape(-1), pairs[:, 2]))


def photo_tallies(rows: Numbers) -> list[PhotoTally]:
    """What the hits (rows of `hits`, in any order) say of each pair that agrees enough."""
    if not len(rows):
        return []
    rows = np.unique(rows, axis=0)
    box = np.flatnonzero((np.diff(rows[:, :3], axis=0, prepend=-1) != 0).any(axis=1))
    marks, heads = np.diff(box, append=len(rows)), rows[box, :2]
    enough = marks >= AGREEING_MARKS
    best: dict[tuple[int, int], int] = {}
    for (later, earlier), count in zip(heads[enough].tolist(), marks[enough].tolist(), strict=True):
        best[later, earlier] = max(count, best.get((later, earlier), 0))
    return [PhotoTally(later, earlier, count, False) for (later, earlier), count in sorted(best.items())]


def merged(found: Iterable[PhotoTally], same: Numbers) -> list[PhotoTally]:
    """The tallies of marks with the pairs of same files (n×2: later, earlier), one for each pair."""
    agreeing = {(one.later, one.earlier): one.agreeing for one in found}
    identical = {(later, earlier) for later, earlier in same.tolist()}
    every = sorted(identical | set(agreeing))
    return [PhotoTally(later, earlier, agreeing.get((later, earlier), 0), (later, earlier) in identical) for later, earlier in every]


def same_files(file: Numbers, photo: Numbers, owner: Numbers, twin: Numbers) -> Numbers:
    """n×2 (later, earlier): each photograph whose file an earlier one of another jurisdiction has, with the earliest."""
    if not len(file):
        return np.zeros((0, 2), np.int64)
    order = np.lexsort((photo, file))
    file, photo = file[order], photo[order]
    begins = np.flatnonzero(np.diff(file, prepend=file[:1] - 1) != 0)
    first = np.repeat(photo[begins], np.diff(begins, append=len(file)))
    apart = (first != photo) & (owner[first] != owner[photo]) & (twin[first] != twin[photo])
    return np.stack((photo[apart], first[apart]), axis=1)
