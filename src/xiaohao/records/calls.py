"""Queries of calls for progress: which a person may read, what each task owes to one, and what was said of a measure the last time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from xiaohao.dossier.oversight import CallLine
from xiaohao.kernel.roles import Actor, Role
from xiaohao.procedure.steps import REPORT
from xiaohao.records.models import Call, CallAnswer, Message, Task
from xiaohao.records.public_pages import Lines
from xiaohao.records.worklist import co_owned_by, root_of, visible_to

#: Statuses in which a task reports progress; in any other there is nothing to ask.
REPORTING = tuple(state.value for state in REPORT.after)
#: Kinds of messages about a call; an escalation's `about` is call/task.
ASKED, SOON, ESCALATION = "call", "call_soon", "call_overdue"


class Standing(StrEnum):
    """How a task stands to a call."""

    ANSWERED = "answered"  # 按时答复
    LATE = "late"  # 逾期答复
    OWING = "owing"  # 待答复
    OVERDUE = "overdue"  # 逾期未答复
    MOVED_ON = "moved_on"  # 已进入验收等环节，不再答复


@dataclass(frozen=True, slots=True)
class Asked:
    """One task of a call: its answer or None, how it stands, and on which day it was put before the heads and the supervisor ("" never)."""

    task: Task
    answer: CallAnswer | None
    standing: Standing
    escalated_on: str = ""

    @property
    def lines(self) -> tuple[CallLine, ...]:
        return self.answer.thing().lines if self.answer else ()


def calls_for(actor: Actor) -> QuerySet[Call]:
    """Calls that ask about a task which this person may read, or that their unit issued; newest first."""
    seen = Q(org=actor.org) | Q(on_tasks__in=visible_to(actor).order_by())
    return Call.objects.filter(seen).select_related("org").distinct().order_by("-issued_at", "pk")


def page_of(actor: Actor, *, after: str, size: int) -> Lines[Call]:
    """The page of `calls_for` that follows the call of that id. An unknown id begins at the beginning."""
    found, last = calls_for(actor), Call.objects.filter(pk=after).first() if after else None
    if last:
        found = found.filter(Q(issued_at__lt=last.issued_at) | Q(issued_at=last.issued_at, pk__gt=last.pk))
    rows = tuple(found[: size + 1])
    return Lines(rows[:size], rows[size - 1].pk if len(rows) > size else "")


def asked_by(call: Call, tasks: QuerySet[Task], today: date) -> tuple[Asked, ...]:
    """Those of `tasks` that the call asks about, those that owe an answer first."""
    answers = {answer.task_id: answer for answer in call.answers.select_related("task")}
    escalated = dict(Message.objects.filter(kind=ESCALATION, about__startswith=f"{call.pk}/").values_list("about", "made_at"))
    rows = []
    for task in tasks.filter(calls=call).select_related("owner", "list").order_by("address"):
        raised = escalated.get(f"{call.pk}/{task.pk}")
        answer = answers.get(task.pk)
        rows.append(Asked(task, answer, standing_of(call, task, answer, today), f"{raised:%Y-%m-%d}" if raised else ""))
    order = (Standing.OVERDUE, Standing.OWING, Standing.LATE, Standing.ANSWERED, Standing.MOVED_ON)
    return tuple(sorted(rows, key=lambda row: order.index(row.standing)))


def standing_of(call: Call, task: Task, answer: CallAnswer | None, today: date) -> Standing:
    """An answer on the due day itself is in time."""
    if answer:
        return Standing.LATE if answer.thing().recorded_at[:10] > call.due else Standing.ANSWERED
    if task.status not in REPORTING:
        return Standing.MOVED_ON
    return Standing.OVERDUE if today.isoformat() > call.due else Standing.OWING


def unanswered(call: Call) -> QuerySet[Task]:
    """Tasks of the call that owe an answer."""
    return Task.objects.filter(calls=call, status__in=REPORTING).exclude(call_answers__call=call).select_related("owner", "list")


def owed_by(actor: Actor, among: Iterable[Call] | None = None) -> list[tuple[Call, Task]]:
    """Answers that this person's unit owes (to these calls, to any without them), soonest due first."""
    if not actor.roles & {Role.REPORTER, Role.HEAD}:
        return []
    theirs = Q(owner=actor.org) | co_owned_by(actor.org)
    pairs = []
    calls = Call.objects.filter(on_tasks__in=Task.objects.filter(theirs))
    if among is not None:
        calls = calls.filter(pk__in=[call.pk for call in among])
    for call in calls.distinct().order_by("due", "pk"):
        pairs += [(call, task) for task in unanswered(call).filter(theirs).order_by("address")]
    return pairs


def last_lines(task: str, before: Call | None = None) -> dict[str, CallLine]:
    """What the task's newest answer (before that call was issued) said, by measure."""
    answers = CallAnswer.objects.filter(task=task)
    if before:
        answers = answers.filter(call__issued_at__lt=before.issued_at)
    newest = answers.order_by("-recorded_at").first()
    return {line.measure: line for line in newest.thing().lines} if newest else {}


def may_be_asked(actor: Actor) -> QuerySet[Task]:
    """Tasks that a call of this person may ask about: at work, in their subtree."""
    if root_of(actor.org) is None:
        return Task.objects.none()
    return visible_to(actor).filter(status__in=REPORTING).order_by("address")


def unseen(person: str) -> QuerySet[Message]:
    """Reminders that this person has not put away."""
    return Message.objects.filter(person=person, seen_at=None).order_by("-made_at", "pk")
