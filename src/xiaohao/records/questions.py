"""Which questions 质询 wait for their answer, over many tasks at once; procedure/questions.py says the same of one case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from xiaohao.records.models import Record, Task


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question: its id, its task, the unit that asked, and the day by which it is answered (ISO, "" where none was set)."""

    question: str
    task: Task
    by: str | None
    due: str


def open_questions_of(tasks: QuerySet[Task]) -> Iterator[Asked]:
    """The questions of these tasks that have no answer, oldest first. A return closes its round: what was asked before it stands in its letter."""
    rows = Record.objects.filter(on_tasks__in=tasks)
    questions = list(
        rows.filter(type="question").order_by("recorded_at", "pk").values_list("pk", "on_tasks", "recorded_at", "org", "more__end")
    )
    if not questions:
        return
    answered = set(rows.filter(type="reply").values_list("more__of", flat=True))
    returned = dict(rows.filter(type="return").order_by().values_list("on_tasks").annotate(Max("recorded_at")))
    known = Task.objects.in_bulk({task for _, task, *_ in questions})
    for pk, task, at, org, due in questions:
        if pk not in answered and (task not in returned or at >= returned[task]):
            yield Asked(pk, known[task], org, due or "")
