"""Questions as people read them: what each is about, by when, what was answered with what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.evidence.backing import backing
from xiaohao.evidence.coverage import JUDGING, claiming_statement
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.questions import Question
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.evidence import words_of
from xiaohao.web.desk.pages.review import clause
from xiaohao.web.desk.pages.words import person_and_unit, record_words
from xiaohao.web.parts.link import Link

#: Characters of a measure or a claim in a list to choose from.
_SHORT = 40


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with its answer; `late` while it is open past its day."""

    id: str
    about: Said | str
    quote: str
    text: str
    by: str
    day: str
    due: str
    late: bool
    answered: str
    answer: str
    answered_by: str
    evidence: tuple[Link, ...]


def matters_of(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked about, in groups: (value, words) of measures, of claims of the completion statement, of records."""
    dossier, task = case.dossier, case.task.pk
    measures = [(measure.id, f"{measure.number} {measure.text[:_SHORT]}") for measure in dossier.measures_of(task)]
    statement = claiming_statement(dossier, task)
    claims = []
    for backed in backing(dossier, statement) if statement else ():
        words = clause(statement.text, backed.claim.start, backed.claim.end) if statement else ""
        claims.append((f"{statement.id}|{words}" if statement else "", f"“{words[:_SHORT]}”"))
    rows = [record for record in dossier.records_of(task) if record.type not in JUDGING or record.type == "acceptance"]
    rows.sort(key=lambda row: (row.date or row.start or "", row.id), reverse=True)
    groups = [
        (str(say("措施")), measures),
        (str(say("说明里的话")), list(dict(claims).items())),
        (str(say("记录")), [(row.id, record_words(dossier, row)) for row in rows]),
    ]
    return [(words, pairs) for words, pairs in groups if pairs]


def lines_of(case: Case, questions: Iterable[Question]) -> tuple[QuestionLine, ...]:
    today = case.at.astimezone(CST).date().isoformat()
    return tuple(_line(case, one, today) for one in questions)


def _line(case: Case, one: Question, today: str) -> QuestionLine:
    dossier, asked, reply = case.dossier, one.asked, one.reply
    return QuestionLine(
        id=asked.id,
        about=_about(case, asked),
        quote=asked.title or "",
        text=asked.text or "",
        by=person_and_unit(dossier, asked.recorded_by),
        day=asked.date or "",
        due=one.due,
        late=reply is None and one.due < today,
        answered=(reply.date or "") if reply else "",
        answer=(reply.text or "") if reply else "",
        answered_by=person_and_unit(dossier, reply.recorded_by) if reply else "",
        evidence=tuple(Link(words_of(dossier, thing), _href(case, thing)) for thing in (reply.evidence if reply else ())),
    )


def _about(case: Case, asked: Record) -> Said | str:
    numbers = {measure.id: measure.number for measure in case.dossier.measures_of(case.task.pk)}
    if asked.measures:
        return say("第 {numbers} 项措施", numbers="、".join(str(numbers.get(one, one)) for one in asked.measures))
    row = case.dossier.by_id.get(asked.of or "")
    return record_words(case.dossier, row) if isinstance(row, Record) else say("完成说明里的话")


def _href(case: Case, thing: str) -> str:
    found = case.dossier.by_id.get(thing)
    if isinstance(found, Record):
        return reverse("desk_record", args=[case.no, thing])
    if isinstance(found, File):
        return reverse("desk_file", args=[case.no, thing])
    return reverse("desk_task", args=[case.no]) + "#files"
