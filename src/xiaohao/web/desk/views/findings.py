"""Answering a finding and deciding on an answer, from the case's own page; a script gets back the one card."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.acts import findings
from xiaohao.acts._allowed import answerers
from xiaohao.acts.clock import now
from xiaohao.acts.receipt import Receipt
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.when import CST
from xiaohao.records.findings import VIEWS, fared, findings_seen_by, page_of, units_asked, view_of
from xiaohao.records.models import Finding
from xiaohao.records.rulebooks import rulebook
from xiaohao.screening.catalogue import catalogue
from xiaohao.web.desk.case import Case, account_of, opened
from xiaohao.web.desk.forms.keyed import KeyedForm, fresh_key
from xiaohao.web.desk.forms.objections import FindingAnswerForm, FindingDecisionForm
from xiaohao.web.desk.pages.evidence import evidence_choices
from xiaohao.web.desk.pages.findings import card_of, findings_of
from xiaohao.web.desk.pages.findings_list import fared_lines, figures_of, lines_of
from xiaohao.web.desk.show import show
from xiaohao.web.errors import refused_json, wants_json

#: The tabs of the list.
_VIEW_WORDS = {
    "answer": gettext_lazy("待答复"),
    "late": gettext_lazy("逾期未答"),
    "decide": gettext_lazy("待判断"),
    "decided": gettext_lazy("已判断"),
    "gone": gettext_lazy("已不再成立"),
    "all": gettext_lazy("全部"),
}


def listing(request: HttpRequest) -> HttpResponse:
    """Every finding that this person may read, in one of its views, by check and by the unit asked, from a cursor on."""
    actor, at = account_of(request).actor, now()
    day = at.astimezone(CST).date().isoformat()
    view = request.GET.get("view", "answer")
    view = view if view in VIEWS else "answer"
    check, unit = request.GET.get("check", ""), request.GET.get("unit", "")
    seen = findings_seen_by(actor)
    narrowed = seen.filter(**({"check_id": check} if check in catalogue() else {}), **({"must_answer": unit} if unit else {}))
    page = page_of(view_of(narrowed, view, day), after=request.GET.get("after", ""))
    checks = sorted(set(seen.order_by().values_list("check_id", flat=True)))
    context = {
        "lines": lines_of(page.rows, at),
        "after": page.after,
        "view": view,
        "check": check,
        "unit": unit,
        "tabs": [(name, _VIEW_WORDS[name], view_of(narrowed, name, day).order_by().count()) for name in VIEWS],
        "checks": [(one, catalogue()[one].title) for one in checks],
        "units": units_asked(seen),
    }
    return show(request, "findings", context)


def outcomes(request: HttpRequest) -> HttpResponse:
    """How each check has fared, from the decisions of people, and the figures of the rulebook behind the checks."""
    lines = fared_lines(fared(findings_seen_by(account_of(request).actor)))
    return show(request, "findings_outcomes", {"lines": lines, "figures": figures_of(rulebook(settings.RULEBOOK))})


def answer(request: HttpRequest, no: str, finding: str) -> HttpResponse:
    """Answer in writing, with the records that explain it."""
    case = opened(request, no)
    row = _own(case, finding)
    form = FindingAnswerForm(request.POST, evidence=evidence_choices(case.dossier))
    sound = form.is_valid()
    if not sound and not answerers(row.must_answer_id)(case.dossier, case.actor):
        return _again(request, case, row, form, "answer")
    # who may not answer is told so, whatever was typed: the act refuses before it reads the answer
    typed = form.cleaned_data if sound else {"key": fresh_key(), "answer": "", "evidence": ()}
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


def _card(
    request: HttpRequest,
    case: Case,
    finding: str,
    *,
    wrong: str = "",
    typed: str = "",
    ticked: Sequence[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    number, row = next((number, row) for number, row in enumerate(findings_of(case), 1) if row.pk == finding)
    card = card_of(case, row, number, wrong=wrong, typed=typed, ticked=ticked)
    return render(request, "parts/_finding.html", {"card": card}, status=status)


def _again(request: HttpRequest, case: Case, row: Finding, form: KeyedForm, field: str) -> HttpResponse:
    """The card with what is wrong and what was typed; on a page of its own where no script asked."""
    wrong, typed = "".join(str(words) for errors in form.errors.values() for words in errors), form.data.get(field, "")
    ticked = request.POST.getlist("evidence")
    if getattr(request, "htmx", False):
        return _card(request, case, row.pk, wrong=wrong, typed=typed, ticked=ticked)
    card = card_of(case, row, 1, wrong=wrong, typed=typed, ticked=ticked)
    return show(request, "finding", {"case": case, "card": card}, status=422)
