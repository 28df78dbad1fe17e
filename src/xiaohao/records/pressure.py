"""Queries of supervision orders 督办 over many tasks: those that stand, with their day for an answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from xiaohao.procedure.pressure import ANSWER, LIFT, RUNGS
from xiaohao.records.models import Record, Task


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """One order that is not lifted: its record, the unit that made it, its rung, when it was made, the day by which an answer is due, whether one
    came."""

    task: Task
    order: str
    by: str
    rung: str
    date: str
    due: str
    answered: bool


def standing_orders(tasks: QuerySet[Task]) -> list[StandingOrder]:
    """Orders about these tasks that nobody has lifted."""
    rows = list(Record.objects.filter(type="order", on_tasks__in=tasks.order_by()).distinct().order_by("recorded_at", "pk"))
    ended = {(row.more.get("stage"), row.more.get("of")) for row in rows}
    found = []
    for row in rows:
        rung = row.more.get("stage", "")
        if rung in RUNGS and (LIFT, row.pk) not in ended:
            answered = (ANSWER, row.pk) in ended
            for task in row.on_tasks.select_related("owner", "list"):
                found.append(StandingOrder(task, row.pk, row.org_id or "", rung, row.date, row.more.get("end", ""), answered))
    return found
