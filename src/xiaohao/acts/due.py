"""Telling people of days that fall due: tasks and their measures, findings and questions to answer, objections to decide on, orders to answer.

Every message has the id of what it says, the due day and the person, so a look that was cut off and is taken again tells nobody twice and leaves
nobody out. Soon: whoever does the work. Past: their heads, and whoever presses.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from xiaohao.acts.countersigning import ask_to_sign
from xiaohao.acts.telling import people_of, tell
from xiaohao.kernel.roles import Role
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST, parse_when
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.procedure.pressure import RUNGS
from xiaohao.records.calendar import office_calendar
from xiaohao.records.countersigns import open_rounds
from xiaohao.records.models import Finding, Objection, Plan, Task
from xiaohao.records.pressure import standing_orders
from xiaohao.records.questions import open_questions_of
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.worklist import ENDED, WORKED_ON

#: Days before the due day on which work is reminded of (a task or a measure takes days to finish, an answer hours). Ours; no rule gives a figure.
_WORK_BEFORE, _ANSWER_BEFORE = 10, 2
_DOES = (Role.REPORTER,)
_PRESSES = (Role.CLERK, Role.SUPERVISOR)


def remind_of_days(at: datetime) -> int:
    """One look at everything that has a day; returns how many messages were made."""
    today = at.astimezone(CST).date()
    looks = (_tasks, _measures, _findings, _questions, _objections, _orders, _countersigns)
    return sum(made for look in looks for made in look(today, at))


def _tasks(today: date, at: datetime) -> Iterator[int]:
    for task in _at_work():
        when = parse_when(task.due)
        if when is None or (when.last - today).days > _WORK_BEFORE:
            continue
        about, due = f"{task.pk}/{task.address}", when.last.isoformat()
        if when.last >= today:
            words = say("第 {number} 项“{title}”的整改时限 {due} 将到", number=task.number, title=_title(task), due=due)
            yield tell(people_of({task.owner_id}, *_DOES), "task_soon", about, words, at, once=due)
        else:
            words = say("第 {number} 项“{title}”的整改时限 {due} 已过", number=task.number, title=_title(task), due=due)
            yield tell(_heads(task) | _above(task), "task_overdue", about, words, at, once=due)


def _measures(today: date, at: datetime) -> Iterator[int]:
    """Measures of the newest plan; a measure due with its task, or after it, is the task's matter."""
    newest: dict[str, Plan] = {}
    for row in Plan.objects.filter(task__in=_at_work().order_by().values("pk")).select_related("task", "task__owner").order_by("version"):
        newest[row.task_id] = row
    for row in newest.values():
        task = row.task
        end = parse_when(task.due)
        for measure in row.thing().measures:
            when = parse_when(measure.due)
            if when is None or (end and when.last >= end.last) or not 0 <= (when.last - today).days <= _WORK_BEFORE:
                continue
            words = say(
                "第 {number} 项第 {measure} 条措施 {due} 到期", number=task.number, measure=measure.number, due=when.last.isoformat()
            )
            yield tell(people_of({task.owner_id}, *_DOES), "measure_soon", f"{measure.id}/{task.address}", words, at, once=measure.due)


def _findings(today: date, at: datetime) -> Iterator[int]:
    soon = (today + timedelta(days=_ANSWER_BEFORE)).isoformat()
    waiting = Finding.objects.filter(standing=True, answered_at=None, answer_due__lte=soon).exclude(answer_due="").exclude(severity="note")
    for finding in waiting.select_related("task", "must_answer").order_by("pk"):
        task, asked = finding.task, finding.must_answer_id or finding.task.owner_id
        about = f"{finding.pk}/{task.address}"
        if finding.answer_due >= today.isoformat():
            words = say("第 {number} 项有疑点未答复，{due} 到期", number=task.number, due=finding.answer_due)
            yield tell(people_of({asked}, *_answer(task, asked)), "finding_soon", about, words, at, once=finding.answer_due)
        else:
            words = say("第 {number} 项的疑点逾期未答复（{due} 到期）", number=task.number, due=finding.answer_due)
            heads = people_of({asked}, *_answer(task, asked), Role.HEAD)
            yield tell(heads | _above(task), "finding_overdue", about, words, at, once=finding.answer_due)


def _answer(task: Task, asked: str) -> tuple[Role, ...]:
    return _DOES if asked == task.owner_id else (Role.ACCEPTOR, Role.REVIEWER, Role.CLERK)


