"""Grams: every stretch of a few signs inside a sentence as one number, and the sample of them that stands for a long text.

The sample keeps the grams whose number lies under a threshold, so that two texts keep the same ones of what they share, however they differ
in length, and the lowest of each sentence; a short text keeps all. (Broder, "On the resemblance and containment of documents", 1997: sampling by value, here "mod m".)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xiaohao.kernel.arrays import np
from xiaohao.screening.copied.masked import Masked, Places

if TYPE_CHECKING:
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]
else:
    Hashes = Any


#: Signs of a gram. Six hold two or three words: shorter ones meet by chance, longer ones die at the first changed sign.
GRAM = 6
#: Grams that stand for one text: enough that a third of it, or the tenth that noise on every third sign leaves over, still shows several.
SAMPLED = 96

_FACTOR = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9
_SHIFT = 31
#: Bits of a gram's number: a million texts of a hundred grams meet by chance once in three million pairs, and SQLite keeps it in six bytes.
BITS = 47
_SPARE = 64 - BITS


@dataclass(frozen=True, slots=True)
class Grams:
    """The grams of a text in their order: `hashes` (47 bits), the index of the first sign of each, the sentence it stands in."""

    hashes: Hashes
    first: Places
    sentence: Places

    def __len__(self) -> int:
        return len(self.hashes)

    def where(self, wanted: npt.NDArray[np.bool_]) -> Grams:
        return Grams(self.hashes[wanted], self.first[wanted], self.sentence[wanted])


def grams(text: Masked, length: int = GRAM) -> Grams:
    """All grams of `length` signs that lie inside one sentence."""
    count = len(text) - length + 1
    if count <= 0:
        empty = np.zeros(0, dtype=np.int64)
        return Grams(np.zeros(0, dtype=np.uint64), empty, empty)
    hashes = _polynomial(text.codes.astype(np.uint64), length, count)
    hashes ^= hashes >> np.uint64(_SHIFT)
    hashes *= np.uint64(_MIX)
    hashes ^= hashes >> np.uint64(_SHIFT)
    inside = text.sentence[:count] == text.sentence[length - 1 :]
    first = np.flatnonzero(inside)
    return Grams(hashes[first] >> np.uint64(_SPARE), first, text.sentence[first])


def _polynomial(codes: Hashes, length: int, count: int) -> Hashes:
    """Σ code × factor^(place from the end), of every stretch; three times two signs are half the work of six times one, and the same number."""
    if length != GRAM:
        hashes = np.zeros(count, dtype=np.uint64)
        for n in range(length):
            hashes *= np.uint64(_FACTOR)
            hashes += codes[n : n + count]
        return hashes
    square = np.uint64(_FACTOR**2 % 2**64)
    pairs = codes[:-1] * np.uint64(_FACTOR)
    pairs += codes[1:]
    hashes = pairs[:count] * square
    hashes += pairs[2 : 2 + count]
    hashes *= square
    hashes += pairs[4 : 4 + count]
    return hashes


def sampled(found: Grams, most: int = SAMPLED) -> Grams:
    """A sample of about `most` grams: those below a power of two, the same power for texts of about the same length, and the lowest one of
    each sentence, so that none goes without."""
    bits, count = BITS, len(found)
    while count > most:
        bits, count = bits - 1, (count + 1) // 2
    if bits == BITS:
        return found
    wanted = found.hashes < np.uint64(1 << bits)
    begins = np.flatnonzero(np.diff(found.sentence, prepend=-1))
    lowest = np.minimum.reduceat(found.hashes, begins)
    wanted |= found.hashes == np.repeat(lowest, np.diff(begins, append=len(found)))
    return found.where(wanted)


def among(hashes: Hashes, known: Hashes) -> npt.NDArray[np.bool_]:
    """Which of the hashes stand in `known`, which is sorted."""
    if not len(known):
        return np.zeros(len(hashes), dtype=bool)
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return np.asarray(known[at] == hashes)
