"""What becomes of an objection 异议: by when it must be admitted and answered, whether it is open, and the receipt code that finds it again.

No rule of the land says what an objection does. Ours: it suspends the closing until it is answered, the answer is public, and one upheld returns
the task. One that comes after the window is 反映情况: it is answered too, and suspends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.kernel.workdays import CalendarUnknown, WorkCalendar
from xiaohao.publicity.receipt_code import parse_code, receipt_code
from xiaohao.publicity.window import Window, window_of

__all__ = [
    "ADMISSION_WORKDAYS",
    "ANSWER_WORKDAYS",
    "ObjectionClock",
    "ObjectionState",
    "answered_in_time",
    "clock_of",
    "is_late",
    "objections_of",
    "open_objections",
    "overdue_words",
    "parse_code",
    "receipt_code",
    "state_of",
    "state_words",
]

#: Working days within which the desk says whether an objection is looked into (UX.md D10; the office's rulebook may name its own).
ADMISSION_WORKDAYS = 2

#: Working days within which an objection is answered, counted from the day after it came. Our default until the office's rulebook gives its own.
ANSWER_WORKDAYS = 10


class ObjectionState(StrEnum):
    """Where an objection stands; the value is what pages and records call it in English."""

    OPEN = "open"  # 待答复
    ANSWERED = "answered"  # 已答复，不成立
    UPHELD = "upheld"  # 成立，退回整改
    LATE = "late"  # 期外，作为反映情况办理


@dataclass(frozen=True, slots=True)
class ObjectionClock:
    """By when the desk must say whether it is looked into, and by when it must be answered; None where the calendar is 待公布."""

    admit_by: date | None
    answer_by: date | None


def clock_of(received: date, calendar: WorkCalendar, *, answer_workdays: int = ANSWER_WORKDAYS) -> ObjectionClock:
    """The two deadlines of an objection received on that day. A deadline counts from tomorrow."""
    return ObjectionClock(_after(received, ADMISSION_WORKDAYS, calendar), _after(received, answer_workdays, calendar))


def overdue_words(due: date | None, today: date, calendar: WorkCalendar) -> str:
    """已超期 2 个工作日, 今天到期, 还有 3 个工作日, or 期限待公布."""
    if due is None:
        return say("期限待公布")
    if today == due:
        return say("今天到期")
    try:
        late = calendar.count(due + timedelta(days=1), today)
        left = calendar.count(today + timedelta(days=1), due)
    except CalendarUnknown:
        return say("期限待公布")
    return say("已超期 {days} 个工作日", days=late) if today > due else say("还有 {days} 个工作日", days=left)


def is_late(received: date, window: Window) -> bool:
    """Whether it came after the window; the last day is still in time, and one that came before the first day is early, not late."""
    return received > window.end


def state_of(record: Record, window: Window | None) -> ObjectionState:
    """Where the objection of this record stands; `window` is that of the notice it is about (None where there is none to be late for)."""
    received = parse_when(record.date) or parse_when(record.recorded_at)
    if record.upheld:
        return ObjectionState.UPHELD
    if window and received and is_late(received.last, window):
        return ObjectionState.LATE
    return ObjectionState.ANSWERED if record.answered_at else ObjectionState.OPEN


def objections_of(dossier: Dossier, task_id: str) -> tuple[tuple[Record, ObjectionState], ...]:
    """The task's objections in the order in which they came, each with where it stands."""
    notices = {record.id: window_of(record) for record in dossier.records_of(task_id, "publicity")}
    only = next(iter(notices.values())) if len(notices) == 1 else None
    return tuple((record, state_of(record, notices.get(record.of or "", only))) for record in dossier.records_of(task_id, "objection"))


def open_objections(dossier: Dossier, task_id: str) -> tuple[Record, ...]:
    """The objections that suspend the closing: in time, and not yet answered."""
    return tuple(record for record, state in objections_of(dossier, task_id) if state is ObjectionState.OPEN)


def state_words(state: ObjectionState) -> str:
    """待答复, 已答复，不成立 …"""
    return {
        ObjectionState.OPEN: say("待答复，销号暂停"),
        ObjectionState.ANSWERED: say("已答复，异议不成立"),
        ObjectionState.UPHELD: say("异议成立，退回整改"),
        ObjectionState.LATE: say("公示期后收到，按反映情况办理"),
    }[state]


def answered_in_time(record: Record, calendar: WorkCalendar, *, answer_workdays: int = ANSWER_WORKDAYS) -> bool | None:
    """Whether it was answered by its deadline; None while it is open or where the calendar is 待公布."""
    received = parse_when(record.date) or parse_when(record.recorded_at)
    answered = parse_when(record.answered_at)
    due = _after(received.last, answer_workdays, calendar) if received else None
    return answered.first <= due if answered and due else None


def _after(day: date, workdays: int, calendar: WorkCalendar) -> date | None:
    try:
        return calendar.after(day, workdays)
    except CalendarUnknown:
        return None
