"""整改落实情况报告 of one list: its versions as they were filed, the next one, and sending the newest round for countersigning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiaohao.acts import list_reports as acts
from xiaohao.acts.clock import now
from xiaohao.acts.receipt import Receipt
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.procedure.rules import Countersigning
from xiaohao.records.calendar import office_calendar
from xiaohao.records.list_reports import reports_seen_by, sheet_now_of
from xiaohao.records.models import Commitment, ListReport, TaskList
from xiaohao.records.offices import near_first
from xiaohao.records.to_dossier import content_store
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.countersigning import SendForm
from xiaohao.web.desk.forms.keyed import KeyedForm
from xiaohao.web.desk.forms.list_reports import ReportForm
from xiaohao.web.desk.pages.countersigning import Panel, panel_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views.forms import DOCX, paper
from xiaohao.web.desk.views.report_sheets import named
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it


@dataclass(frozen=True, slots=True)
class Version:
    """One version with the number of its entry in the journal."""

    row: ListReport
    why: str
    person: str
    entry: int | None


@dataclass(frozen=True, slots=True)
class Chain:
    """What one office has reported about the list, newest first, and how far the countersigning of the newest is (no panel: not sent round)."""

    office: str
    versions: tuple[Version, ...]
    panels: tuple[Panel, ...]


def report(request: HttpRequest, code: str) -> HttpResponse:
    """Its versions; a clerk of the office files the next one (`do` is file) or sends the newest round (send)."""
    actor = account_of(request).actor
    listing = TaskList.objects.filter(code=code).first()
    seen = list(reports_seen_by(actor).filter(list=listing)) if listing else []
    if listing is None or not (seen or visible_to(actor).filter(list=listing).exists()):
        raise Http404
    own = sorted((row for row in seen if row.org_id == actor.org), key=lambda row: row.version, reverse=True)
    do = request.POST.get("do") if request.method == "POST" else None
    filing = ReportForm(request.POST if do == "file" else None, first=not own, auto_id="f_%s")
    sending = _send_form(request, actor, posted=do == "send")
    context: dict[str, Any] = {
        "listing": listing,
        "chains": _chains(seen, actor),
        "newest": own[0] if own else None,
        "filing": filing,
        "sending": sending,
        "may": bool(actor.roles & acts.FILERS) and visible_to(actor).filter(list=listing).exists(),
    }
    if do == "file":
        typed = filing
        return _done(
            request, context, typed,
            lambda: acts.file_report(by=actor, at=now(), key=_of(typed, "key"), listing=listing.pk, reason=_of(typed, "reason")),
            _("报告已形成，已入日志。"),
        )  # fmt: skip
    if do == "send" and own:
        return _done(request, context, sending, lambda: _send(actor, sending, own[0].pk), _("已送会签。"))
    return show(request, "list_report", context)


def _send(actor: Actor, form: SendForm, report: str) -> Receipt:
    typed = form.cleaned_data
    return acts.send_report(
        by=actor, at=now(), key=typed["key"], report=report, units=form.picked(), in_order=typed["in_order"], due=typed["due"].isoformat()
    )


def version(request: HttpRequest, code: str, report: str) -> HttpResponse:
    """The Word file of one version, in the bytes that were filed."""
    row = reports_seen_by(account_of(request).actor).filter(pk=report, list__code=code).first()
    if row is None:
        raise Http404
    return paper(content_store().get(row.sha256), DOCX, f"{row.title}-第{row.version}版.docx")


def _done(request: HttpRequest, context: dict[str, Any], form: KeyedForm, act: Callable[[], Receipt], words: str) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            for unmet in refused.unmet:
                form.add_error("reason" if unmet.gate in form.fields else None, f"{say_it(unmet.fact)}。{say_it(unmet.way)}。")
        else:
            messages.success(request, words)
            return redirect("desk_report", context["listing"].code)
    return show_again(request, "list_report", {**context, "errors": errors_of(form)})


def _of(form: KeyedForm, name: str) -> str:
    return str(form.cleaned_data.get(name, ""))


def _send_form(request: HttpRequest, actor: Actor, *, posted: bool) -> SendForm:
    today = now().astimezone(CST).date()
    try:
        due = office_calendar().after(today, Countersigning().answer_within)
    except CalendarUnknown:
        due = None
    return SendForm(
        request.POST if posted else None, units=near_first(actor.org), asks_text=False, today=today, initial={"due": due}, auto_id="s_%s"
    )


def _chains(seen: list[ListReport], actor: Actor) -> tuple[Chain, ...]:
    """One's own office first."""
    offices = {row.org_id: row.org.name for row in seen}
    entries = dict(Commitment.objects.filter(table="listreport", row__in=[row.pk for row in seen]).values_list("row", "entry_id"))
    today, names = now().astimezone(CST).date().isoformat(), named()
    found = []
    for office in sorted(offices, key=lambda pk: (pk != actor.org, pk)):
        rows = sorted((row for row in seen if row.org_id == office), key=lambda row: row.version, reverse=True)
        sheet = sheet_now_of(rows[0])
        versions = tuple(Version(row, row.more.get("reason", ""), row.person.name, entries.get(row.pk)) for row in rows)
        found.append(Chain(offices[office], versions, (panel_of(names, sheet, today, over=False),) if sheet else ()))
    return tuple(found)
