"""Answering a finding and deciding on an answer, from the case's own page; a script gets back the one card."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import findings
from xiaohao.acts.receipt import Receipt
from xiaohao.kernel.refused import Refused
from xiaohao.records.models import Finding
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.keyed import KeyedForm
from xiaohao.web.desk.forms.objections import FindingAnswerForm, FindingDecisionForm
from xiaohao.web.desk.pages.evidence import evidence_choices
from xiaohao.web.desk.pages.findings import card_of, findings_of
from xiaohao.web.desk.show import show
from xiaohao.web.errors import refused_json, wants_json


def answer(request: HttpRequest, no: str, finding: str) -> HttpResponse:
    """Answer in writing, with the records that explain it."""
    case = opened(request, no)
    row = _own(case, finding)
    form = FindingAnswerForm(request.POST, evidence=evidence_choices(case.dossier))
    if not form.is_valid():
        return _again(request, case, row, form, "answer")
    typed = form.cleaned_data
    return _done(
        request,
        case,
        row,
        lambda: findings.answer_finding(
            finding=row.pk, by=case.actor, at=case.at, key=typed["key"], answer=typed["answer"], evidence=typed["evidence"]
        ),
        _("已答复，等其他单位判断。"),
    )


def decide(request: HttpRequest, no: str, finding: str) -> HttpResponse:
    """Decide on the answer, with a reason."""
    case = opened(request, no)
    row = _own(case, finding)
    form = FindingDecisionForm(request.POST)
    if not form.is_valid():
        return _again(request, case, row, form, "reason")
    typed = form.cleaned_data
    return _done(
        request,
        case,
        row,
        lambda: findings.decide_finding(
            finding=row.pk, by=case.actor, at=case.at, key=typed["key"], decision=typed["decision"], reason=typed["reason"]
        ),
        _("已判断。"),
    )


def _own(case: Case, finding: str) -> Finding:
    row = Finding.objects.filter(pk=finding, task=case.task).first()
    if row is None:
        raise Http404
    return row


def _done(request: HttpRequest, case: Case, row: Finding, act: Callable[[], Receipt], words: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return _refused(request, case, refused)
    if getattr(request, "htmx", False):
        return _card(request, opened(request, case.no), row.pk)
    messages.success(request, words)
    return redirect(reverse("desk_task", args=[case.no]) + f"#finding-{row.pk}")


def _refused(request: HttpRequest, case: Case, refused: Refused) -> HttpResponse:
    if wants_json(request) or refused.entry is None:
        return refused_json(refused)
    page = reverse("desk_refused", args=[case.no, refused.entry])
    return HttpResponse(status=204, headers={"HX-Redirect": page}) if getattr(request, "htmx", False) else redirect(page)


def _card(request: HttpRequest, case: Case, finding: str, *, wrong: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    number, row = next((number, row) for number, row in enumerate(findings_of(case), 1) if row.pk == finding)
    card = card_of(case, row, number, wrong=wrong, typed=typed)
    return render(request, "parts/_finding.html", {"card": card}, status=status)


def _again(request: HttpRequest, case: Case, row: Finding, form: KeyedForm, field: str) -> HttpResponse:
    """The card with what is wrong and what was typed; on a page of its own where no script asked."""
    wrong, typed = "".join(str(words) for errors in form.errors.values() for words in errors), form.data.get(field, "")
    if getattr(request, "htmx", False):
        return _card(request, case, row.pk, wrong=wrong, typed=typed)
    card = card_of(case, row, 1, wrong=wrong, typed=typed)
    return show(request, "finding", {"case": case, "card": card}, status=422)
