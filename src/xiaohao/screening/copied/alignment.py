"""Two texts side by side: which sentences of one stand, nearly word for word, in the other. This is the evidence that a finding shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from xiaohao.kernel.arrays import np
from xiaohao.screening.copied.grams import GRAM, Hashes, among, grams
from xiaohao.screening.copied.masked import NUMBER, Masked, Places, counts, masked

if TYPE_CHECKING:
    import numpy.typing as npt

#: Signs of the grams by which two sentences are held side by side: a third of them survives noise on every third sign.
SHORT = 3
#: Two sentences are one when they share this part of the shorter one's short grams, and at least so many. Sentences of strangers in official
#: style share a tenth; 0.7³ = 0.34 remains of a copy in which three signs of ten were changed.
SAME, FEWEST = 0.2, 4
#: …and when this part of the shorter one stands in the longer in the same order, in stretches of at least two signs. Of a copy with three signs of
#: ten changed most sentences keep so much; two sentences that share two clauses of five stay below.
IN_ORDER, STRETCH = 0.6, 2
#: Fewer signs of one's own are no sentence: a heading, a remainder between two quotations.
SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be aligned: `own` marks the signs that are its author's, neither quoted nor everybody's."""

    text: str
    masked: Masked
    own: npt.NDArray[np.bool_]
    short: Hashes
    sentence: Places

    @property
    def own_signs(self) -> Places:
        """Own signs of each sentence."""
        return counts(self.masked.sentence[self.own], self.masked.sentences)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of the one text and its like in the other, as code points of each; `signs` its own signs, `slots` the numbers in it,
    `alike` the part of its short grams that the other has."""

    start: int
    end: int
    other_start: int
    other_end: int
    signs: int
    slots: int
    alike: float


def prepared(
    text: str, common: Hashes, stretches: Sequence[tuple[int, int]] | None = None, hidden: Sequence[tuple[int, int]] = ()
) -> Prepared:
    """`common`: sorted grams that are nobody's own (quoted texts, boilerplate). `stretches`: the code points that count, None: all.
    `hidden`: code points that do not count (names)."""
    signs = masked(text)
    own = signs.codes != NUMBER
    if stretches is not None:
        own &= _inside(signs.places, stretches)
    own &= ~_inside(signs.places, hidden)
    long = grams(signs)
    for first in long.first[among(long.hashes, common)]:
        own[first : first + GRAM] = False
    short = grams(signs, SHORT)
    mine = own[short.first] | own[short.first + 1] | own[short.first + 2]
    short = short.where(mine)
    return Prepared(text, signs, own, short.hashes, short.sentence)


def _inside(places: Places, stretches: Sequence[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    inside = np.zeros(len(places), dtype=bool)
    for start, end in stretches:
        inside |= (places >= start) & (places < end)
    return inside


def aligned(one: Prepared, other: Prepared) -> tuple[Pair, ...]:
    """Every sentence of `one` that has its like in `other`, in the order of `one`."""
    n, m = one.masked.sentences, other.masked.sentences
    if not n or not m or not len(one.short) or not len(other.short):
        return ()
    shared = _shared(one, other, n, m)
    ours, theirs = counts(one.sentence, n), counts(other.sentence, m)
    signs = one.own_signs
    best = shared.argmax(axis=1)
    found = []
    for s in range(n):
        t = int(best[s])
        shorter = min(ours[s], theirs[t])
        if (
            signs[s] >= SHORTEST
            and shared[s, t] >= FEWEST
            and shared[s, t] >= SAME * shorter
            and 4 * theirs[t] >= ours[s]
            and _in_order(one, s, other, t)
        ):
            found.append(_pair(one, s, other, t, int(signs[s]), float(shared[s, t] / max(1, ours[s]))))
    return tuple(found)


def _shared(one: Prepared, other: Prepared, n: int, m: int) -> npt.NDArray[np.int64]:
    """How many short grams each sentence of the one has in common with each of the other."""
    order = np.argsort(other.short, kind="stable")
    known, where = other.short[order], other.sentence[order]
    left, right = np.searchsorted(known, one.short, "left"), np.searchsorted(known, one.short, "right")
    times = right - left
    mine = np.repeat(one.sentence, times)
    at = np.repeat(left, times) + np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    # a gram that stands twice in a sentence counts once for each of ours
    cells = np.unique(np.stack((np.repeat(np.arange(len(one.short)), times), mine * m + where[at])), axis=1)[1] if len(at) else at
    return counts(cells, n * m).reshape(n, m)


def _in_order(one: Prepared, s: int, other: Prepared, t: int) -> bool:
    """Whether the shorter sentence stands in the longer one. Numbers are left out: every sentence has them."""
    ours, theirs = (_letters(text, n) for text, n in ((one, s), (other, t)))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= STRETCH) >= IN_ORDER * min(len(ours), len(theirs))


def _letters(text: Prepared, sentence: int) -> str:
    codes = text.masked.codes[text.own & (text.masked.sentence == sentence)]
    return "".join(map(chr, codes))


def _pair(one: Prepared, s: int, other: Prepared, t: int, signs: int, alike: float) -> Pair:
    here, there = np.flatnonzero(one.masked.sentence == s), np.flatnonzero(other.masked.sentence == t)
    start, end = _bounds(one, here)
    other_start, other_end = _bounds(other, there)
    return Pair(start, end, other_start, other_end, signs, int((one.masked.codes[here] == NUMBER).sum()), min(1.0, alike))


def _bounds(text: Prepared, signs: Places) -> tuple[int, int]:
    """Code points of a sentence, with a number at its end whole and its final mark."""
    start, end = int(text.masked.places[signs[0]]), int(text.masked.places[signs[-1]]) + 1
    while end < len(text.text) and (text.text[end].isalnum() or text.text[end] in "）)】〕”》。；！？;!?%％"):
        end += 1
        if text.text[end - 1] in "。；！？;!?":
            break
    return start, end
