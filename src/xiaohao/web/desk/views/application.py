"""What the unit says: progress on the way, the application for acceptance with its private self-check, and the pledge of truth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import pledges, statements
from xiaohao.acts.dry_run import look_at
from xiaohao.acts.statements import composed
from xiaohao.dossier import Dossier
from xiaohao.dossier.statement import Statement
from xiaohao.evidence.coverage import claiming_statement
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.procedure import steps
from xiaohao.procedure.countersigning import APPLY
from xiaohao.records.in_post import in_office, signers_of
from xiaohao.records.models import Account, Person
from xiaohao.records.models.filed import instant
from xiaohao.records.worklist import SIGNING
from xiaohao.screening.pace import AT_THE_ACT
from xiaohao.screening.run import screen
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, account_of, opened
from xiaohao.web.desk.forms.application import ApplicationForm, PledgeForm, ProgressForm
from xiaohao.web.desk.intake import scan_of
from xiaohao.web.desk.pages.countersigning import panels_for
from xiaohao.web.desk.pages.findings import compared_later, skipped_words
from xiaohao.web.desk.pages.refusal import gate_lines
from xiaohao.web.desk.pages.returned import asked_before
from xiaohao.web.desk.pledged import PLEDGE
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of

#: Stages for which somebody signs that what is submitted is true.
_STAGES = ("apply", "accept", "close")


def progress(request: HttpRequest, no: str) -> HttpResponse:
    """Report where the work stands, measure by measure."""
    case = opened(request, no)
    draft = drafts.kept(request, case.task, "report")
    initial = {**(draft.values if draft else {}), "version": case.task.version}
    form = ProgressForm(request.POST if request.method == "POST" else None, dossier=case.dossier, initial=initial)
    if request.method != "POST":
        return show(request, "progress", {"case": case, "form": form})
    if not form.is_valid():
        return show_again(request, "progress", {"case": case, "form": form, "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: statements.report_progress(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            answers=form.answers(),
            expects_done=typed["expects_done"] or None,
        ),
        done=_("进展已报。"),
        to=reverse("desk_task", args=[case.no]),
        step="report",
        typed=drafts.typed_in(form),
    )


def application(request: HttpRequest, no: str) -> HttpResponse:
    """Apply for acceptance; or save, look privately, or hand it to the head for signature. Only the application itself is journaled."""
    case = opened(request, no)
    if request.method != "POST":
        return show(request, "apply", _context(request, case, _begun(request, case)))
    form = ApplicationForm(request.POST, dossier=case.dossier)
    if "save" in request.POST:
        drafts.keep(request, case.task, "apply", drafts.typed_in(form), at=case.at)
        return show(request, "apply", _context(request, case, _begun(request, case), saved=True))
    if not form.is_valid():
        return show_again(request, "apply", {**_context(request, case, form), "errors": errors_of(form)})
    if "check" in request.POST:
        drafts.keep(request, case.task, "apply", drafts.typed_in(form), at=case.at)
        return show(request, "apply", {**_context(request, case, form), **_self_check(case, form)})
    if "countersign" in request.POST:
        drafts.keep(request, case.task, "apply", drafts.typed_in(form), at=case.at)
        return redirect("desk_countersign_new", case.no, APPLY)
    if "hand_on" in request.POST:
        return _hand_on(request, case, form)
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: statements.apply_for_acceptance(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            answers=form.answers(),
            done_on=typed["done_on"].isoformat(),
            version=typed["version"],
        ),
        done=_("已申请验收。"),
        to=reverse("desk_task", args=[case.no]),
        step="apply",
        typed=drafts.typed_in(form),
    )


def _begun(request: HttpRequest, case: Case) -> ApplicationForm:
    """The person's own draft, else the answers of the last statement, so that a returned application is mended and not typed again."""
    draft = drafts.kept(request, case.task, "apply")
    typed = draft.values if draft else _said_before(case.dossier)
    return ApplicationForm(None, dossier=case.dossier, initial={**typed, "version": case.task.version})


def _said_before(dossier: Dossier) -> dict[str, Any]:
    said = dossier.last_statement(dossier.task.id, "completion") or dossier.last_statement(dossier.task.id, "progress")
    typed: dict[str, Any] = {"done_on": dossier.task.done_at}
    for span in said.spans if said else ():
        for measure in span.measures[:1]:
            typed[f"text_{measure}"] = said.text[span.start : span.end] if said else ""
            typed[f"evidence_{measure}"] = list(span.evidence)
    return typed


