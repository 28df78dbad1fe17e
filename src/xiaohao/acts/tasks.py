"""Opening a task from a confirmed draft, and carrying in one that was closed before the system came."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts._open import open_row
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import say
from xiaohao.procedure import steps
from xiaohao.procedure.steps import Step
from xiaohao.records import models, write
from xiaohao.records.rulebooks import rulebook


def open_list(*, by: Actor, at: datetime, key: str, inspection: Inspection, task_list: TaskList, code: str) -> Receipt:
    """Enter a numbered list and the inspection it came of (an inspection already known is left as it is). `code` begins its tasks' addresses."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    if Role.CLERK not in by.roles:
        raise Refused("open_list", (_not_a_clerk(),))
    with transaction.atomic(durable=not settings.TESTING):
        rows = []
        if not models.Inspection.objects.filter(pk=inspection.id).exists():
            rows.append(write.add(inspection))
        rows.append(write.add(task_list, code=code))
        entry = append_entry(EntryType.ACT, step="open_list", by=by, at=at.replace(microsecond=0), rows=rows)
        return _done(by, key, "open_list", "", entry.index, at)


def open_task(*, by: Actor, at: datetime, key: str, task: Task, rulebook_name: str | None = None) -> Receipt:
    """Open a task in a list, as the person confirmed it. Its route is its rulebook's. Raises Refused when the number is taken."""
    return _open(steps.OPEN_TASK, task=replace(task, status=None), by=by, at=at, key=key, rulebook_name=rulebook_name)


def carry_in(*, by: Actor, at: datetime, key: str, task: Task, rulebook_name: str | None = None) -> Receipt:
    """Carry in a task that was closed before the system came: shown as found, not judged (原已销号，本系统未核)."""
    return _open(steps.CARRY_IN, task=replace(task, status="closed", carried_in=True), by=by, at=at, key=key, rulebook_name=rulebook_name)


def _open(step: Step, *, task: Task, by: Actor, at: datetime, key: str, rulebook_name: str | None) -> Receipt:
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    rules = rulebook(rulebook_name or settings.RULEBOOK)
    with transaction.atomic(durable=not settings.TESTING):
        row = open_row(step, task, rules=rules, by=by, at=at)
        return _done(by, key, step.name, row.address, row.last_entry or 0, at, task=row.id)


def _done(by: Actor, key: str, act: str, address: str, entry: int, at: datetime, **result: str) -> Receipt:
    done = models.Done.objects.create(
        actor=by.person, key=key, act=act, task=address, entry=entry, at=at.replace(microsecond=0), result=result
    )
    return Receipt(done.act, done.task, done.entry, done.at, done.result)


def _not_a_clerk() -> Unmet:
    return Unmet(
        gate="allowed",
        fact=say("清单由整改办的人员录入"),
        basis=say("各环节由不同单位的人员办理，岗位权限见权限表"),
        way=say("请整改办的人员登录后办理"),
        who=say("整改办"),
    )
