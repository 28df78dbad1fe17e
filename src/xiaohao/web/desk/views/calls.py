"""调度: calls for progress, who owes what by when, the answer measure by measure, and the table and the brief on paper."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import calls as acts
from xiaohao.acts import reminders
from xiaohao.acts.clock import now
from xiaohao.documents.call_paper import call_sheet
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.publicity.progress import CALL_STATUS
from xiaohao.records import calls
from xiaohao.records.calendar import office_calendar
from xiaohao.records.calls import Asked, Standing
from xiaohao.records.models import Call
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import account_of, opened
from xiaohao.web.desk.forms.calls import CallAnswerForm, CallForm
from xiaohao.web.desk.pages.calls import KINDS, STANDING, measures_in_force, paper_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

#: Calls on one page: some four years of monthly ones.
_MOST = 50
#: Working days that the form proposes for an answer. Ours; the office types its own.
_DAYS_TO_ANSWER = 5
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAPER = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def room(request: HttpRequest) -> HttpResponse:
    """What this person's unit owes, and the calls that they may read."""
    actor = account_of(request).actor
    today, tasks = now().astimezone(CST).date(), visible_to(actor)
    rows = []
    for call in calls.calls_for(actor)[:_MOST]:
        asked = calls.asked_by(call, tasks, today)
        owing = sum(one.standing in (Standing.OWING, Standing.OVERDUE) for one in asked)
        rows.append((call, KINDS[call.thing().kind], len(asked), owing, any(one.standing is Standing.OVERDUE for one in asked)))
    context = {
        "rows": rows,
        "owed": [(call, task, call.due < today.isoformat()) for call, task in calls.owed_by(actor)],
        "may_issue": bool(actor.roles & acts.ISSUE),
    }
    return show(request, "calls", context)


def new(request: HttpRequest) -> HttpResponse:
    """Issue a call."""
    actor, at = account_of(request).actor, now()
    today = at.astimezone(CST).date()
    first = today.replace(day=1)
    initial = {"kind": "monthly", "title": f"{today.year}年{today.month}月整改进展调度", "start": first, "end": today}
    tasks = list(calls.may_be_asked(actor))
    initial |= {"due": _proposed_due(today), "tasks": [task.pk for task in tasks]}
    form = CallForm(request.POST if request.method == "POST" else None, tasks=tasks, today=today, initial=initial)
    if request.method != "POST":
        return show(request, "call_new", {"form": form})
    if form.is_valid():
        try:
            receipt = acts.issue_call(by=actor, at=at, key=form.cleaned_data["key"], asking=form.asking())
        except Refused as refused:
            for unmet in refused.unmet:
                form.add_error(None, f"{say_it(unmet.fact)}：{say_it(unmet.way)}")
        else:
            messages.success(request, _("调度已发出，责任单位已收到提醒。"))
            return redirect("desk_call", receipt.result["call"])
    return show_again(request, "call_new", {"form": form, "errors": errors_of(form)})


def _proposed_due(today: date) -> date | None:
    """None where the calendar of the year is not announced: no day is promised."""
    try:
        return office_calendar().after(today, _DAYS_TO_ANSWER)
    except CalendarUnknown:
        return None


def one(request: HttpRequest, call: str) -> HttpResponse:
    """One call: each task with how it stands and what it answered."""
    row, asked = _opened(request, call)
    owed = {task.pk for owed_call, task in calls.owed_by(account_of(request).actor) if owed_call.pk == row.pk}
    shown = [(one, STANDING[one.standing], _answered(one), one.task.pk in owed, one.standing is Standing.OVERDUE) for one in asked]
    return show(request, "call", {"call": row, "asked": row.thing(), "kind": KINDS[row.thing().kind], "rows": shown})


def _answered(one: Asked) -> list[tuple[str, str, str, bool]]:
    measures = {measure.id: measure for measure in measures_in_force(one.task)}
    found = []
    for line in one.lines:
        measure = measures.get(line.measure)
        words = f"{measure.number}. {measure.text}" if measure else line.measure
        found.append((words, CALL_STATUS[line.status], line.text or "", bool(line.unchanged)))
    return found


def answer(request: HttpRequest, call: str, no: str) -> HttpResponse:
    """Answer for one task."""
    case = opened(request, no)
    row = Call.objects.filter(pk=call, on_tasks=case.task).select_related("org").first()
    if row is None:
        raise Http404
    measures, before = case.dossier.measures_of(case.task.pk), calls.last_lines(case.task.pk, row)
    draft = drafts.kept(request, case.task, "report")
    initial = {**(draft.values if draft else {}), "version": case.task.version}
    form = CallAnswerForm(request.POST if request.method == "POST" else None, measures=measures, before=before, initial=initial)
    context = {
        "case": case,
        "call": row,
        "asked": row.thing(),
        "form": form,
        "rows": [(m, last, CALL_STATUS[last.status] if last else "", status, text) for m, last, status, text in form.rows],
    }
    if request.method != "POST":
        return show(request, "call_answer", context)
    if not form.is_valid():
        return show_again(request, "call_answer", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: acts.answer_call(
            call=row.pk, task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], lines=form.lines(), version=typed["version"]
        ),
        done=_("调度已答复。"),
        to=reverse("desk_call", args=[row.pk]),
        step="report",
        typed=drafts.typed_in(form),
    )


def sheet(request: HttpRequest, call: str) -> HttpResponse:
    """The progress table of the tasks that this person may read."""
    row, asked = _opened(request, call)
    return _file(call_sheet(paper_of(row, asked, now().astimezone(CST))), _SHEET, f"{row.pk}.xlsx")


def brief(request: HttpRequest, call: str) -> HttpResponse:
    """The brief on the tasks that this person may read."""
    from xiaohao.documents.call_brief import call_brief  # late, with the library of Word documents

    row, asked = _opened(request, call)
    words = {"behind": str(CALL_STATUS["behind"]), "overdue": str(STANDING[Standing.OVERDUE])}
    return _file(call_brief(paper_of(row, asked, now().astimezone(CST)), **words), _PAPER, f"{row.pk}.docx")


def put_away(request: HttpRequest, message: str) -> HttpResponse:
    """The reminder has been read."""
    reminders.put_away(person=account_of(request).person_id, message=message, at=now())
    return redirect("today")


def _opened(request: HttpRequest, call: str) -> tuple[Call, tuple[Asked, ...]]:
    """The call and those of its tasks that this person may read. Raises Http404, with the same words, for one they may not."""
    actor = account_of(request).actor
    row = calls.calls_for(actor).filter(pk=call).first()
    if row is None:
        raise Http404
    return row, calls.asked_by(row, visible_to(actor), now().astimezone(CST).date())


def _file(content: bytes, media: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
