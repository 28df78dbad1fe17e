"""Opening one task's file inside a running transaction: the procedure is asked, the first entry is written, the row comes with it."""

from __future__ import annotations

from datetime import datetime

from xiaohao.acts import _screening
from xiaohao.acts._entry import append_entry
from xiaohao.dossier.task import Task
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.procedure.decide import decide
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.steps import CARRY_IN, Step
from xiaohao.records import models, search, write
from xiaohao.records.to_dossier import new_dossier


def open_row(step: Step, task: Task, *, rules: Rulebook, by: Actor, at: datetime) -> models.Task:
    """The task's row, with the entry that opens its file. Raises Refused when its number is taken or the step says no."""
    of_list = models.TaskList.objects.select_for_update().get(pk=task.list)
    if models.Task.every.filter(list=of_list, number=task.number).exists():
        raise Refused(step.name, (_number_taken(of_list.name, task.number),))
    decide(step, new_dossier(task, at=at, rules=rules.as_rules()), by, rules, at)
    row = models.Task.of(task, address=f"{of_list.code}-{task.number}", rulebook=rules.name)
    fields = {"rules": rules.digest} | ({"state": row.status} if row.status else {})
    entry = append_entry(EntryType.ACT, step=step.name, task=row, by=by, at=at, rows=[row], fields=fields)
    row.version, row.last_entry = 1, entry.index
    row.save(force_insert=True)
    write.index_links(row)
    search.file([row])
    if step is not CARRY_IN:  # shown as found, not judged
        _screening.ask(row, entry.index, at, step.name, holds=True)
    return row


def _number_taken(name: str, number: int | str) -> Unmet:
    return Unmet(
        gate="number_free",
        fact=say("清单“{name}”里已有第 {number} 项", name=name, number=number),
        basis=say("同一清单内序号不重复"),
        way=say("请核对序号，或打开已有的任务"),
        who=say("整改办"),
    )
