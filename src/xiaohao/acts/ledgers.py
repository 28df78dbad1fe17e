"""Bringing a ledger in, and taking that back: the chosen rows go in as one transaction, or none of them.

Each task begins with its own entry (交办, or 照录原已销号), and one entry commits to every row of the ledger as it stood. A word such as 已完成 moves no
state. A ledger that says something else of a task that is on file is kept beside it; what was promised changes only by a plan that is approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F
from django_tasks import task as later

from xiaohao.acts._entry import Wanted, append_entry, append_many
from xiaohao.acts.ids import id_from
from xiaohao.acts.ledger_drafts import Units, read
from xiaohao.acts.receipt import Receipt
from xiaohao.documents.ledger.as_json import ledger_task_from_json
from xiaohao.documents.ledger.tasks import LedgerTask
from xiaohao.dossier import task as dossier
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import said_to_json, say
from xiaohao.kernel.when import parse_instant
from xiaohao.procedure import steps
from xiaohao.procedure.decide import decide
from xiaohao.procedure.rules import Rulebook
from xiaohao.records import models, search
from xiaohao.records.models.filed import instant
from xiaohao.records.rulebooks import rulebook
from xiaohao.records.to_dossier import content_store, new_dossier

#: More tasks than that are imported by the background worker, with their progress on the page.
IMPORT_AT_ONCE = 300
#: The step under which a plan that came with a task waits for whoever files it.
HANDED_ON = "plan_handed_on"
#: Lines that may go in.
IMPORTABLE = ("ready", "confirm", "changed")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Ready:
    """A line that is ready to go in: what the ledger says, the task it becomes (None where the task is on file), and the step that opens it."""

    line: models.LedgerLine
    said: LedgerTask
    task: dossier.Task | None
    on_file: models.Task | None


def import_ledger(*, ledger: str, by: Actor, at: datetime, key: str, lines: Sequence[int], carried: Iterable[int] = ()) -> Receipt:
    """Take these lines in (by their place in the ledger), `carried` of them as closed before the system came. Lines that are to be put right
    first are refused, all others with them. Raises Refused."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    kept = models.Ledger.objects.select_related("listing__inspection", "account__person").get(pk=ledger)
    if Role.CLERK not in by.roles or kept.account.person_id != by.person:
        raise Refused("import_ledger", (_not_theirs(),))
    rules = rulebook(settings.RULEBOOK)
    chosen = list(kept.lines.filter(n__in=lines))
    if wrong := [line for line in chosen if line.verdict not in IMPORTABLE]:
        raise Refused("import_ledger", tuple(_not_ready(line) for line in wrong[:20]))
    if not chosen:
        raise Refused("import_ledger", (_nothing(),))
    ready = _prepared(kept, chosen, frozenset(carried), by=by, at=at, key=key, rules=rules)
    with transaction.atomic(durable=not settings.TESTING):
        receipt, rows = _write(kept, ready, by=by, at=at, key=key, rules=rules)
    for first in range(0, len(rows), _AT_ONCE):
        with transaction.atomic(durable=not settings.TESTING):
            search.file(rows[first : first + _AT_ONCE])  # what a crash leaves out, the worker finds missing
    return receipt


@later()
def import_later(ledger: str, key: str, at: str, lines: list[int], carried: list[int]) -> None:
    """Import in the background, for the person whose ledger it is; why it cannot be done stands on its page."""
    row = models.Ledger.objects.select_related("account__person").get(pk=ledger)
    try:
        import_ledger(ledger=ledger, by=row.account.actor, at=parse_instant(at), key=key, lines=lines, carried=carried)
    except Refused as refused:
        models.Ledger.objects.filter(pk=ledger).update(stage="ready", wrong=said_to_json(refused.unmet[0].fact))


def begin_import(*, ledger: str, at: datetime, key: str, lines: Sequence[int], carried: Sequence[int]) -> None:
    """Leave a large import to the background worker."""
    with transaction.atomic(durable=not settings.TESTING):
        models.Ledger.objects.filter(pk=ledger).update(stage="importing", done=0, wrong="")
        import_later.enqueue(ledger, key, instant(at), list(lines), list(carried))


