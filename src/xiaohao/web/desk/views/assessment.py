"""销号评估: the region's own items and the drawn register rows, judged one by one before the task may be closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import verdicts
from xiaohao.acts.drawn_rows import rows_drawn
from xiaohao.acts.dry_run import look_at
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.evidence.population import population_of
from xiaohao.kernel.when import CST
from xiaohao.procedure import steps
from xiaohao.procedure.questions import open_questions
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.assessment import AssessmentForm, SampledRow
from xiaohao.web.desk.forms.keyed import fresh_key
from xiaohao.web.desk.pages.dossier import goals_of
from xiaohao.web.desk.pages.evidence import file_words
from xiaohao.web.desk.pages.refusal import gate_lines
from xiaohao.web.desk.pages.returned import asked_before
from xiaohao.web.desk.pages.words import record_words
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.link import Link

#: Gates whose matter is typed on this page: before it is submitted they say nothing.
_TYPED_HERE = frozenset({"assessment_given", "assessment_passed", "assessment_sampled"})
DRAFT = "assess"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawn row as the assessor sees it: the row, its files, and the controls."""

    link: Link
    files: tuple[Link, ...]
    controls: SampledRow


def assess(request: HttpRequest, no: str) -> HttpResponse:
    """File the assessment of the task."""
    case = opened(request, no)
    form = _form(request, case)
    if request.method != "POST":
        return show(request, "assess", _context(case, form))
    if not form.is_valid():
        return show_again(request, "assess", {**_context(case, form), "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: verdicts.assess(
            task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], assessment=form.record(), version=typed["version"]
        ),
        done=_("销号评估意见已出。"),
        to=reverse("desk_task", args=[case.no]),
        step=DRAFT,
        typed=drafts.typed_in(form),
    )


def wanting_in_draft(request: HttpRequest, case: Case) -> tuple[str, ...]:
    """What this person's draft calls not met, () where there is no whole draft."""
    draft = drafts.kept(request, case.task, DRAFT)
    if draft is None:
        return ()
    form = _filled(case, {**draft.values, "key": fresh_key(), "version": case.task.version}, {})
    return form.wanting() if form.is_valid() else ()


def _form(request: HttpRequest, case: Case) -> AssessmentForm:
    draft = drafts.kept(request, case.task, DRAFT)
    today = case.at.astimezone(CST).date().isoformat()
    initial = {"date": today, **(draft.values if draft else {}), "version": case.task.version}
    return _filled(case, request.POST if request.method == "POST" else None, initial)


def _filled(case: Case, typed: Any, initial: dict[str, Any]) -> AssessmentForm:
    unit = case.dossier.task.assessor
    people = [(one.id, f"{one.name} {one.post or ''}".strip()) for one in case.dossier.people if one.org == unit]
    drawn = [(row, _words(case, row)) for row in rows_drawn(case.dossier, unit or "")]
    return AssessmentForm(typed, items=case.rules.assessment.items, drawn=drawn, people=people, initial=initial)


def _words(case: Case, row: str) -> str:
    found = case.dossier.find(Record, row)
    return record_words(case.dossier, found) if found else row


def _context(case: Case, form: AssessmentForm) -> dict[str, Any]:
    seen = look_at(steps.ASSESS, case.dossier, task=case.task, by=case.actor, at=case.at)
    unmet = tuple(one for one in seen.unmet if one.gate not in _TYPED_HERE)
    return {
        "case": case,
        "form": form,
        "drawn": tuple(_drawn(case, one) for one in form.drawn_rows),
        "to_draw": bool(population_of(case.dossier)) and not form.drawn,
        "gates": gate_lines(unmet, case.no),
        "goals": goals_of(case),
        "asked_before": asked_before(case),
        "questions": open_questions(case.dossier),
    }


def _drawn(case: Case, controls: SampledRow) -> Drawn:
    row = case.dossier.find(Record, controls.row)
    files = [file for one in (row.files if row else ()) if (file := case.dossier.find(File, one))]
    here = row is not None and case.task.pk in row.tasks
    link = Link(_words(case, controls.row), reverse("desk_record", args=[case.no, controls.row]) if here else "")
    return Drawn(link, tuple(Link(file_words(file), reverse("desk_file", args=[case.no, file.id])) for file in files), controls)
