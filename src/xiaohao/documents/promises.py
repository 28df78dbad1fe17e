"""What was promised and what was done: goals, measures and completion items of a notice, and which answer belongs to which measure.

Measures and answers may stand in parts of their own, one under the other, or both in one sentence after sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiaohao.documents.answers import Answer, answers_to
from xiaohao.documents.items import Item, items_of, measure_and_answer, named_measures
from xiaohao.documents.labels import Part
from xiaohao.documents.sections import Section


@dataclass(frozen=True, slots=True)
class Promises:
    """Items and answers at folded offsets; an Answer's measures are positions in `measures`. `report` is the stretch of the whole completion report."""

    goals: tuple[Item, ...]
    measures: tuple[Item, ...]
    done: tuple[Item, ...]
    answers: tuple[Answer, ...]
    report: tuple[int, int] | None


def promises_of(sections: Sequence[Section], text: str) -> Promises:
    """Goals, measures and completion items of the sections of the folded `text`."""
    goals = [item for section in _of(sections, Part.GOALS) for item in items_of(section, text)]
    measures = [item for section in _of(sections, Part.MEASURES, Part.GOALS_AND_MEASURES) for item in items_of(section, text)]
    for section in _of(sections, Part.GOALS_AND_MEASURES):
        goals += _aims(section, text)
    paired = [measure_and_answer(item, text) for section in _of(sections, Part.MEASURES_AND_DONE) for item in items_of(section, text)]
    paired = [
        (measure, answer if answer and answer.end > answer.start else None) for measure, answer in paired if measure.end > measure.start
    ]
    done = [item for section in _of(sections, Part.DONE) for item in items_of(section, text)]
    direct = _direct(paired, len(measures))
    measures += [measure for measure, _ in paired]
    answered = tuple(done)
    done = [answer for _, answer in paired if answer] + done
    matched = answers_to(measures, answered, text) if answered else ()
    own_words = tuple(_own_words(item, text) for item in done)
    return Promises(tuple(goals), tuple(measures), own_words, (*direct, *matched), _report(sections, own_words))


def _of(sections: Sequence[Section], *parts: Part) -> list[Section]:
    return [section for section in sections if section.part in parts and not section.empty]


def _direct(paired: Sequence[tuple[Item, Item | None]], base: int) -> tuple[Answer, ...]:
    return tuple(Answer(answer.start, answer.end, (base + n,), "named") for n, (_, answer) in enumerate(paired) if answer)


def _own_words(item: Item, text: str) -> Item:
    """An answer without the words that only name its measure."""
    _, begin = named_measures(item, text)
    while begin < item.end and text[begin] in " \n。：，":
        begin += 1
    return Item(item.no, begin if begin < item.end else item.start, item.end)


def _report(sections: Sequence[Section], done: Sequence[Item]) -> tuple[int, int] | None:
    """From the first to the last word of the completion report."""
    parts = _of(sections, Part.DONE) or _of(sections, Part.MEASURES_AND_DONE)
    if parts:
        return min(part.start for part in parts), max(part.end for part in parts)
    return (done[0].start, done[-1].end) if done else None


_AIM = re.compile(r"(?:(?<=[，；。])|\A)(?:确保|推动|实现|力争|不折不扣完成|坚决杜绝|保障|达到|使)[^，。；\n]{3,60}")


def _aims(section: Section, text: str) -> list[Item]:
    """In a part that holds goals and measures at once, the goals are the clauses that say what must come of it."""
    return [Item(None, found.start(), found.end()) for found in _AIM.finditer(text, section.start, section.end)]