def undo_import(*, ledger: str, entry: int, by: Actor, at: datetime, key: str) -> Receipt:
    """Take back what import `entry` of the ledger opened: its tasks are seen nowhere any more, the journal keeps that they were. Refused, all of
    them, when anybody has acted on one since. Raises Refused."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    kept = models.Ledger.objects.get(pk=ledger)
    if Role.CLERK not in by.roles or kept.account.person_id != by.person:
        raise Refused("undo_import", (_not_theirs(),))
    with transaction.atomic(durable=not settings.TESTING):
        opened = models.Task.objects.select_for_update(of=("self",)).filter(ledger_items__entry=entry, ledger_items__opened=True)
        tasks = list(opened.select_related("owner").order_by("address"))
        if moved := [task for task in tasks if (task.last_entry or 0) > entry or task.objections.exists()]:
            raise Refused("undo_import", tuple(_moved_on(task) for task in moved[:20]))
        if not tasks:
            raise Refused("undo_import", (_nothing(),))
        counted = _entries_of(tasks)
        indexes = append_many([Wanted("undo_import", task, (), {}, seq=counted[task.pk] + 1) for task in tasks], by=by, at=at)
        for task, index in zip(tasks, indexes, strict=True):
            models.Task.every.filter(pk=task.pk).update(withdrawn=index, last_entry=index, version=F("version") + 1)
        models.Draft.objects.filter(task__in=tasks, step=HANDED_ON).delete()
        kept.imports = [{**one, "undone": indexes[-1]} if one["entry"] == entry else one for one in kept.imports]
        kept.save(update_fields=["imports"])
        receipt = _done("undo_import", by, key, indexes[-1], at, ledger=ledger, tasks=len(tasks))
    read(kept, content_store().get(kept.sha256))
    return receipt


# Before the transaction ------------------------------------------------------------------------------------------------------------


def _prepared(
    kept: models.Ledger, lines: list[models.LedgerLine], carried: frozenset[int], *, by: Actor, at: datetime, key: str, rules: Rulebook
) -> list[_Ready]:
    """Every task as it will be, each agreed to by the procedure. Raises Refused."""
    units = Units(kept.units)
    on_file = {str(row.number): row for row in models.Task.objects.filter(list=kept.listing_id).select_related("owner")}
    ready: list[_Ready] = []
    base = None
    for count, line in enumerate(lines, 1):
        said = ledger_task_from_json(line.content)
        held = on_file.get(said.number)
        task = None if held else _task(kept, said, units, key=key, closed=line.n in carried, assessed="assess" in rules.route)
        if task:
            base = base or new_dossier(task, at=at, rules=rules.as_rules())
            decide(steps.CARRY_IN if task.carried_in else steps.OPEN_TASK, replace(base, id=task.id, tasks=(task,)), by, rules, at)
        ready.append(_Ready(line, said, task, held))
        if count % _AT_ONCE == 0:
            models.Ledger.objects.filter(pk=kept.pk).update(done=count)
    return ready


def _task(kept: models.Ledger, said: LedgerTask, units: Units, *, key: str, closed: bool, assessed: bool) -> dossier.Task:
    """The task as the ledger gives it. Its assessor is named only where the route of the place has an assessment (`assessed`)."""
    found = [unit for name in said.owners if (unit := units.of(name)[0])]
    owner = units.of(said.owners[0])[0]
    return dossier.Task(
        id=id_from("task", key, said.number),
        list=kept.listing_id,
        number=int(said.number) if said.number.isdecimal() else said.number,
        title=said.title[:200] or said.problem.split("\n")[0][:60],
        problem=said.problem,
        kind=said.kind,
        owner=owner,
        co_owners=tuple(dict.fromkeys(unit for unit in found if unit != owner)),
        lead=units.of(said.lead)[0] or kept.lead_id if said.lead else kept.lead_id,
        supervisor=(units.of(said.supervisor)[0] or None) if said.supervisor else None,
        acceptor=(units.of(said.acceptor)[0] or None) if said.acceptor else None,
        reviewer=(units.of(said.reviewer)[0] or None) if said.reviewer else None,
        assessor=(units.of(said.assessor)[0] or None) if said.assessor and assessed else None,
        due=said.due,
        due_words=said.due_words or None,
        status="closed" if closed else None,
        closed_at=said.closed_on if closed else None,
        carried_in=True if closed else None,
    )


# In the transaction ----------------------------------------------------------------------------------------------------------------


def _write(
    kept: models.Ledger, ready: list[_Ready], *, by: Actor, at: datetime, key: str, rules: Rulebook
) -> tuple[Receipt, list[models.Task]]:
    """All of them, or none; also the tasks that are still to be put into the index of words, of a large import: it is made of the rows and need not be
    made while nobody else may write."""
    models.TaskList.objects.select_for_update().get(pk=kept.listing_id)
    standing = {str(n) for n in models.Task.objects.filter(list=kept.listing_id).values_list("number", flat=True)}
    if taken := [one for one in ready if one.task and one.said.number in standing]:
        raise Refused("import_ledger", tuple(_taken(one.said.number) for one in taken[:20]))
    withdrawn = {str(row.number): row for row in models.Task.every.filter(list=kept.listing_id).exclude(withdrawn=None)}
    orgs = {org.pk: org for org in models.Org.objects.all()}
    rows, wanted, again = _opened(kept, ready, withdrawn, orgs, rules)
    indexes = append_many(wanted, by=by, at=at)
    for row, index in zip(rows, indexes, strict=True):
        row.last_entry = index
        row.version += 1
    models.Task.objects.bulk_create([row for row in rows if row.pk not in again], batch_size=_AT_ONCE)
    for row in rows:
        if row.pk in again:
            row.save(force_update=True)
    late = rows if len(rows) > IMPORT_AT_ONCE else []
    if not late:
        search.file(rows)
    items = _items(kept, ready, {str(row.number): row for row in rows}, key)
    entry = append_entry(EntryType.ACT, step="import_ledger", by=by, at=at, rows=items)
    for item in items:
        item.entry = entry.index
    models.LedgerItem.objects.bulk_create(items, batch_size=_AT_ONCE)
    _hand_on(kept, items, at)
    _remember(kept)
    carried = sum(1 for row in rows if row.status)
    counts = {"opened": len(rows) - carried, "carried": carried, "changed": len(ready) - len(rows)}
    kept.imports = [*kept.imports, {"entry": entry.index, "at": instant(at), **counts}]
    kept.stage, kept.wrong = "ready", ""
    kept.save(update_fields=["imports", "stage", "wrong"])
    kept.lines.filter(n__in=[one.line.n for one in ready]).update(verdict="same", changes=[])
    return _done("import_ledger", by, key, entry.index, at, ledger=kept.pk, **counts), late


def _opened(
    kept: models.Ledger, ready: list[_Ready], withdrawn: Mapping[str, models.Task], orgs: Mapping[str, models.Org], rules: Rulebook
) -> tuple[list[models.Task], list[Wanted], set[str]]:
    """The rows of new tasks with the entries that open them; those whose number an undone import had take that row up again."""
    rows: list[models.Task] = []
    wanted: list[Wanted] = []
    again: set[str] = set()
    counted = _entries_of(withdrawn.values())
    for one in ready:
        if one.task is None:
            continue
        task, old = one.task, withdrawn.get(one.said.number)
        if old is not None:
            if (old.status or None) != task.status:
                raise Refused("import_ledger", (_other_state(one.said.number),))
            task = replace(task, id=old.pk)
            again.add(old.pk)
        row = models.Task.of(task, address=f"{kept.listing.code}-{task.number}", rulebook=rules.name)
        row.owner, row.list = orgs[task.owner], kept.listing  # known: 50,000 rows must not ask for them one by one under the lock
        if old is not None:
            row.version = old.version
            wanted.append(Wanted("reinstate_task", row, (row,), {"rules": rules.digest}, seq=counted[old.pk] + 1))
        else:
            step = steps.CARRY_IN if task.carried_in else steps.OPEN_TASK
            wanted.append(Wanted(step.name, row, (row,), {"rules": rules.digest} | ({"state": row.status} if row.status else {})))
        rows.append(row)
    return rows, wanted, again


def _items(kept: models.Ledger, ready: list[_Ready], rows: Mapping[str, models.Task], key: str) -> list[models.LedgerItem]:
    source = {
        "file": kept.sha256,
        "name": kept.name,
        "sheet": kept.sheet,
        "headers": [header for header, *_ in kept.headers],
        "meanings": [meaning for _, meaning, *_ in kept.headers],
    }
    return [
        models.LedgerItem(
            id=id_from("item", key, one.line.n),
            ledger=kept,
            task=one.on_file or rows[one.said.number],
            content={**source, "task": one.line.content},
            opened=one.on_file is None,
        )
        for one in ready
    ]


def _hand_on(kept: models.Ledger, items: Iterable[models.LedgerItem], at: datetime) -> None:
    """Goals and measures go before whoever files the plan, as a draft on the plan's page: what the ledger promised is theirs to confirm."""
    units = Units(kept.units)
    handed = []
    for item in items:
        said = ledger_task_from_json(item.content["task"])
        if values := _plan_as_typed(said, item.task, units, at):
            handed.append(models.Draft(account=kept.account, task=item.task, step=HANDED_ON, values=values, saved_at=at))
    models.Draft.objects.filter(account=kept.account, step=HANDED_ON, task__in=[draft.task_id for draft in handed]).delete()
    models.Draft.objects.bulk_create(handed, batch_size=_AT_ONCE)


