"""Inspections with their lists, and how tasks hang together across lists and rounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from xiaohao.dossier.task import Inspection as InspectionThing
from xiaohao.records.models import Inspection, Task, TaskLink, TaskList

#: Our own names on an inspection (DOSSIER.md, rule 7): that it is a film 警示片 or another exposure, and what it said before it was put right.
EXPOSURE = "x-exposure"
HISTORY = "x-history"
#: Relations that people enter by hand; a share is made by sharing out (acts.shares) and nowhere else.
RELATIONS = ("carried_over", "continues", "same_site", "same_firm", "duplicate", "similar")


def same_inspection(wanted: InspectionThing) -> Inspection | None:
    """The inspection on file that is this one: same level, kind, round and name."""
    found = Inspection.objects.filter(name=wanted.name, level=wanted.level, kind=wanted.kind).exclude(pk=wanted.id)
    return next((row for row in found if row.more.get("round") == wanted.round), None)


def inspections() -> QuerySet[Inspection]:
    """All of them with the number of their tasks (`tasks`), the newest first."""
    return Inspection.objects.annotate(tasks=Count("lists__tasks")).order_by("-more__feedback_date", "-more__start", "name")


def lists_of(inspection: Inspection) -> QuerySet[TaskList]:
    """Its lists with the number of their tasks (`count`)."""
    return TaskList.objects.filter(inspection=inspection).annotate(count=Count("tasks")).order_by("code")


@dataclass(frozen=True, slots=True)
class Related:
    """One link as this task sees it: `task` is the other one, None where it is not on file and only `words` say which it is. `outward` says that
    the link was entered on this task."""

    relation: str
    outward: bool
    task: Task | None
    words: str
    other: str


def related_to(task: Task) -> tuple[Related, ...]:
    """Links of the task and links of others to it, in the order of RELATIONS; shares are shown by themselves."""
    links = [link for link in task.more.get("links", ()) if link["relation"] in RELATIONS]
    rows = _tasks({link["task"] for link in links})
    found = [Related(link["relation"], True, rows.get(link["task"]), link["task"], link["task"]) for link in links]
    coming = TaskLink.objects.filter(other=task.pk, relation__in=RELATIONS).values_list("relation", "task_id")
    others = _tasks({other for _relation, other in coming})
    found += [Related(relation, False, others[other], "", other) for relation, other in coming if other in others]
    return tuple(sorted(found, key=lambda one: (RELATIONS.index(one.relation), not one.outward, one.other)))


def _tasks(ids: Iterable[str]) -> dict[str, Task]:
    return {row.pk: row for row in Task.objects.filter(pk__in=set(ids)).select_related("list", "list__inspection", "owner")}
