"""Whether two texts side by side are one text used twice, or only written in one office's manner.

A short statement is mostly form: "…共#株，末批栽于#" stands in every statement of an office. So signs in a sentence count after its numbers
have been paid for, and what two works cannot share by form, a document's number, a day, an amount, counts by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from xiaohao.screening.copied.alignment import Pair, Prepared, aligned
from xiaohao.screening.copied.values import numbers, values

#: Of the text's own signs, this part must stand in the other: less is a phrase.
LEAST_OVERLAP = 0.2
#: … unless so many signs of neighbouring words stand there almost to the sign: several sentences that nobody writes twice, however long the rest is.
LONG_LIFT, TO_THE_SIGN = 80, 0.8
#: Own signs, after the form is paid for, from which it is one text: two sentences that nobody writes twice.
ENOUGH = 60
#: What one value the same is worth in signs: the numbers of two documents, or three days and amounts, are enough by themselves.
WORTH = 20
#: Signs of form that go with each number of a sentence (面积#公顷，, 完工于#); one that is the same to the last figure, with a day, a document
#: number or an amount in it, is no form.
FORM = 6
#: Code points of an enumerator that may lie between two neighbouring sentences: （十二）.
ENUMERATOR = 6


@dataclass(frozen=True, slots=True)
class Copied:
    """`pairs` of sentences; `overlap` the part of the text's own signs that they hold (0..1), `signs` how many; `values` the exact values
    that stand in both sentences of a pair, `differing` how many numbers do not."""

    pairs: tuple[Pair, ...]
    overlap: float
    signs: int
    values: tuple[str, ...]
    differing: int

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Code points of the one text, neighbouring sentences as one stretch."""
        return _joined((pair.start, pair.end) for pair in self.pairs)

    @property
    def other_ranges(self) -> tuple[tuple[int, int], ...]:
        return _joined(sorted({(pair.other_start, pair.other_end) for pair in self.pairs}))


def copied(one: Prepared, other: Prepared, shared_by_right: Collection[str] = frozenset()) -> Copied | None:
    """What of `one` stands in `other`, or None when it is no more than form. `shared_by_right`: values that both may name (superior
    documents, figures of their plans)."""
    total = int(one.own.sum())
    pairs = aligned(one, other)
    signs = sum(pair.signs for pair in pairs)
    if not pairs or not total or (signs < LEAST_OVERLAP * total and _lifted(pairs) < LONG_LIFT):
        return None
    words, weight, same, differing = 0, 0, set[str](), 0
    for pair in pairs:
        ours, theirs = one.text[pair.start : pair.end], other.text[pair.other_start : pair.other_end]
        there = values(theirs)
        found = {value: times for value, times in values(ours).items() if value in there and value not in shared_by_right}
        other_numbers = _differing(numbers(ours), numbers(theirs))
        to_the_last_figure = bool(found) and not other_numbers
        words += pair.signs if to_the_last_figure else max(0, pair.signs - FORM * pair.slots)
        weight += sum(times for value, times in found.items() if value not in same)
        same |= set(found)
        differing += other_numbers
    if words + WORTH * weight >= ENOUGH:
        return Copied(pairs, signs / total, signs, tuple(sorted(same)), differing)
    return None


def _lifted(pairs: Iterable[Pair]) -> int:
    """Signs, after the form is paid for, of the sentences that stand in the other text almost to the sign."""
    return sum(max(0, pair.signs - FORM * pair.slots) for pair in pairs if pair.alike >= TO_THE_SIGN)


def _differing(ours: list[str], theirs: list[str]) -> int:
    """Numbers of the one sentence that the other does not have."""
    rest = list(theirs)
    count = 0
    for number in ours:
        if number in rest:
            rest.remove(number)
        else:
            count += 1
    return count


def _joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches that touch, or leave only an enumerator between them, as one."""
    out: list[tuple[int, int]] = []
    for start, end in ranges:
        if out and start - out[-1][1] <= ENUMERATOR:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)
