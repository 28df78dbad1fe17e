"""What the public entries alone must obey, task by task: a stranger can check these rules without asking anybody.

Rules look at the states that a task enters, not at the names of steps, so that they hold for every route of every rulebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from xiaohao.journal.entry import SELF_ACCEPTANCE, ActedBy, Entry, EntryType, Outcome, Window
from xiaohao.journal.receipt import receipted
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.workdays import CalendarUnknown, WorkCalendar

#: States of a task (docs/dossier.md, Task.status) that the rules below are about.
CLAIMED, ACCEPTED, PUBLISHED, CLOSED, REOPENED = "claimed_done", "accepted", "published", "closed", "reopened"
#: The step that takes a notice back.
_WITHDRAW = "withdraw_notice"
#: Gates that a level above may waive in public (step `override`); the rule of the same name here then holds its peace.
_HANDS, _WINDOW, _OBJECTIONS = "separate_hands", "window_complete", "no_open_objection"


@dataclass(slots=True)
class TaskSoFar:
    """What the entries so far say of one task."""

    seq: int = 0
    state: str | None = None
    window: Window | None = None
    opened_on: date | None = None
    claimed_by: ActedBy | None = None
    open_objections: set[str] = field(default_factory=set)
    exceptions: set[str] = field(default_factory=set)

    def take(self, entry: Entry) -> None:
        """Move on by one entry of this task."""
        self.seq = entry.seq or self.seq
        self.exceptions.update(entry.exceptions)
        if entry.type is EntryType.OBJECTION_DECIDED and entry.outcome is not Outcome.ADMITTED:
            self.open_objections.discard(entry.objection or "")
        if entry.state is None:
            return
        self.state = entry.state
        if entry.state == CLAIMED:
            self.claimed_by = entry.decided_by
        if entry.state == PUBLISHED:
            self.window, self.opened_on = entry.notice, entry.at.date()
        if entry.step == _WITHDRAW or entry.state == REOPENED:
            self.window = self.opened_on = None
        if entry.state == REOPENED:
            self.claimed_by = None
            self.exceptions.clear()

    def allows(self, exception: str, entry: Entry) -> bool:
        """Whether an exception was made in public, in this entry or before."""
        return exception in self.exceptions or exception in entry.exceptions


#: Looks at a task as it stood and the entry that comes next; yields what is not as it must be.
Rule: TypeAlias = Callable[[TaskSoFar, Entry, WorkCalendar], Iterator[Said]]


def follows_on(task: TaskSoFar, entry: Entry, calendar: WorkCalendar) -> Iterator[Said]:
    """No entry of a task is missing, and each starts in the state where the one before ended."""
    if entry.seq != task.seq + 1:
        yield say("任务 {task} 应是第 {wanted} 条，写的是第 {found} 条", task=entry.task, wanted=task.seq + 1, found=entry.seq)
    if entry.prev_state is not None and entry.prev_state != task.state:
        yield say("任务 {task} 此前的状态与记录写的不一致", task=entry.task)
    if entry.prev_state is None and entry.state is not None and task.state is not None:
        yield say("任务 {task} 改变状态而没有写此前的状态", task=entry.task)


def separate_hands(task: TaskSoFar, entry: Entry, calendar: WorkCalendar) -> Iterator[Said]:
    """Whoever accepts is not the responsible unit (unless the rulebook allows it and the entry says so), and never the person who applied."""
    acceptor = entry.decided_by
    if entry.state != ACCEPTED or acceptor is None or _carried_in(entry) or task.allows(_HANDS, entry):
        return
    if acceptor.unit == entry.unit and not task.allows(SELF_ACCEPTANCE, entry):
        yield say("任务 {task} 的验收单位就是责任单位", task=entry.task)
    if task.claimed_by and task.claimed_by.staff == acceptor.staff:
        yield say("任务 {task} 的验收人就是申请人", task=entry.task)


def notice_stood(task: TaskSoFar, entry: Entry, calendar: WorkCalendar) -> Iterator[Said]:
    """A task is closed only after its notice was opened and stood for all its days."""
    if entry.state != CLOSED or _carried_in(entry) or task.allows(_WINDOW, entry):
        return
    if task.window is None or task.opened_on is None:
        yield say("任务 {task} 没有公示就销号", task=entry.task)
        return
    yield from window_stood(task.window, task.opened_on, entry.at.date(), calendar)


def no_open_objection(task: TaskSoFar, entry: Entry, calendar: WorkCalendar) -> Iterator[Said]:
    """A task with an objection that nobody has decided is not closed."""
    if entry.state == CLOSED and task.open_objections and not task.allows(_OBJECTIONS, entry):
        yield say("任务 {task} 有 {count} 件异议没有结论就销号", task=entry.task, count=len(task.open_objections))


#: The rules that every replay applies.
PUBLIC_RULES: tuple[Rule, ...] = (follows_on, separate_hands, notice_stood, no_open_objection)


def window_stood(window: Window, opened_on: date, closed_on: date, calendar: WorkCalendar) -> Iterator[Said]:
    """Whether a notice that was in the log from `opened_on` stood for `window.days` before a closing on `closed_on`.
    Only whole days count: from the later of first day and `opened_on` to the earlier of last day and the day before the closing.
    Working days of a year that is not yet announced cannot be counted; then nothing is said of their number."""
    if opened_on > window.first:
        yield say("公示写明 {first} 开始，{opened} 才入日志", first=window.first, opened=opened_on)
    if closed_on <= window.last:
        yield say("公示到 {last} 为止，{closed} 就已销号", last=window.last, closed=closed_on)
    try:
        stood = days_stood(window, opened_on, closed_on, calendar)
    except CalendarUnknown:
        return
    if stood < window.days and window.counted == "workday":
        yield say("公示应满 {days} 个工作日，实有 {stood} 个", days=window.days, stood=stood)
    elif stood < window.days:
        yield say("公示应满 {days} 天，实有 {stood} 天", days=window.days, stood=stood)


def days_stood(window: Window, opened_on: date, closed_on: date, calendar: WorkCalendar) -> int:
    """Days of the window's kind on which the notice stood (see window_stood). Raises CalendarUnknown."""
    first = max(window.first, opened_on)
    last = min(window.last, closed_on - timedelta(days=1))
    if window.counted == "workday":
        return calendar.count(first, last)
    return max(0, (last - first).days + 1)


