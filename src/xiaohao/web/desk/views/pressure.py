"""D14 督办: the ladder of pressure on one task, with its reply clocks; and every order that still waits, the overdue ones first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import pressure as acts
from xiaohao.acts.clock import now
from xiaohao.acts.receipt import Receipt
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.procedure.pressure import RUNGS, ladder, may_answer, may_press, rungs_open
from xiaohao.publicity.why import why_deadline
from xiaohao.records.calendar import office_calendar
from xiaohao.records.models import SiteVisit
from xiaohao.records.pressure import standing_orders
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, account_of, opened
from xiaohao.web.desk.forms.pressure import OrderWordsForm, PressForm
from xiaohao.web.desk.pages.deadline import deadline
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of


def orders(request: HttpRequest) -> HttpResponse:
    """Orders of the tasks that this person may read which are not lifted yet, with how many working days are left."""
    day, calendar = now().astimezone(CST).date(), office_calendar()
    today = day.isoformat()
    rows = standing_orders(visible_to(account_of(request).actor))
    shown = [
        (row, RUNGS[row.rung], not row.answered and row.due < today, "" if row.answered else deadline(row.due, day, calendar).words)
        for row in rows
    ]
    return show(request, "orders", {"rows": sorted(shown, key=lambda one: (not one[2], one[0].answered, one[0].due))})


def press(request: HttpRequest, no: str) -> HttpResponse:
    """The ladder of one task; the next rung with its draft, the unit's answer, the lifting."""
    case = opened(request, no)
    if request.method != "POST":
        return show(request, "press", _context(case, request.GET.get("visit", "")))
    doing = "press" if "rung" in request.POST or "answer_by" in request.POST else "words"
    if doing == "press":
        form = PressForm(request.POST, rungs=rungs_open(case.dossier))
        if not form.is_valid():
            return show_again(request, "press", {**_context(case), "form": form, "errors": errors_of(form)})
        return _try(request, case, lambda: _press(case, form), _("督办已发出。"))
    words = OrderWordsForm(request.POST)
    if not words.is_valid():
        return show_again(request, "press", {**_context(case), "words": words, "errors": errors_of(words)})
    typed, task = words.cleaned_data, case.task.pk
    if "lift" in request.POST:
        return _try(
            request,
            case,
            lambda: acts.lift_order(task=task, by=case.actor, at=case.at, key=typed["key"], order=typed["order"], reason=typed["words"]),
            _("督办已解除。"),
        )
    return _try(
        request,
        case,
        lambda: acts.answer_order(task=task, by=case.actor, at=case.at, key=typed["key"], order=typed["order"], text=typed["words"]),
        _("督办已答复。"),
    )


def _press(case: Case, form: PressForm) -> Receipt:
    typed = form.cleaned_data
    return acts.press(
        task=case.task.pk,
        by=case.actor,
        at=case.at,
        key=typed["key"],
        rung=typed["rung"],
        text=typed["text"],
        answer_by=typed["answer_by"],
        number=typed["number"],
        visit=typed["visit"],
    )


def _try(request: HttpRequest, case: Case, act: Callable[[], Receipt], done: str) -> HttpResponse:
    return attempt(request, case, act, done=done, to=reverse("desk_press", args=[case.no]))


def _context(case: Case, visit: str = "") -> dict[str, object]:
    today, calendar = case.at.astimezone(CST).date(), office_calendar()
    rungs, rows = rungs_open(case.dossier), ladder(case.dossier)
    pressing, answering = may_press(case.dossier, case.actor), may_answer(case.dossier, case.actor)
    within = case.rules.supervision.answer_order_within
    seen = case.task.site_visits.filter(pk=visit).exclude(reported_at=None).first() if visit else None
    initial = {
        "rung": rungs[-1] if rows else rungs[0],
        "text": _draft(case, today, seen),
        "answer_by": _answer_by(today, within),
        "visit": seen.pk if seen else "",
    }
    open_one = next((one for one in reversed(rows) if one.lifted is None and (one.answer if pressing else one.answer is None)), None)
    return {
        "case": case,
        "rows": [
            (one, one.is_overdue(today), "" if one.answer or one.lifted else deadline(one.order.end, today, calendar).words) for one in rows
        ],
        "form": PressForm(rungs=rungs, initial=initial) if pressing else None,
        "why": why_deadline(today, within, calendar) if pressing else (),
        "words": OrderWordsForm(initial={"order": open_one.order.id}) if open_one and (pressing or answering) else None,
        "lifting": pressing,
        "open_one": open_one,
    }


def _answer_by(today: date, within: int) -> date | None:
    """The day that the form proposes; None where the calendar of the year is not announced."""
    try:
        return office_calendar().after(today, within)
    except CalendarUnknown:
        return None


def _draft(case: Case, today: date, seen: SiteVisit | None) -> str:
    """The letter's text as the file gives it: what a visit found, what is asked, and which answer is missing. Officials' own words, so Chinese whatever
    the page's language."""
    task = case.dossier.task
    late = [
        f"{one.rung}（{one.order.date}）要求{one.order.end}前答复，至今未答复。" for one in ladder(case.dossier) if one.is_overdue(today)
    ]
    due = f"整改时限{task.due_words or task.due}。" if task.due_words or task.due else ""
    found = ""
    if seen is not None and (told := seen.thing()).problems:
        found = f"{(told.arrived_at or told.date)[:10]}现场核查发现：{told.problems.rstrip('。')}。"
    return (
        f"{case.dossier.org_name(task.owner)}：{case.name}，{due}{found}{''.join(late)}请抓紧整改，并书面答复进展、存在的问题和下一步安排。"
    )
