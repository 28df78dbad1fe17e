"""What a person may see of a thing that a finding points at, in whichever case it lies: all of it, what is public of it, or only that it is there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xiaohao.kernel.roles import Actor
from xiaohao.records.models import Document, File, Petition, Plan, Record, Series, Statement, Task
from xiaohao.records.models.filed import Filed
from xiaohao.records.petitions import petitions_for
from xiaohao.records.queries import notices_of, public_file, public_tasks
from xiaohao.records.worklist import visible_to

#: The things that lie in cases, by their class of rows; a list of things (Inventory) comes in bundles only and is never filed here.
_KINDS: tuple[type[Filed], ...] = (Statement, Record, File, Document, Series, Plan, Petition, Task)


class Sight(StrEnum):
    """How much of it."""

    ALL = "all"
    PUBLIC = "public"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A thing of another case: the case it lies in (None for a petition that belongs to none), the thing as the dossier has it (None where nothing of
    it may be seen), and how much."""

    task: Task | None
    thing: Any
    sight: Sight


def elsewhere(thing_id: str, actor: Actor) -> Elsewhere | None:
    """The thing of that id, wherever it lies; None when there is none. The problem of a task is public, a statement with the notice that printed
    it, a photo with the notice that shows it; a petition is seen by the bodies that handle it, everything else by those who may read the case."""
    for kind in _KINDS:
        row = kind.objects.filter(pk=thing_id).first()  # type: ignore[attr-defined]
        if row is not None:
            return _seen(row, actor)
    return None


def _seen(row: Any, actor: Actor) -> Elsewhere | None:
    if isinstance(row, Petition):
        mine = petitions_for(actor).filter(pk=row.pk).exists()
        return Elsewhere(row.task, row.thing() if mine else None, Sight.ALL if mine else Sight.NOTHING)
    tasks = _tasks_of(row)
    if not tasks:
        return None
    own = visible_to(actor).filter(pk__in=[task.pk for task in tasks]).first()
    if own is not None:
        return Elsewhere(own, row.thing(), Sight.ALL)
    if _is_public(row, tasks[0]):
        return Elsewhere(tasks[0], row.thing(), Sight.PUBLIC)
    return Elsewhere(tasks[0], None, Sight.NOTHING)


def _tasks_of(row: Any) -> list[Task]:
    match row:
        case Task():
            return [row]
        case Statement() | Plan():
            return [row.task]
        case _:
            return list(row.on_tasks.order_by("pk"))


def _is_public(row: Any, task: Task) -> bool:
    if isinstance(row, Task):
        return public_tasks().filter(pk=row.pk).exists()
    if isinstance(row, File):
        return row.kind == "photo" and public_file(row.pk) is not None
    return (
        isinstance(row, Statement)
        and row.kind == "completion"
        and any(notice.recorded_at >= row.recorded_at for notice in notices_of(task))
    )