def _questions(today: date, at: datetime) -> Iterator[int]:
    """What acceptors, reviewers and assessors have asked; while it is open their verdict waits, so they learn of an overdue one as well."""
    tasks = Task.objects.filter(WORKED_ON).exclude(status__in=ENDED)
    for asked in open_questions_of(tasks):
        when, task = parse_when(asked.due), asked.task
        if when is None or (when.last - today).days > _ANSWER_BEFORE:
            continue
        about, due = f"{asked.question}/{task.address}", when.last.isoformat()
        if when.last >= today:
            words = say("第 {number} 项有质询未答复，{due} 到期", number=task.number, due=due)
            yield tell(people_of({task.owner_id}, *_DOES), "question_soon", about, words, at, once=due)
        else:
            words = say("第 {number} 项的质询逾期未答复（{due} 到期）", number=task.number, due=due)
            asking = people_of({asked.by}, Role.ACCEPTOR, Role.REVIEWER, Role.ASSESSOR)
            yield tell(_heads(task) | asking | _above(task), "question_overdue", about, words, at, once=due)


def _objections(today: date, at: datetime) -> Iterator[int]:
    """The day for admitting comes first, then that for the answer; both in working days of the task's rulebook."""
    waiting = Objection.objects.filter(late=False, answered_at=None, withdrawn_at=None).exclude(admissible=False).defer("contact")
    for one in waiting.select_related("task").order_by("pk"):
        rules = rulebook_of(one.task).objection
        within = rules.admit_within if one.admissible is None else rules.answer_within
        try:
            due = office_calendar().after((one.recheck_asked_at or one.received_at).astimezone(CST).date(), within)
        except CalendarUnknown:
            continue  # no day can be computed before the year is announced; the page says so
        if (due - today).days > _ANSWER_BEFORE:
            continue
        judged = one.admissible is None
        asks = say("决定是否受理") if judged else say("答复")
        about, once = f"{one.pk}/{one.task.address}", f"{due} {'admit' if judged else 'answer'}"
        clerks = people_of({one.task.desk_id}, Role.DESK)
        if due >= today:
            words = say("第 {number} 项的异议请在 {due} 前{asks}", number=one.task.number, due=due.isoformat(), asks=asks)
            yield tell(clerks, "objection_soon", about, words, at, once=once)
        else:
            words = say("第 {number} 项的异议应在 {due} 前{asks}，已逾期", number=one.task.number, due=due.isoformat(), asks=asks)
            yield tell(clerks | people_of({one.task.desk_id}, Role.HEAD), "objection_overdue", about, words, at, once=once)


def _orders(today: date, at: datetime) -> Iterator[int]:
    for one in standing_orders(Task.objects.all()):
        when = parse_when(one.due)
        if one.answered or when is None or (when.last - today).days > _ANSWER_BEFORE:
            continue
        task, rung = one.task, RUNGS[one.rung]
        about, due = f"{one.order}/{task.address}", when.last.isoformat()
        if when.last >= today:
            words = say("第 {number} 项的{rung}请在 {due} 前答复", number=task.number, rung=rung, due=due)
            yield tell(people_of({task.owner_id}, *_DOES, Role.HEAD), "order_soon", about, words, at, once=due)
        else:
            words = say("第 {number} 项的{rung}逾期未答复（{due} 到期），可以加重一级", number=task.number, rung=rung, due=due)
            above = _above(task) | people_of({one.by}, *_PRESSES)
            yield tell(_heads(task) | above, "order_overdue", about, words, at, once=due)


def _countersigns(today: date, at: datetime) -> Iterator[int]:
    """Whoever has not been told that a sheet waits for them is told now; past its day their heads and the sender are."""
    for one in open_rounds():
        yield ask_to_sign(one.address, one.sheet, one.sheet.turn, at)
        if one.late(today.isoformat()):
            sheet = one.sheet.record
            words = say("“{title}”逾期没有会签（{due} 到期）", title=sheet.title or "", due=one.sheet.due)
            people = people_of(one.sheet.turn, *_DOES, Role.HEAD) | people_of({sheet.org}, *_DOES, Role.CLERK, Role.ACCEPTOR)
            yield tell(people, "countersign_overdue", f"{sheet.id}/{one.address}", words, at, once=one.sheet.due)


def _at_work() -> QuerySet[Task]:
    """Tasks on which work is due, with their units."""
    return Task.objects.filter(WORKED_ON).exclude(status__in=ENDED).exclude(due="").select_related("owner").order_by("pk")


def _heads(task: Task) -> set[str]:
    return people_of({task.owner_id}, *_DOES, Role.HEAD)


def _above(task: Task) -> set[str]:
    return people_of({task.supervisor_id, task.lead_id}, *_PRESSES)


def _title(task: Task) -> str:
    return task.title or task.problem[:20]
