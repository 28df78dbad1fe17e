"""退回函: the task goes back by a letter that says, measure by measure, what is lacking and what has to be done before the unit applies again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from xiaohao.acts import verdicts
from xiaohao.acts.dry_run import look_at
from xiaohao.acts.receipt import Receipt
from xiaohao.documents.letter_pdf import letter_pdf, opinion_pdf
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.kernel.when import CST
from xiaohao.procedure import steps
from xiaohao.procedure.gates.opinions_given import VERDICT_WORDS
from xiaohao.procedure.questions import open_questions
from xiaohao.publicity.words import METHOD_WORDS
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.acceptance import ReturnForm
from xiaohao.web.desk.pages.record import group_words
from xiaohao.web.desk.pages.refusal import gate_lines
from xiaohao.web.desk.pages.returned import LETTERS, Letter, letter_of
from xiaohao.web.desk.pages.review import items_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views.acceptance import opinion_kept
from xiaohao.web.desk.views.assessment import wanting_in_draft
from xiaohao.web.parts.form_errors import errors_of

#: Days until the unit is to have mended it, as the form proposes. Ours; the person types their own.
_DAYS_TO_MEND = 30


def back(request: HttpRequest, no: str) -> HttpResponse:
    """Write the letter. What was typed at the acceptance or the review stands in it to begin with."""
    case = opened(request, no)
    found = opinion_kept(request, case) if case.actor.org == case.dossier.task.acceptor else None
    form = _form(request, case, found)
    if request.method != "POST":
        return show(request, "return", _context(case, form, found))
    if not form.is_valid():
        return show_again(request, "return", {**_context(case, form, found), "errors": errors_of(form)})
    typed = form.cleaned_data

    def act() -> Receipt:
        return verdicts.return_to_work(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            reason=typed["reason"],
            opinions=form.opinions(found.opinions if found else ()),
            due=typed["due"].isoformat(),
            found=found,
            version=typed["version"],
        )

    return attempt(
        request,
        case,
        act,
        done=_("已退回责任单位。"),
        to=reverse("desk_task", args=[case.no]),
        step="return_to_work",
        typed=drafts.typed_in(form),
    )


def letter(request: HttpRequest, no: str, record: str) -> HttpResponse:
    """The letter, with what has come since."""
    case = opened(request, no)
    return show(request, "letter", {"case": case, "letter": _letter(case, record)})


def letter_pdf_of(case: Case, shown: Letter) -> bytes:
    """The letter as a sheet of paper."""
    return letter_pdf(
        unit=shown.by,
        to="、".join(case.dossier.org_name(unit) for unit in (case.dossier.task.owner, *case.dossier.task.co_owners)),
        task=case.name,
        reason=shown.reason,
        asked=[(str(one.number), one.text, str(one.verdict), one.reason, one.todo) for one in shown.asked],
        questions=[one.asked.text or "" for one in shown.questions],
        dissents=shown.dissents,
        due=shown.due,
        day=shown.day,
        made_at=case.at,
    )


def letter_pdf_view(request: HttpRequest, no: str, record: str) -> HttpResponse:
    """The letter to print, stamp and send."""
    case = opened(request, no)
    headers = {"Content-Disposition": content_disposition_header(False, f"退回函-{case.no}.pdf") or "inline"}
    return HttpResponse(letter_pdf_of(case, _letter(case, record)), content_type="application/pdf", headers=headers)


def opinion_pdf_view(request: HttpRequest, no: str, record: str) -> HttpResponse:
    """The group's opinion to print and sign, dissents and all."""
    case = opened(request, no)
    row = case.dossier.by_id.get(record)
    if not isinstance(row, Record) or case.task.pk not in row.tasks or row.type != "acceptance":
        raise Http404
    dossier, place = case.dossier, case.dossier.find(Place, row.place)
    texts = {measure.id: (str(measure.number), measure.text) for measure in dossier.measures_of(case.task.pk)}
    way = "，".join(part for part in (row.date or "", place.name if place else "", METHOD_WORDS.get(row.method or "", "")) if part)
    paper = opinion_pdf(
        unit=dossier.org_name(row.org),
        task=case.name,
        where=way,
        group=group_words(dossier, row),
        text=row.text or "",
        opinions=[
            (*texts.get(one.measure, ("", one.measure)), str(VERDICT_WORDS.get(one.verdict or "", "")), one.reason, one.looked_at or "")
            for one in row.opinions
        ],
        dissents=[(dossier.person_name(one.person), one.text) for one in row.dissents],
        day=row.date or "",
        made_at=case.at,
    )
    headers = {"Content-Disposition": content_disposition_header(False, f"验收意见-{case.no}.pdf") or "inline"}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def _letter(case: Case, record: str) -> Letter:
    row = case.dossier.by_id.get(record)
    if not isinstance(row, Record) or case.task.pk not in row.tasks or row.type != "return" or row.stage not in LETTERS:
        raise Http404
    return letter_of(case, row)


def _form(request: HttpRequest, case: Case, found: Record | None) -> ReturnForm:
    today = case.at.astimezone(CST).date()
    if request.method == "POST":
        return ReturnForm(request.POST, dossier=case.dossier, today=today.isoformat())
    draft = drafts.kept(request, case.task, "return_to_work")
    begun = {"due": today + timedelta(days=_DAYS_TO_MEND), **_of_review(request, case), **_of_acceptance(found)}
    if wanting := wanting_in_draft(request, case) if case.actor.org == case.dossier.task.assessor else ():
        begun["reason"] = "\n".join(wanting)
    initial = {**begun, **(draft.values if draft else {}), "version": case.task.version}
    return ReturnForm(dossier=case.dossier, today=today.isoformat(), initial=initial)


def _of_acceptance(found: Record | None) -> dict[str, Any]:
    """The reasons of what the group held undone."""
    return {f"lacks_{one.measure}": one.reason for one in (found.opinions if found else ()) if one.verdict == "not_done"}


def _of_review(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The reviewer's reasons for the items that were not approved: those of measures beside their measure, all in the reason."""
    draft = drafts.kept(request, case.task, "review")
    given = draft.values.get("items", {}) if draft else {}
    wrong = {item: one["reason"] for item, one in given.items() if one.get("verdict") not in ("", None, "approved")}
    if not wrong:
        return {}
    notes = {item.id: item.note for item in items_of(case)}
    measures = {f"measure-{measure.number}": measure.id for measure in case.dossier.measures_of(case.task.pk)}
    lacks = {f"lacks_{measures[item]}": reason for item, reason in wrong.items() if item in measures}
    return {"reason": "\n".join(f"{notes[item]}：{reason}" for item, reason in wrong.items() if item in notes), **lacks}


def _context(case: Case, form: ReturnForm, found: Record | None) -> dict[str, Any]:
    seen = look_at(steps.RETURN_TO_WORK, case.dossier, task=case.task, by=case.actor, at=case.at)
    unmet = tuple(one for one in seen.unmet if one.gate not in ("return_reasoned", "letter_specific"))
    return {"case": case, "form": form, "found": found, "gates": gate_lines(unmet, case.no), "questions": open_questions(case.dossier)}
