"""The notice before it is put up: read whole, checked for secrets by one person, published by another, its window drawn from the calendar."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import notices, pledges
from xiaohao.acts.dry_run import look_at
from xiaohao.acts.notice_draft import DraftedNotice, draft_notice
from xiaohao.dossier.calendar import calendar_of
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.procedure import steps
from xiaohao.procedure.rounds import Round, last_in_round
from xiaohao.publicity.window import window_of
from xiaohao.records.models import Document
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.verdicts import ConfidentialityForm, PublicationForm
from xiaohao.web.desk.pages.refusal import gate_lines
from xiaohao.web.desk.pages.words import person_and_unit
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.clock import window_clock
from xiaohao.web.parts.form_errors import errors_of

#: 青整改公示〔2026〕7号: the words, the year and the serial of an official number.
_NUMBER = re.compile(r"(?P<words>.*〔)(?P<year>\d{4})〕(?P<serial>\d+)号")
#: Gates whose matter comes into being with the publication itself.
_MADE_HERE = frozenset({"notice_ready", "self_acceptance_shown"})


def publish(request: HttpRequest, no: str) -> HttpResponse:
    """The notice as it will read, its window, and the two signatures it needs. Another number or first day is looked at by sending `look`."""
    case = opened(request, no)
    if request.method != "POST":
        return show(request, "publish", _context(request, case, _begun(request, case)))
    form = PublicationForm(request.POST)
    if not form.is_valid():
        return show_again(request, "publish", {**_context(request, case, form), "errors": errors_of(form)})
    if "look" in request.POST:
        drafts.keep(request, case.task, "publish", drafts.typed_in(form), at=case.at)
        return show(request, "publish", _context(request, case, _begun(request, case)))
    typed = form.cleaned_data
    try:
        return attempt(
            request,
            case,
            lambda: notices.publish(
                task=case.task.pk,
                by=case.actor,
                at=case.at,
                key=typed["key"],
                number=typed["number"],
                starts_on=typed["starts_on"],
                version=typed["version"],
            ),
            done=_("公示已发布。"),
            to=reverse("desk_task", args=[case.no]),
            step="publish",
            typed=drafts.typed_in(form),
        )
    except CalendarUnknown as unknown:
        form.add_error("starts_on", _("%(year)s 年节假日安排待公布，现在不能定公示期。") % {"year": unknown.year})
        return show_again(request, "publish", {**_context(request, case, form), "errors": errors_of(form)})


def confidentiality(request: HttpRequest, no: str) -> HttpResponse:
    """Sign that nothing secret or personal is in the notice."""
    case = opened(request, no)
    form = ConfidentialityForm(request.POST, prefix="secret")
    if not form.is_valid():
        context = _context(request, case, _begun(request, case), secret=form)
        return show_again(request, "publish", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: pledges.sign_confidentiality(task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], text=typed["text"]),
        done=_("保密审查已签。"),
        to=reverse("desk_publish", args=[case.no]),
    )


def _begun(request: HttpRequest, case: Case) -> PublicationForm:
    draft = drafts.kept(request, case.task, "publish")
    today = case.at.astimezone(CST).date()
    initial = {"number": _next_number(case, today.year), "starts_on": today.isoformat(), **(draft.values if draft else {})}
    return PublicationForm(initial={**initial, "version": case.task.version})


def _next_number(case: Case, year: int) -> str:
    """The serial after the last one that this unit used in the year; to be corrected where the office counts otherwise."""
    used = Document.objects.filter(kind="notice", issuer=case.actor.org).order_by("recorded_at").values_list("number", flat=True)
    found = [match for number in used if (match := _NUMBER.fullmatch(number))]
    words = found[-1]["words"] if found else "整改公示〔"
    return f"{words}{year}〕{max((int(m['serial']) for m in found if int(m['year']) == year), default=0) + 1}号"


def _context(request: HttpRequest, case: Case, form: PublicationForm, *, secret: ConfidentialityForm | None = None) -> dict[str, Any]:
    draft = _drafted(case, form)
    seen = look_at(steps.PUBLISH, case.dossier, task=case.task, by=case.actor, at=case.at)
    signed = last_in_round(case.dossier, "consent", stage="confidentiality", of=Round.NOTICE)
    window = window_of(draft.posted) if draft else None
    text = {"text": _("逐字看过，不含国家秘密、商业秘密和个人信息。")}
    return {
        "case": case,
        "form": form,
        "secret": secret or ConfidentialityForm(prefix="secret", initial={"version": case.task.version, **text}),
        "signed": signed,
        "signed_by": person_and_unit(case.dossier, signed.people[0]) if signed and signed.people else "",
        "two_people": case.rules.confidentiality.two_people,
        "preview": draft.said.text if draft else "",
        "clock": window_clock(window, case.at.astimezone(CST).date(), calendar_of(case.dossier)) if window else None,
        "gates": gate_lines((one for one in seen.unmet if one.gate not in _MADE_HERE), case.no),
    }


def _drafted(case: Case, form: PublicationForm) -> DraftedNotice | None:
    """The notice with the number and day that stand in the form; None where there is no such day or its calendar is not announced."""
    try:
        starts_on = date.fromisoformat(str(form["starts_on"].value()))
        number = str(form["number"].value() or "")
        return draft_notice(
            case.dossier,
            case.rules,
            address=case.no,
            by=case.actor,
            at=case.at,
            key="preview",
            number=number,
            starts_on=starts_on,
        )
    except (ValueError, CalendarUnknown):
        return None
