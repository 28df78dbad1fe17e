"""What was asked when a task was returned, and what has changed since: seen by the unit when it applies again, and by whoever looks again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from xiaohao.dossier.record import Opinion, Record
from xiaohao.dossier.statement import Statement
from xiaohao.evidence.coverage import JUDGING
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.gates.opinions_given import VERDICT_WORDS
from xiaohao.procedure.questions import Question, questions_of
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.words import record_words
from xiaohao.web.parts.link import Link

#: Returns of the work that come as a letter.
LETTERS = frozenset({"return_to_work"})


@dataclass(frozen=True, slots=True)
class AskedOf:
    """One measure of a letter: what was lacking, what has to be done, and what came since: new rows, and whether the unit says otherwise now."""

    number: int | str
    text: str
    verdict: Said | str
    reason: str
    looked_at: str
    todo: str
    since: tuple[Link, ...] = ()
    reworded: Said | str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of return as people read it."""

    record: Record
    href: str
    day: str
    by: str
    due: str
    reason: str
    asked: tuple[AskedOf, ...]
    held: tuple[AskedOf, ...]
    dissents: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


def letters_of(case: Case) -> tuple[Letter, ...]:
    """The task's letters of return, newest first."""
    found = [record for record in case.dossier.records_of(case.task.pk, "return") if record.stage in LETTERS]
    return tuple(letter_of(case, record) for record in reversed(found))


def asked_before(case: Case) -> Letter | None:
    """The last letter, for a task that has come back or is on its way again; None where nothing was returned."""
    return next(iter(letters_of(case)), None)


def letter_of(case: Case, record: Record) -> Letter:
    dossier = case.dossier
    lines = tuple(_asked(case, record))
    held = {one.measure for one in record.opinions if not one.todo}
    numbers = {measure.id: measure.number for measure in dossier.measures_of(case.task.pk)}
    before = [one for one in questions_of(dossier) if one.asked.recorded_at < record.recorded_at]
    return Letter(
        record=record,
        href=reverse("desk_letter", args=[case.no, record.id]),
        day=record.date or "",
        by=dossier.org_name(record.org),
        due=record.end or "",
        reason=record.public_reason or record.reason or "",
        asked=tuple(line for line in lines if line.todo),
        held=tuple(line for line in lines if not line.todo and any(numbers.get(one) == line.number for one in held)),
        dissents=tuple((dossier.person_name(one.person), one.text) for one in record.dissents),
        questions=tuple(one for one in before if one.reply is None),
    )


def _asked(case: Case, record: Record) -> Iterator[AskedOf]:
    measures = {measure.id: measure for measure in case.dossier.measures_of(case.task.pk)}
    for one in record.opinions:
        measure = measures.get(one.measure)
        yield AskedOf(
            number=measure.number if measure else "",
            text=measure.text if measure else one.measure,
            verdict=VERDICT_WORDS.get(one.verdict or "", ""),
            reason=one.reason,
            looked_at=one.looked_at or "",
            todo=one.todo or "",
            since=_since(case, record, one),
            reworded=_reworded(case, record, one),
        )


def _since(case: Case, record: Record, one: Opinion) -> tuple[Link, ...]:
    rows = (row for row in case.dossier.records_of(case.task.pk) if row.recorded_at > record.recorded_at)
    new = [row for row in rows if one.measure in row.measures and row.type not in JUDGING]
    return tuple(Link(record_words(case.dossier, row), reverse("desk_record", args=[case.no, row.id])) for row in new)


def _reworded(case: Case, record: Record, one: Opinion) -> Said | str:
    """Whether the unit's sentence about the measure has changed since; "" while it has not applied again."""
    said = case.dossier.statements_of(case.task.pk, "completion")
    before = [each for each in said if each.recorded_at < record.recorded_at]
    after = [each for each in said if each.recorded_at > record.recorded_at]
    if not after or not before:
        return ""
    then, now = _sentence(before[-1], one.measure), _sentence(after[-1], one.measure)
    return say("说明的文字没有改动") if then == now else say("说明的文字已改")


def _sentence(said: Statement, measure: str) -> str:
    return "".join(said.text[span.start : span.end] for span in said.spans if measure in span.measures)
