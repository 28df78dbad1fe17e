"""会签: what waits for this unit's signature and what it has sent round; one document sent round; one sheet signed, returned or taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import countersigning as acts
from xiaohao.acts.clock import now
from xiaohao.acts.countersigning import Circulated
from xiaohao.acts.receipt import Receipt
from xiaohao.documents.circulated import application_text, opinion_text, plan_text, plan_title
from xiaohao.documents.forms.facts import case_facts
from xiaohao.documents.forms.kinds import FORMS
from xiaohao.documents.forms.pdf import form_pdf
from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.procedure.countersigning import (
    ACCEPT,
    APPLY,
    PAPER,
    PLAN,
    STAGES,
    Line,
    Sheet,
    acceptance_digest,
    application_digest,
    is_awaited,
    plan_digest,
    required,
    sheets_of,
    text_digest,
)
from xiaohao.records.calendar import office_calendar
from xiaohao.records.countersigns import opened_sheet, sent_round, to_countersign, units_signed_for
from xiaohao.records.in_post import head_signers, may_sign_for
from xiaohao.records.models import Org
from xiaohao.records.offices import near_first
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, account_of, opened
from xiaohao.web.desk.forms.application import ApplicationForm
from xiaohao.web.desk.forms.countersigning import AnswerForm, SendForm, WithdrawForm
from xiaohao.web.desk.forms.keyed import fresh_key
from xiaohao.web.desk.intake import scan_of
from xiaohao.web.desk.pages.countersigning import DOCUMENTS, panel_of, panels_for
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views import report_sheets
from xiaohao.web.desk.views.acceptance import opinion_kept
from xiaohao.web.desk.views.application import with_statement
from xiaohao.web.desk.views.forms import paper as as_file
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

_CLERKS = frozenset({Role.REPORTER, Role.HEAD, Role.CLERK})


def rounds(request: HttpRequest) -> HttpResponse:
    """待会签: what waits for a signature of this unit, and what this unit has sent round."""
    actor, today = account_of(request).actor, _today()
    context = {
        "waiting": [(one, one.late(today), Org.objects.get(pk=one.sheet.record.org).name) for one in to_countersign(actor, today)],
        "sent": [(one, one.late(today), _names(one.sheet.waiting)) for one in sent_round(actor)],
        "signs": any(may_sign_for(actor, unit, today) for unit in units_signed_for(actor, today)),
    }
    return show(request, "countersigns", context)


def send(request: HttpRequest, no: str, stage: str) -> HttpResponse:
    """Send a document of the case round: the plan in force, the application or the opinion as it waits in the draft, or another paper."""
    case = opened(request, no)
    if stage not in STAGES:
        raise Http404
    document = _circulated(request, case, stage)
    today = case.at.astimezone(CST).date()
    form = SendForm(
        request.POST if request.method == "POST" else None,
        units=near_first(case.actor.org),
        asks_text=stage == PAPER,
        today=today,
        initial=_proposed(case, stage, today),
    )
    context = {
        "case": case,
        "stage": stage,
        "what": DOCUMENTS[stage],
        "document": document,
        "form": form,
        "may": acts.may_send(case.dossier, case.actor, stage, case.rules),
        "panels": panels_for(case, stage),
    }
    if request.method != "POST":
        return show(request, "countersign_new", context)
    if not form.is_valid():
        return show_again(request, "countersign_new", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    if stage == PAPER:
        document = Circulated(PAPER, typed["title"], typed["text"], text_digest(typed["text"]))
    sent = document or Circulated(stage, "", "", "")
    return attempt(
        request,
        case,
        lambda: acts.send_countersign(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            document=sent,
            units=form.picked(),
            in_order=typed["in_order"],
            due=typed["due"].isoformat(),
        ),
        done=_("已送会签。"),
        to=reverse("desk_countersign_new", args=[case.no, stage]) if stage != PAPER else reverse("desk_countersigns"),
    )


def sheet(request: HttpRequest, sheet: str) -> HttpResponse:
    """One sheet: the text, who has signed, and the form of a unit whose turn it is. Those whom it was sent to see it and nothing else of the case."""
    if of_report := report_sheets.opened(request, sheet):
        return report_sheets.sheet(request, *of_report)
    case, row = _opened(request, sheet)
    found = _counting(case, row)
    unit = next((one for one in units_signed_for(case.actor, _today()) if found and one in found.turn), "")
    unit = unit if found and is_awaited(case.dossier, found, case.rules) else ""
    may_sign = bool(unit) and may_sign_for(case.actor, unit, _today())
    may_enter = bool(unit) and unit == case.actor.org and bool(case.actor.roles & _CLERKS)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    today = case.at.astimezone(CST).date()
    form = AnswerForm(data, files, signers=head_signers(unit) if unit else (), today=today, may_sign=may_sign)
    own = row.org == case.actor.org and bool(case.actor.roles & (_CLERKS | {Role.ACCEPTOR}))
    context = {
        "about": case.name,
        "about_page": reverse("desk_task", args=[case.no]) if visible_to(case.actor).filter(pk=case.task.pk).exists() else "",
        "row": row,
        "panels": (
            panel_of(
                case.dossier, found or _alone(row), today.isoformat(), over=found is None or not is_awaited(case.dossier, found, case.rules)
            ),
        ),
        "form": form,
        "unit": case.dossier.org_name(unit),
        "may": may_sign or may_enter,
        "may_sign": may_sign,
        "by": case.dossier.org_name(row.org),
        "withdraw": WithdrawForm(auto_id="w_%s") if own and found and is_awaited(case.dossier, found, case.rules) else None,
    }
    if request.method != "POST":
        return show(request, "countersign", context)
    if "withdraw" in request.POST:
        return _withdraw(request, case, row, context)
    if not unit or not form.is_valid():
        return show_again(request, "countersign", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    try:
        paper = scan_of(case, typed) if typed["on_paper"] else None
    except Unacceptable as refused:
        form.add_error("scan", str(refused))
        return show_again(request, "countersign", {**context, "errors": errors_of(form)})
    signed = "return" not in request.POST
    act = acts.countersign if signed else acts.return_countersign

    def do() -> Receipt:
        return act(
            task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], sheet=row.id, unit=unit, text=typed["text"], paper=paper
        )  # fmt: skip

    return _done(request, do, _("已会签。") if signed else _("已退回送会签的单位。"), {**context, "form": form})


def sheet_pdf(request: HttpRequest, sheet: str) -> HttpResponse:
    """The sheet on paper, with room for those who have not signed."""
    if of_report := report_sheets.opened(request, sheet):
        return report_sheets.on_paper(*of_report)
    case, row = _opened(request, sheet)
    facts = case_facts(case.dossier, today=case.at.astimezone(CST).date(), of=row)
    form = FORMS["countersign"]
    return as_file(form_pdf(form, facts, made_at=case.at.astimezone(CST)), "application/pdf", f"{case.task.address}-{form.title}.pdf")


def _withdraw(request: HttpRequest, case: Case, row: Record, context: dict[str, Any]) -> HttpResponse:
    form = WithdrawForm(request.POST, auto_id="w_%s")
    if context["withdraw"] is None or not form.is_valid():
        return show_again(request, "countersign", {**context, "withdraw": form, "errors": errors_of(form)})

    def do() -> Receipt:
        typed = form.cleaned_data
        return acts.withdraw_countersign(
            task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], sheet=row.id, reason=typed["reason"]
        )

    return _done(request, do, _("会签单已撤回。"), context)


def _done(request: HttpRequest, act: Any, words: str, context: dict[str, Any]) -> HttpResponse:
    """Done, or the same page with why not: whoever was sent a sheet may have no other page of the case."""
    try:
        act()
    except Refused as refused:
        return show(request, "countersign", {**context, "unmet": refused.unmet}, status=409)
    messages.success(request, words)
    return redirect("desk_countersigns")


def _circulated(request: HttpRequest, case: Case, stage: str) -> Circulated | None:
    """What would be sent round now; None where there is nothing yet, and for a paper that is typed."""
    dossier = case.dossier
    if stage == PLAN:
        plan = dossier.plan_in_force(case.task.pk)
        return Circulated(PLAN, plan_title(plan), plan_text(dossier, plan), plan_digest(plan)) if plan else None
    if stage == APPLY:
        wanted = _application(request, case)
        said = wanted.last_statement(case.task.pk, "completion") if wanted else None
        if wanted is None or said is None or not said.text:
            return None
        done_on = wanted.task.done_at
        return Circulated(APPLY, say_it(DOCUMENTS[APPLY]), application_text(said, done_on), application_digest(said, done_on))
    opinion = opinion_kept(request, case) if stage == ACCEPT else None
    return Circulated(ACCEPT, str(DOCUMENTS[ACCEPT]), opinion_text(dossier, opinion), acceptance_digest(opinion)) if opinion else None


def _application(request: HttpRequest, case: Case) -> Dossier | None:
    draft = drafts.kept(request, case.task, "apply")
    if draft is None:
        return None
    held = {name: value for name, value in draft.values.items() if name not in ("clerk", "returned_with")}
    form = ApplicationForm({**held, "key": fresh_key(), "version": case.task.version}, dossier=case.dossier)
    return with_statement(case, form) if form.is_valid() else None


def _proposed(case: Case, stage: str, today: date) -> dict[str, Any]:
    """Who is to sign by the rulebook or signed last time, and a day."""
    units = required(case.dossier, stage, case.rules, case.actor.org)
    try:
        due = office_calendar().after(today, case.rules.countersigning.answer_within)
    except CalendarUnknown:
        due = None
    return {**{f"unit_{n}": unit for n, unit in enumerate(units, 1)}, "due": due}


def _opened(request: HttpRequest, pk: str) -> tuple[Case, Record]:
    """Raises Http404 for a sheet that was sent to others, with the same words as for none."""
    actor, at = account_of(request).actor, now()
    found = opened_sheet(actor, pk, _today())
    if found is None:
        raise Http404
    task, row = found
    rules = rulebook_of(task)
    return Case(task, dossier_of(task, at=at, rules=rules.as_rules()), rules, actor, at), row.thing()


def _counting(case: Case, row: Record) -> Sheet | None:
    return next((one for one in sheets_of(case.dossier) if one.record.id == row.id), None)


def _alone(row: Record) -> Sheet:
    """A sheet that was taken back or replaced, without signatures."""
    return Sheet(row, tuple(Line(unit, None) for unit in row.units))


def _names(units: tuple[str, ...]) -> str:
    names = dict(Org.objects.filter(pk__in=units).values_list("pk", "name"))
    return "、".join(names.get(unit, unit) for unit in units)


def _today() -> str:
    return now().astimezone(CST).date().isoformat()
