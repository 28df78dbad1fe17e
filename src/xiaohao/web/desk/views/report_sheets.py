"""The sheet with which a list's report goes round: read by whom it was sent to, signed, sent back, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import list_reports as acts
from xiaohao.acts.clock import now
from xiaohao.documents.forms.kinds import FORMS
from xiaohao.documents.forms.pdf import form_pdf
from xiaohao.documents.report_text import changed_lines, report_sheet_facts
from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.procedure.countersigning import Line, Sheet
from xiaohao.procedure.report_round import sheet_of_version, signed_last
from xiaohao.records.countersigns import opened_report_sheet, units_signed_for
from xiaohao.records.in_post import head_signers, may_sign_for
from xiaohao.records.list_reports import newest_of, reports_seen_by, rows_about
from xiaohao.records.models import ListReport
from xiaohao.records.to_dossier import registers
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.countersigning import AnswerForm, WithdrawForm
from xiaohao.web.desk.intake import scan_of
from xiaohao.web.desk.pages.countersigning import panel_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views.forms import paper as as_file
from xiaohao.web.parts.form_errors import errors_of

_CLERKS = frozenset({Role.REPORTER, Role.HEAD, Role.CLERK})


@dataclass(frozen=True, slots=True)
class _Looked:
    """When somebody looks, for the files that come with what they send."""

    at: datetime


def opened(request: HttpRequest, sheet: str) -> tuple[ListReport, Record] | None:
    """The version and the sheet as a value; None where the sheet is a case's, or this person may not see it."""
    found = opened_report_sheet(account_of(request).actor, sheet, _today(now()))
    return (found[0], found[1].thing()) if found else None


def counting(report: ListReport, row: Record) -> tuple[Sheet, bool]:
    """The sheet with its lines, and whether it still counts."""
    newest = newest_of(report.list_id, report.org_id)
    now_counts = sheet_of_version(rows_about(report), report.pk) if newest and newest.pk == report.pk else None
    if now_counts and now_counts.record.id == row.id:
        return now_counts, True
    return Sheet(row, tuple(Line(unit, None) for unit in row.units)), False


def named() -> Dossier:
    """Units and people, for their names."""
    return Dossier(id="registers", kind="ledger", made_at="", **registers())


def sheet(request: HttpRequest, report: ListReport, row: Record) -> HttpResponse:
    """One sheet: what has changed since this unit signed, the text, who has signed, and the form of a unit whose turn it is."""
    actor, at = account_of(request).actor, now()
    today, names = _today(at), named()
    found, counts = counting(report, row)
    unit = next((one for one in units_signed_for(actor, today) if counts and one in found.turn), "")
    may_sign = bool(unit) and may_sign_for(actor, unit, today)
    may_enter = bool(unit) and unit == actor.org and bool(actor.roles & _CLERKS)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AnswerForm(data, files, signers=head_signers(unit) if unit else (), today=at.astimezone(CST).date(), may_sign=may_sign)
    before = signed_last(rows_about(report), unit, row.digest or "") if unit else None
    reads = reports_seen_by(actor).filter(pk=report.pk).exists()
    own = counts and actor.org == report.org_id and bool(actor.roles & acts.FILERS)
    context = {
        "about": report.list.name,
        "about_page": reverse("desk_report", args=[report.list.code]) if reads else "",
        "row": row,
        "changes": changed_lines(before.text or "", row.text or "") if before else (),
        "panels": (panel_of(names, found, today, over=not counts),),
        "form": form,
        "unit": names.org_name(unit),
        "may": may_sign or may_enter,
        "may_sign": may_sign,
        "by": names.org_name(row.org),
        "withdraw": WithdrawForm(auto_id="w_%s") if own else None,
    }
    if request.method != "POST":
        return show(request, "countersign", context)
    if "withdraw" in request.POST:
        return _withdraw(request, row, at, context)
    if not unit or not form.is_valid():
        return show_again(request, "countersign", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    try:
        paper = scan_of(_Looked(at), typed) if typed["on_paper"] else None
    except Unacceptable as refused:
        form.add_error("scan", str(refused))
        return show_again(request, "countersign", {**context, "errors": errors_of(form)})
    passed = "return" not in request.POST
    try:
        acts.answer_report(
            by=actor, at=at, key=typed["key"], sheet=row.id, unit=unit, passed=passed, text=typed["text"], paper=paper
        )  # fmt: skip
    except Refused as refused:
        return show(request, "countersign", {**context, "unmet": refused.unmet}, status=409)
    messages.success(request, _("已会签。") if passed else _("已退回送会签的单位。"))
    return redirect("desk_countersigns")


def _withdraw(request: HttpRequest, row: Record, at: datetime, context: dict[str, Any]) -> HttpResponse:
    form = WithdrawForm(request.POST, auto_id="w_%s")
    if context["withdraw"] is None or not form.is_valid():
        return show_again(request, "countersign", {**context, "withdraw": form, "errors": errors_of(form)})
    typed = form.cleaned_data
    try:
        acts.withdraw_report(by=account_of(request).actor, at=at, key=typed["key"], sheet=row.id, reason=typed["reason"])
    except Refused as refused:
        return show(request, "countersign", {**context, "unmet": refused.unmet}, status=409)
    messages.success(request, _("会签单已撤回。"))
    return redirect("desk_countersigns")


def on_paper(report: ListReport, row: Record) -> HttpResponse:
    """The sheet on paper, with room for those who have not signed."""
    at, form = now().astimezone(CST), FORMS["countersign"]
    found, _counts = counting(report, row)
    facts = report_sheet_facts(named(), row, found.lines, listing=report.list.name, today=at.date())
    return as_file(form_pdf(form, facts, made_at=at), "application/pdf", f"{report.list.code}-{form.title}.pdf")


def _today(at: datetime) -> str:
    return at.astimezone(CST).date().isoformat()
