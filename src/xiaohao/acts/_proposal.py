"""What an act wants to write, before the procedure has agreed to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django_tasks.base import Task

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.oversight import CallAnswer, WatchPlan
from xiaohao.dossier.plan import Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.supervision import SiteVisit
from xiaohao.dossier.task import Task as TaskThing

#: In which register of a dossier a thing lies.
_REGISTER = {
    Document: "documents",
    File: "files",
    WatchPlan: "watch_plans",
    Plan: "plans",
    Record: "records",
    Series: "series",
    Statement: "statements",
}

#: Things that no register of a dossier holds: the statement or the record beside them says the same to the gates.
_BESIDE = (CallAnswer, SiteVisit)


@dataclass(frozen=True, slots=True)
class Update:
    """New values for the columns of a row that may change (an answer to a finding, a decision on an objection); `thing` is the row as the
    dossier will have it, where the gates are to judge that."""

    row: Any
    columns: Mapping[str, Any]
    thing: Any = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """`things` are new dossier objects, `task` new columns of the task, `updates` changes of rows that may change, `journal` more
    fields of the entry (a published document's digest, an outcome), `also` entries that go
    before it (each with its `type`), `opens` tasks whose files are opened with it (shares of this one), `result` what the person gets back, `outbox` what must happen
    afterwards: jobs with their arguments, enqueued in the same transaction and done by the worker at least once."""

    things: tuple[Any, ...] = ()
    task: Mapping[str, Any] = field(default_factory=dict)
    updates: tuple[Update, ...] = ()
    journal: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[Mapping[str, Any], ...] = ()
    result: Mapping[str, Any] = field(default_factory=dict)
    opens: tuple[TaskThing, ...] = ()
    outbox: tuple[tuple[Task[..., None], tuple[str, ...]], ...] = ()


def laid_over(dossier: Dossier, proposal: Proposal) -> Dossier:
    """The dossier as it would be once the proposal is written: this is what the gates judge."""
    registers: dict[str, Any] = {}
    for thing in (thing for thing in proposal.things if not isinstance(thing, _BESIDE)):
        name = _REGISTER[type(thing)]
        registers[name] = (*registers.get(name, getattr(dossier, name)), thing)
    for thing in (update.thing for update in proposal.updates if update.thing is not None):
        name = _REGISTER[type(thing)]
        there = registers.get(name, getattr(dossier, name))
        registers[name] = tuple(thing if one.id == thing.id else one for one in there)
    if proposal.task:
        known = {name: value for name, value in proposal.task.items() if hasattr(dossier.task, name)}
        registers["tasks"] = dossier.with_task(replace(dossier.task, **known)).tasks
    if proposal.opens:
        registers |= {"tasks": (*registers.get("tasks", dossier.tasks), *proposal.opens), "about": dossier.task.id}
    return replace(dossier, **registers) if registers else dossier
