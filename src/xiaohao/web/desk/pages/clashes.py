"""What stands against a row while it is typed: people who were elsewhere, a number that another document bears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xiaohao.evidence.clashes import clashes_with
from xiaohao.kernel.said import Said, say
from xiaohao.records import registers
from xiaohao.records.worklist import visible_to
from xiaohao.screening.document_number import read_number
from xiaohao.screening.number_series import same_number
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.forms.papers import PaperForm
from xiaohao.web.desk.forms.registers import RegisterForm
from xiaohao.web.desk.pages.words import REGISTERS, record_words


@dataclass(frozen=True, slots=True)
class ClashLine:
    """One thing that cannot be so beside what is typed."""

    words: Said


def clash_lines(case: Case, form: RegisterForm | PaperForm, *, corrects: str | None = None) -> tuple[ClashLine, ...]:
    """The clashes of what is typed so far, also in a form that is not complete. Of a row in a case that this person may not read only the
    kind and the hours are told, of a document that it is there."""
    typed = form.cleaned_data
    people = _people(case, form, typed, corrects) if isinstance(form, RegisterForm) else ()
    return (*people, *_number(case, typed))


def _people(case: Case, form: RegisterForm, typed: dict[str, Any], corrects: str | None) -> tuple[ClashLine, ...]:
    if not all(typed.get(name) for name in ("date", "start", "end", "people")):
        return ()
    new = form.record_of_hours()
    readable = set(visible_to(case.actor).values_list("pk", flat=True))
    on_task = registers.rows_on(typed["date"], typed["people"])
    tasks = {row.id: task for row, task in on_task}
    others = [row for row, _task in on_task if row.id != corrects]
    return tuple(
        ClashLine(
            say(
                "{people} 在 {start}–{end} 另有登记：{what}",
                people="、".join(case.dossier.person_name(person) for person in clash.people),
                start=(clash.record.start or "")[11:16],
                end=(clash.record.end or "")[11:16],
                what=record_words(case.dossier, clash.record) if tasks[clash.record.id] in readable else REGISTERS[clash.record.type],
            )
        )
        for clash in clashes_with(new, others)
    )


def _number(case: Case, typed: dict[str, Any]) -> tuple[ClashLine, ...]:
    number, issuer = read_number(typed.get("number")), typed.get("issuer") or typed.get("org")
    if number is None or not issuer:
        return ()
    title = typed.get("title") if "issuer" in typed else typed.get("paper")
    found = same_number(typed["number"], registers.papers_issued_by(issuer, number.year), issuer=issuer)
    readable = set(registers.papers_for(case.actor).filter(pk__in=[paper.id for paper in found]).values_list("pk", flat=True))
    return tuple(
        ClashLine(
            say("文号“{number}”已登记给《{title}》（{date}）", number=paper.number or "", title=paper.title, date=paper.date)
            if paper.id in readable
            else say("文号“{number}”已登记给另一份文件", number=paper.number or "")
        )
        for paper in found
        if paper.title != title
    )