def _plan_as_typed(said: LedgerTask, task: models.Task, units: Units, at: datetime) -> dict[str, Any]:
    """Values of the plan's form. A goal without a figure waits for its reason; a measure without its own unit or date has the task's."""
    if task.status or not (said.goals or said.measures):
        return {}
    return {
        "head": {"date": instant(at)[:10]},
        "goals": [{"text": goal.text, "way": "none"} for goal in said.goals],
        "measures": [
            {
                "text": one.text,
                "kind": "",
                "owner": next((unit for name in (one.owner,) if name and (unit := units.of(name.split("、")[0])[0])), task.owner_id),
                "due": one.due or said.due or "",
            }
            for one in said.measures
        ],
    }


def _remember(kept: models.Ledger) -> None:
    """What this layout's columns meant, for the next ledger of the unit."""
    org = kept.account.person.org_id
    if org:
        known, _ = models.LedgerLayout.objects.get_or_create(org_id=org, layout=kept.layout)
        known.meanings, known.units = kept.meanings, {**known.units, **kept.units}
        known.save()


def _entries_of(tasks: Iterable[models.Task]) -> dict[str, int]:
    """How many entries each task has."""
    found = (
        models.JournalEntry.objects.filter(task_id__in=[task.pk for task in tasks])
        .order_by()
        .values("task_id")
        .annotate(number=Count("pk"))
    )
    return {row["task_id"]: row["number"] for row in found}


