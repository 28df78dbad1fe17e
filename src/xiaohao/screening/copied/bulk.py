"""Many texts taken to their samples in one pass: what `grams` and `sampled` make of each, without the cost of small arrays.

One text of 1,600 signs is forty calls of numpy on arrays that are too small for them; a thousand texts joined are the same forty calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xiaohao.kernel.arrays import np
from xiaohao.screening.copied.grams import BITS, SAMPLED, Hashes, grams
from xiaohao.screening.copied.masked import Places, counts, masked

#: Texts taken together: their arrays stay in the cache of a core, which is worth more than fewer calls.
AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Samples:
    """The sampled grams of many texts: `hashes` with the `text` (0, 1, …) that each belongs to."""

    hashes: Hashes
    text: Places


def sampled_many(texts: Sequence[str], elsewhere: Sequence[Hashes] = (), most: int = SAMPLED) -> Samples:
    """The samples of `texts`; `elsewhere`: for each its sorted grams that are not its own (those of problem, plan, papers handed down).
    The same grams as `sampled` gives for each text by itself."""
    if len(texts) > AT_ONCE:
        parts = [sampled_many(texts[n : n + AT_ONCE], elsewhere[n : n + AT_ONCE], most) for n in range(0, len(texts), AT_ONCE)]
        shifted = [part.text + n * AT_ONCE for n, part in enumerate(parts)]
        return Samples(np.concatenate([part.hashes for part in parts]), np.concatenate(shifted))
    signs = masked("\n".join(texts))
    found = grams(signs)
    if not len(found):
        empty = np.zeros(0, dtype=np.int64)
        return Samples(np.zeros(0, dtype=np.uint64), empty)
    owner = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])[signs.places[found.first]]
    hashes, sentence = found.hashes, found.sentence
    if elsewhere:
        own = ~_among(hashes, owner, elsewhere)
        hashes, owner, sentence = hashes[own], owner[own], sentence[own]
    if not len(hashes):
        return Samples(hashes, owner)
    wanted = hashes < _thresholds(counts(owner, len(texts)), most)[owner]
    begins = np.flatnonzero(np.diff(sentence, prepend=-1))
    lowest = np.minimum.reduceat(hashes, begins)
    wanted |= hashes == np.repeat(lowest, np.diff(begins, append=len(hashes)))
    return Samples(hashes[wanted], owner[wanted])


def _thresholds(lengths: Places, most: int) -> Hashes:
    """The power of two under which the grams of a text of so many are kept: halved until about `most` are left."""
    bits, left = np.full(len(lengths), BITS, dtype=np.uint64), lengths.copy()
    while (over := left > most).any():
        bits[over] -= np.uint64(1)
        left[over] = (left[over] + 1) // 2
    return np.uint64(1) << bits


def _among(hashes: Hashes, owner: Places, elsewhere: Sequence[Hashes]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which grams stand in what is not their text's own: all texts' lists behind one another, looked up once. Neighbouring texts that share
    one list, as those of one task do, share its place."""
    group, lists = np.zeros(len(elsewhere), dtype=np.uint64), [elsewhere[0]]
    for n, known in enumerate(elsewhere):
        if known is not lists[-1]:
            lists.append(known)
        group[n] = len(lists) - 1
    if len(lists) > _GROUPS:
        half = len(elsewhere) // 2
        first = owner < half
        return np.concatenate(
            (_among(hashes[first], owner[first], elsewhere[:half]), _among(hashes[~first], owner[~first] - half, elsewhere[half:]))
        )
    known = np.concatenate([one | np.uint64(n << BITS) for n, one in enumerate(lists)])
    inside = np.zeros(len(hashes), dtype=bool)
    if not len(known):
        return inside
    keys = hashes | (group[owner] << np.uint64(BITS))
    # nearly all grams are in no list: one look into a table of the lowest bits tells so
    maybe = np.zeros(1 << _TABLE_BITS, dtype=bool)
    maybe[known & _LOWEST] = True
    some = np.flatnonzero(maybe[keys & _LOWEST])
    at = np.minimum(np.searchsorted(known, keys[some]), len(known) - 1)
    inside[some] = known[at] == keys[some]
    return inside


#: Lists that can be told apart in the bits above a gram's own.
_GROUPS = 1 << (64 - BITS)
#: Bits of a gram that a table of its own is kept of: a quarter of a megabyte stays in a core's cache, and a task's few hundred grams fill little of it.
_TABLE_BITS = 18
_LOWEST: Final = (1 << _TABLE_BITS) - 1
