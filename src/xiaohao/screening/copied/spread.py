"""Which texts of a corpus are worth holding side by side: one earlier text touches many sentences of a later one with grams that few others use.

Jaccard resemblance is the wrong measure: a third of the sentences lifted drowns in honest surroundings. Counted here is over how many of its
sentences a text is touched by ONE other; several grams in one sentence count little more than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xiaohao.kernel.arrays import np
from xiaohao.screening.copied.grams import Grams, Hashes
from xiaohao.screening.copied.masked import Places, counts

#: A gram in so many texts is everybody's: it says nothing of a copy, and finding its texts would cost more the larger the corpus is.
MOST_TEXTS = 32
#: In a small corpus what more than this part of the texts share is an official phrase, learnt from them, not from a list.
COMMON_SHARE, FEWEST_COMMON = 0.25, 3
#: What stands in more texts than this is much used: it adds to a copy, but is none by itself unless the larger part of the text is the same.
MUCH_USED = 4
#: One gram in a sentence may be chance; this many are as good as any number.
SATURATED = 2.0
#: The spread from which a text is worth holding side by side: two sentences touched by chance's measure. Strangers touch one.
LEAST_SPREAD = 0.75


@dataclass(frozen=True, slots=True)
class Phrases:
    """Sorted grams that are nobody's own: `everybodys` are official phrases, `much_used` those and what more than a few texts have."""

    everybodys: Hashes
    much_used: Hashes


def phrases_of(texts: Sequence[Hashes]) -> Phrases:
    """The phrases learnt from these texts."""
    everybodys = common_from(len(texts))
    return Phrases(common_grams(texts, everybodys), common_grams(texts, min(everybodys, MUCH_USED)))


def common_from(texts: int) -> int:
    """A gram in more texts than this is an official phrase in a corpus of so many."""
    return int(min(max(FEWEST_COMMON, COMMON_SHARE * texts), MOST_TEXTS))


def common_grams(texts: Iterable[Hashes], most: int) -> Hashes:
    """Sorted grams that stand in more than `most` of the texts."""
    every = [np.unique(one) for one in texts]
    if not every:
        return np.zeros(0, dtype=np.uint64)
    values, times = np.unique(np.concatenate(every), return_counts=True)
    return values[times > most]


def said_by_all(query: Grams, postings: Mapping[int, Sequence[int]], most: int) -> Places:
    """Sentences of the query that are official phrases: at least half of their sampled grams stand in more than `most` texts."""
    size = int(query.sentence[-1]) + 1 if len(query) else 0
    often = np.array([len(postings.get(gram, ())) > most for gram in query.hashes.tolist()], dtype=bool)
    every, common = counts(query.sentence, size), counts(query.sentence[often], size)
    return np.flatnonzero((every > 0) & (2 * common >= every))


def ranked(query: Grams, postings: Mapping[int, Sequence[int]]) -> list[tuple[int, float]]:
    """(number of a text, its spread), widest first: `postings` are the texts of each gram of the query, those of everybody left out."""
    touched: dict[int, dict[int, float]] = {}
    for gram, sentence in zip(query.hashes.tolist(), query.sentence.tolist(), strict=True):
        texts = postings.get(gram, ())
        weight = 1.0 / (1.0 + len(texts) / MOST_TEXTS)
        for text in texts:
            of_text = touched.setdefault(text, {})
            of_text[sentence] = of_text.get(sentence, 0.0) + weight
    spreads = [(text, sum(min(1.0, weight / SATURATED) for weight in of_text.values())) for text, of_text in touched.items()]
    return sorted((one for one in spreads if one[1] >= LEAST_SPREAD), key=lambda one: (-one[1], one[0]))


def pairs_within(texts: Sequence[Hashes], common: Hashes, fewest: int) -> Iterator[tuple[int, int]]:
    """Pairs (i, j), i < j, of the texts that share at least `fewest` grams which are nobody's, in order: one sort of all grams and a
    pass over the runs."""
    owners = np.repeat(np.arange(len(texts)), [len(one) for one in texts])
    hashes = np.concatenate(list(texts)) if texts else np.zeros(0, dtype=np.uint64)
    keep = ~np.isin(hashes, common)
    hashes, owners = hashes[keep], owners[keep]
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    once = np.ones(len(hashes), dtype=bool)
    once[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    hashes, owners = hashes[once], owners[once]
    found = []
    for apart in range(1, MOST_TEXTS):
        same = hashes[apart:] == hashes[:-apart] if apart < len(hashes) else np.zeros(0, dtype=bool)
        if not same.any():
            break
        found.append(owners[:-apart][same].astype(np.int64) * len(texts) + owners[apart:][same])
    if found:
        cells, times = np.unique(np.concatenate(found), return_counts=True)
        for cell in cells[times >= fewest].tolist():
            yield cell // len(texts), cell % len(texts)
