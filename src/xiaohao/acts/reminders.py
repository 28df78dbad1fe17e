"""Telling people what waits for them: a call that came, one that falls due, one that is overdue and goes to the heads and the supervisor.

A message has the id of what it says to whom, so a look that was cut off and is taken again tells nobody twice and leaves nobody out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from xiaohao.acts.telling import people_of, tell
from xiaohao.kernel.roles import Role
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST
from xiaohao.records.calls import ASKED, ESCALATION, SOON, unanswered
from xiaohao.records.models import Call, Message, Task

#: Days before the due day on which a unit is reminded. Ours; no rule of the land gives a figure.
_DAYS_BEFORE = 2


def remind(at: datetime) -> int:
    """One look at every call that is not answered yet; returns how many messages were made. Safe to repeat and to be cut off anywhere."""
    today = at.astimezone(CST).date()
    soon = (today + timedelta(days=_DAYS_BEFORE)).isoformat()
    made = 0
    for call in Call.objects.filter(due__lte=soon, answers_complete_at=None).order_by("pk"):
        waiting = list(unanswered(call))
        with transaction.atomic():
            if call.due < today.isoformat():
                made += sum(_escalate(call, task, at) for task in waiting)
            elif waiting:
                made += sum(_remind(call, task, at) for task in waiting)
            if not waiting:
                Call.objects.filter(pk=call.pk).update(answers_complete_at=at)
    return made


def tell_of_call(call: Call, at: datetime) -> None:
    """The units asked learn of it."""
    for task in unanswered(call):
        words = say("{title}：请在 {due} 前答复第 {number} 项", title=call.title, due=call.due, number=task.number)
        tell(people_of({task.owner_id}, Role.REPORTER, Role.HEAD), ASKED, _about(call, task), words, at)


def put_away(*, person: str, message: str, at: datetime) -> None:
    """The person has read it. Another person's message stays as it is."""
    Message.objects.filter(pk=message, person=person, seen_at=None).update(seen_at=at)


def _remind(call: Call, task: Task, at: datetime) -> int:
    words = say("{title}：第 {number} 项还没有答复，{due} 到期", title=call.title, number=task.number, due=call.due)
    return tell(people_of({task.owner_id}, Role.REPORTER), SOON, _about(call, task), words, at)


def _escalate(call: Call, task: Task, at: datetime) -> int:
    words = say(
        "{title}：{unit}的第 {number} 项逾期未答复（{due} 到期）", title=call.title, unit=task.owner.name, number=task.number, due=call.due
    )
    heads = people_of({task.owner_id}, Role.REPORTER, Role.HEAD)
    above = people_of({task.supervisor_id, call.org_id}, Role.CLERK, Role.SUPERVISOR)
    return tell({*heads, *above}, ESCALATION, _about(call, task), words, at)


def _about(call: Call, task: Task) -> str:
    return f"{call.pk}/{task.pk}"
