"""D10: objections by the time that is left, and one of them with what was said about it before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import WorkCalendar
from xiaohao.publicity.objections import ADMISSION_WORKDAYS, ObjectionClock, clock_of, overdue_words
from xiaohao.publicity.why import why_deadline
from xiaohao.records.calendar import office_calendar
from xiaohao.records.models import Objection, Task
from xiaohao.records.rulebooks import rulebook_of

_CHANNELS = {"web": say("网上"), "phone": say("电话"), "letter": say("来信")}
#: Characters of a run that counts as copied: shorter ones are names and phrases that any answer shares with the statement.
_RUN = 8
#: An answer of which this share stands word for word in the unit's own statement must be confirmed (UX.md, D10).
MOST_COPIED = 0.5


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One objection of the queue. `due` is the day that counts now: to be admitted, then to be answered."""

    href: str
    objection: Objection
    channel: Said
    state: str
    todo: Said | str
    due: date | None
    words: str
    is_past: bool


def queue_of(rows: Iterable[Objection], at: datetime) -> tuple[QueueLine, ...]:
    """Open ones first, the least time left first; the ended ones after them, newest first."""
    today = at.astimezone(CST).date()
    calendar = office_calendar()
    lines = [_line(row, today, calendar) for row in rows]
    waiting = sorted((line for line in lines if line.todo), key=lambda line: (line.due or date.max, line.objection.received_at))
    ended = sorted((line for line in lines if not line.todo), key=lambda line: line.objection.received_at, reverse=True)
    return (*waiting, *ended)


def clock_for(row: Objection, calendar: WorkCalendar | None = None) -> ObjectionClock:
    """The two deadlines by the rulebook of the objection's task."""
    return clock_of(
        row.received_at.astimezone(CST).date(), calendar or office_calendar(), answer_workdays=rulebook_of(row.task).objection.answer_within
    )


def why_due(row: Objection) -> tuple[Said, ...]:
    """Why the deadline that runs now falls on its day; () where none runs."""
    rules = rulebook_of(row.task).objection
    within = {"received": ADMISSION_WORKDAYS, "admitted": rules.answer_within}.get(state_of(row))
    return why_deadline(row.received_at.astimezone(CST).date(), within, office_calendar()) if within else ()


def state_of(row: Objection) -> str:
    """A key of LOOKS."""
    if row.withdrawn_at:
        return "withdrawn"
    if row.answered_at:
        return "upheld" if row.upheld else "not_upheld"
    if row.admissible is None:
        return "received"
    return "admitted" if row.admissible else "inadmissible"


def _line(row: Objection, today: date, calendar: WorkCalendar) -> QueueLine:
    clock, state = clock_for(row, calendar), state_of(row)
    due = clock.admit_by if state == "received" else clock.answer_by if state == "admitted" else None
    todo = {"received": say("决定是否受理"), "admitted": say("答复")}.get(state, "")
    return QueueLine(
        reverse("desk_objection", args=[row.pk]),
        row,
        _CHANNELS[row.channel],
        state,
        todo,
        due,
        overdue_words(due, today, calendar) if todo else "",
        bool(due and due < today),
    )


def answers_due(rows: Iterable[Objection]) -> dict[str, date]:
    """By task id, the day by which the first of its open objections must be admitted or answered."""
    found: dict[str, date] = {}
    calendar = office_calendar()
    for row in rows:
        clock = clock_for(row, calendar)
        due = clock.admit_by if state_of(row) == "received" else clock.answer_by
        if due is not None:  # the calendar does not reach: 待公布
            found[row.task_id] = min(due, found.get(row.task_id, due))
    return found


def similar_to(row: Objection) -> tuple[Objection, ...]:
    """Others about the same task that are still open: each keeps its own receipt, but one answer may do for all."""
    others = Objection.objects.filter(task=row.task, answered_at=None, withdrawn_at=None).exclude(pk=row.pk).defer("contact")
    return tuple(others.order_by("received_at"))


def checkers_of(task: Task) -> Said:
    """Who may not be the one that checks: the units that did, accepted or reviewed the work."""
    return say("核查不能由责任单位、验收单位或审核单位来做。受理：{desk}", desk=task.desk.name if task.desk else "")


def copied_share(answer: str, statement: str) -> float:
    """Share of the answer's characters that stand in runs of the statement."""
    plain, source = "".join(answer.split()), "".join(statement.split())
    if len(plain) < _RUN:
        return 0.0
    copied = [False] * len(plain)
    for start in range(len(plain) - _RUN + 1):
        if plain[start : start + _RUN] in source:
            copied[start : start + _RUN] = [True] * _RUN
    return sum(copied) / len(plain)