def _done(act: str, by: Actor, key: str, entry: int, at: datetime, **result: Any) -> Receipt:
    done = models.Done.objects.create(actor=by.person, key=key, act=act, task="", entry=entry, at=at, result=result)
    return Receipt(done.act, done.task, done.entry, done.at, done.result)


# What stands in the way -------------------------------------------------------------------------------------------------------------


def _not_theirs() -> Unmet:
    return Unmet(
        gate="allowed",
        fact=say("台账由读入它的整改办人员导入、撤回"),
        basis=say("各环节由不同单位的人员办理，岗位权限见权限表"),
        way=say("请读入这份台账的人登录后办理"),
        who=say("整改办"),
    )


def _nothing() -> Unmet:
    return Unmet(
        gate="something_chosen",
        fact=say("没有选中可以办理的行"),
        basis=say("一次办理至少一行"),
        way=say("请勾选要办理的行"),
        who=say("整改办"),
    )


def _not_ready(line: models.LedgerLine) -> Unmet:
    return Unmet(
        gate="line_ready",
        fact=say("第 {row} 行还要改，或已在系统里", row=line.content["rows"][0]),
        basis=say("读不出来的内容不导入"),
        way=say("请改好单元格，或不选这一行"),
        who=say("整改办"),
    )


def _taken(number: str) -> Unmet:
    return Unmet(
        gate="number_free",
        fact=say("第 {number} 项刚刚由别人录入", number=number),
        basis=say("同一清单内序号不重复"),
        way=say("请重新读一遍台账，再核对不同之处"),
        who=say("整改办"),
    )


def _other_state(number: str) -> Unmet:
    return Unmet(
        gate="same_beginning",
        fact=say("第 {number} 项上次导入时的状态不同，撤回后不能换一种状态再导入", number=number),
        basis=say("任务的状态只由日志里的办理改变"),
        way=say("请按上次的选择导入，再按程序办理"),
        who=say("整改办"),
    )


def _moved_on(task: models.Task) -> Unmet:
    return Unmet(
        gate="nobody_acted_since",
        fact=say("“{task}”导入后已有人办理，不能撤回", task=task.title or task.address),
        basis=say("已经办理的任务不能消失"),
        way=say("请对这项任务按程序办理；没有办理过的任务可以另行处理"),
        who=say("整改办"),
        where=task.pk,
    )
