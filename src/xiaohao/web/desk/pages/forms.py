"""Forms on paper: which rows of a case each form may be about, and what is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from xiaohao.acts.printing import journal_line
from xiaohao.documents.forms.facts import case_facts
from xiaohao.documents.forms.kinds import CASE_FORMS
from xiaohao.documents.forms.layout import Form
from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.pressure import RUNGS
from xiaohao.publicity.notice_content import Notice, read_notice
from xiaohao.publicity.words import when_words
from xiaohao.records import models
from xiaohao.records.queries import number_of
from xiaohao.records.to_dossier import content_store
from xiaohao.web.desk.case import Case


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form of a case: the rows that it can be printed of ((id, words) each; none for a form about the whole case)."""

    form: Form
    rows: tuple[tuple[str, str], ...]
    note: Said | str = ""


def lines_of(case: Case) -> tuple[FormLine, ...]:
    """Every form, each with the rows that it may be about, newest first."""
    found = []
    for form in CASE_FORMS:
        if form.records == "closing_assessment" and case.dossier.task.assessor is None and not rows_for(form, case.dossier):
            continue  # the place has none
        rows = tuple((row.id, _row_words(case.dossier, row)) for row in reversed(rows_for(form, case.dossier)))
        blank = say("案卷里还没有，可以先打印空表") if form.records and not rows else ""
        found.append(FormLine(form, rows, blank))
    return tuple(found)


def rows_for(form: Form, dossier: Dossier) -> tuple[Record, ...]:
    """The rows of the case that the form may be about, oldest first; () for a form about the whole case."""
    task = dossier.task.id
    match form.records:
        case "order":
            return tuple(r for r in dossier.records_of(task, "order") if r.stage in RUNGS and r.stage != "talk")
        case "talk":
            return tuple(r for r in dossier.records_of(task, "order", "interview") if r.type == "interview" or r.stage == "talk")
        case "acceptance" | "closing_assessment" | "return" | "countersign":
            return dossier.records_of(task, form.records)
        case "notice":
            return dossier.records_of(task, "publicity")
    return ()


def _row_words(dossier: Dossier, row: Record) -> str:
    day, unit = when_words(row.date or row.recorded_at[:10]), dossier.org_name(row.org)
    return f"{day} {unit} {RUNGS.get(row.stage or '', '')}".strip()


def facts_for(case: Case, form: Form, of: Record | None) -> dict[str, Any]:
    """What is filled into the form. Without a row named, the newest one that the form may be about."""
    rows = rows_for(form, case.dossier)
    about = of or (rows[-1] if rows else None)
    posted = about if about is not None and about.type == "publicity" else case.dossier.last_record(case.task.pk, "publicity")
    return case_facts(
        case.dossier,
        today=case.at.astimezone(CST).date(),
        journal=journal_line(_entry_of(about, case)),
        url=f"{settings.PUBLIC_URL.rstrip('/')}/n/{number_of(posted.id)}" if posted else "",
        of=about,
        notice=_as_published(posted),
    )


def _entry_of(about: Record | None, case: Case) -> int | None:
    """The entry in the journal of the row that a form is about; for a form about the case, its newest one."""
    if about is None:
        return case.task.last_entry
    kept = models.Commitment.objects.filter(table="record", row=about.id).order_by("entry_id").first()
    return kept.entry_id if kept else None


def _as_published(posted: Record | None) -> Notice | None:
    """The notice in the very bytes that the journal took its digest of; None where they are not kept (it is composed anew)."""
    kept = models.File.objects.filter(pk=posted.files[0]).first() if posted and posted.files else None
    if kept is None:
        return None
    try:
        return read_notice(content_store().get(kept.sha256))
    except (OSError, ValueError):
        return None