def _context(request: HttpRequest, case: Case, form: ApplicationForm, *, saved: bool = False) -> dict[str, Any]:
    signed = [r for r in case.dossier.records_of(case.task.pk, "pledge") if r.stage == "apply"]
    draft = drafts.kept(request, case.task, "apply")
    return {
        "case": case,
        "form": form,
        "saved": saved,
        "saved_at": draft.saved_at if draft else None,
        "pledged": signed[-1] if signed else None,
        "heads": _heads(case),
        "returned": draft.values.get("returned_with", "") if draft else "",
        "before": claiming_statement(case.dossier, case.task.pk),
        "asked_before": asked_before(case),
        "panels": panels_for(case, APPLY),
    }


def _heads(case: Case) -> list[Account]:
    """Accounts of the unit's heads: the application can be handed to one of them."""
    accounts = Account.objects.filter(person__in=in_office(Person.objects.filter(org=case.actor.org)), is_active=True).select_related(
        "person"
    )
    return [account for account in accounts if Role.HEAD in account.actor.roles]


def _hand_on(request: HttpRequest, case: Case, form: ApplicationForm) -> HttpResponse:
    """Put the application before the head, who signs and applies in one. The clerk's own draft stays."""
    head = next((one for one in _heads(case) if one.username == request.POST.get("hand_on")), None)
    if head is None:
        raise Http404
    typed = drafts.typed_in(form)
    drafts.keep(request, case.task, "apply", typed, at=case.at)
    held = {**typed, "version": case.task.version, "clerk": account_of(request).username}
    drafts.hand_to(head, case.task, SIGNING, held, at=case.at)
    words = _("已送%(name)s签批。") % {"name": head.person.name}
    return show(request, "apply", {**_context(request, case, form), "handed": words})


def with_statement(case: Case, form: ApplicationForm) -> Dossier:
    """The case as it would be with this application on file."""
    text, spans = composed(form.answers())
    said = Statement(
        id="draft-completion",
        task=case.task.pk,
        kind="completion",
        author=case.actor.org,
        date=instant(case.at)[:10],
        recorded_at=instant(case.at),
        text=text,
        spans=spans,
    )
    task = replace(case.dossier.task, done_at=form.cleaned_data["done_on"].isoformat())
    return replace(case.dossier.with_task(task), statements=(*case.dossier.statements, said))


def _self_check(case: Case, form: ApplicationForm) -> dict[str, Any]:
    """Every gate and every check on the draft, for this person alone: nothing is journaled and nobody else sees it."""
    wanted = with_statement(case, form)
    seen, screened = look_at(steps.APPLY, wanted, task=case.task, by=case.actor, at=case.at), screen(wanted, only=AT_THE_ACT)
    return {
        "checked": True,
        "gates": gate_lines(seen.unmet, case.no, step="apply"),
        "met": [one.fact for one in seen.met],
        "leads": screened.findings,
        "skipped": skipped_words(screened.skipped),
        "later": compared_later(),
    }


def pledge(request: HttpRequest, no: str, stage: str) -> HttpResponse:
    """Sign for the truth of what is submitted at a stage, on the screen or as entered from paper."""
    case = opened(request, no)
    if stage not in _STAGES:
        raise Http404
    signers, today = signers_of(case.actor.org), case.at.astimezone(CST).date()
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PledgeForm(data, files, signers=signers, today=today, initial={"version": case.task.version})
    context = {"case": case, "form": form, "words": PLEDGE, "stage": steps.step_named(stage).label}
    if request.method != "POST":
        return show(request, "pledge", context)
    if not form.is_valid():
        return show_again(request, "pledge", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    try:
        paper = scan_of(case, typed) if typed["on_paper"] else None
    except Unacceptable as refused:
        form.add_error("scan", str(refused))
        return show_again(request, "pledge", {**context, "errors": errors_of(form)})
    return attempt(
        request,
        case,
        lambda: pledges.sign_pledge(task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], stage=stage, text=PLEDGE, paper=paper),
        done=_("承诺已签。"),
        to=reverse("desk_task", args=[case.no]),
    )
