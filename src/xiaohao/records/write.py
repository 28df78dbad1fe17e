"""Dossier values → rows. Adds only; what may change later (a status, an answer) is changed by the one door and nowhere else."""

from __future__ import annotations

from typing import Any

from xiaohao.dossier import (
    document,
    file,
    form_template,
    oversight,
    parties,
    petition,
    plan,
    posts,
    received,
    record,
    report,
    rules,
    series,
    statement,
    supervision,
    task,
)
from xiaohao.records import models, search
from xiaohao.records.models.filed import Filed

_TABLE: dict[type[Any], type[Filed]] = {
    parties.Org: models.Org,
    parties.Person: models.Person,
    parties.Place: models.Place,
    posts.Post: models.Post,
    posts.Term: models.Term,
    task.Inspection: models.Inspection,
    task.TaskList: models.TaskList,
    task.Task: models.Task,
    rules.CalendarYear: models.CalendarYear,
    plan.Plan: models.Plan,
    statement.Statement: models.Statement,
    document.Document: models.Document,
    record.Record: models.Record,
    petition.Petition: models.Petition,
    file.File: models.File,
    series.Series: models.Series,
    oversight.WatchPlan: models.WatchPlan,
    oversight.Disposition: models.Finding,
    oversight.Call: models.Call,
    oversight.CallAnswer: models.CallAnswer,
    form_template.FormTemplate: models.FormTemplate,
    supervision.SupervisionPlan: models.SupervisionPlan,
    supervision.SupervisionDraw: models.SupervisionDraw,
    supervision.SiteVisit: models.SiteVisit,
    supervision.CallRhythm: models.CallRhythm,
    received.Received: models.Received,
    report.ListReport: models.ListReport,
}


def table_of(thing: Any) -> type[Filed]:
    """The table in which things of that class are rows. Raises KeyError for a class that has no table yet."""
    return _TABLE[type(thing)]


def add(thing: Any, **columns: Any) -> Filed:
    """Insert `thing` as a row and file it under its tasks. Raises IntegrityError when its id is taken or it points at nothing."""
    row = table_of(thing).of(thing, **columns)
    row.save(force_insert=True)
    tasks = getattr(thing, "tasks", ())
    if tasks and hasattr(row, "on_tasks"):
        row.on_tasks.set(tasks)
    search.file([row])
    return row


def index_links(row: models.Task) -> None:
    """Make the index of the task's links say what the task says."""
    links = {(link["task"], link["relation"]) for link in row.more.get("links", ())}
    known = {(link.other, link.relation): link for link in models.TaskLink.objects.filter(task=row)}
    for gone in known.keys() - links:
        known[gone].delete()
    models.TaskLink.objects.bulk_create(
        models.TaskLink(task=row, other=other, relation=relation) for other, relation in sorted(links - known.keys())
    )


def path_of(org: parties.Org, parent: models.Org | None) -> str:
    """A unit's place in the tree, ids from the root, each closed by a slash."""
    return f"{parent.path if parent else '/'}{org.id}/"
