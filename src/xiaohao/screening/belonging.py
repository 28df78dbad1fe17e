"""To which task a thing of a ledger belongs, for checks that look at all tasks together: a document may serve one, several or none in particular."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xiaohao.dossier import Dossier
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.screening.finding import Finding, Skipped


def tasks_of(ledger: Dossier, thing_id: str) -> frozenset[str]:
    """Ids of the tasks that a thing names, or that name it (the document of a plan); empty for what is shared by all."""
    thing: Any = ledger.by_id.get(thing_id)
    if isinstance(thing, Task):
        return frozenset({thing_id})
    named = getattr(thing, "tasks", ()) or tuple(filter(None, [getattr(thing, "task", None)]))
    if named:
        return frozenset(named)
    plans = {plan.task for plan in ledger.plans if plan.document == thing_id}
    statements = {statement.task for statement in ledger.statements if statement.document == thing_id}
    records = {
        task for record in ledger.standing_records if record.document == thing_id or thing_id in record.files for task in record.tasks
    }
    return frozenset(plans | statements | records)


def only_task(ledger: Dossier, ids: Iterable[str]) -> str | None:
    """The one task that the things belong to; None where they belong to several. In a bundle of one task always that task."""
    if len(ledger.tasks) == 1:
        return ledger.tasks[0].id
    found = frozenset[str]().union(*(tasks_of(ledger, one) for one in ids))
    return next(iter(found)) if len(found) == 1 else None


def sole(ledger: Dossier) -> str | None:
    """The task of a bundle of one task, else None: what a check that could not run says it of."""
    return ledger.tasks[0].id if len(ledger.tasks) == 1 else ledger.about


def concerns(ledger: Dossier, said: Finding | Skipped, task_id: str) -> bool:
    """Whether what was said of all tasks is about this one: it names the task or points at something of it. What could not be checked
    concerns every task."""
    if isinstance(said, Skipped):
        return said.task in (None, task_id)
    if said.task is not None:
        return said.task == task_id
    return any(task_id in tasks_of(ledger, one) or one in _roots(ledger, task_id) for one in said.points_at)


def _roots(ledger: Dossier, task_id: str) -> frozenset[str]:
    """The papers that a task stands on and shares with others: its list, its inspection, the feedback."""
    task = ledger.find(Task, task_id)
    named = ledger.find(TaskList, task.list if task else None)
    inspection = ledger.find(Inspection, named.inspection if named else None)
    ids = (named and named.document, inspection and inspection.id, inspection and inspection.feedback)
    return frozenset(one for one in ids if one)