def _carried_in(entry: Entry) -> bool:
    """A task that begins its life here in a late state was done before the system came and is not judged (原已销号，本系统未核)."""
    return entry.seq == 1 and entry.prev_state is None


class PublicReplay:
    """Replays entries in their order. Holds a few words for each task that has appeared."""

    def __init__(self, calendar: WorkCalendar, rules: tuple[Rule, ...] = PUBLIC_RULES) -> None:
        self._calendar = calendar
        self._rules = rules
        self._tasks: dict[str, TaskSoFar] = {}
        self._received: set[str] = set()

    def take(self, entry: Entry) -> tuple[Said, ...]:
        """What is not as it must be when `entry` comes next."""
        said: list[Said] = []
        for objection in entry.objections:
            self._task(objection.task).open_objections.add(objection.digest)
        for digest in receipted(entry):
            if digest in self._received:
                said.append(say("同一异议写了两次：{digest}", digest=digest))
            self._received.add(digest)
        if entry.task is not None and entry.seq is not None:
            task = self._task(entry.task)
            if entry.objection and entry.objection not in self._received:
                said.append(say("答复的异议不在日志里：{digest}", digest=entry.objection))
            said += [one for rule in self._rules for one in rule(task, entry, self._calendar)]
            task.take(entry)
        return tuple(said)

    def _task(self, name: str) -> TaskSoFar:
        return self._tasks.setdefault(name, TaskSoFar())
