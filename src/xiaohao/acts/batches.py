"""A superior's instruction that starts a closing batch: a document with a deadline of its own, over several tasks; and its changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.document import Document
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import parse_when
from xiaohao.procedure.states import State
from xiaohao.records import models, write
from xiaohao.records.models.filed import instant
from xiaohao.records.offices import may_instruct
from xiaohao.records.worklist import visible_to

_ENDED = (State.CLOSED.value, State.CONFIRMED.value)
#: Our own names on a batch (DOSSIER.md, rule 7): the unit that entered it, and every change of it.
MADE_BY, CHANGES = "x-made-by", "x-changes"
#: Tasks of one instruction: the commitments of its entry, and what a person can oversee on one board.
MOST_TASKS = 60


def start_batch(*, by: Actor, at: datetime, key: str, document: Document, tasks: Sequence[str]) -> Receipt:
    """Enter the instruction and put the tasks under it. `document` is as typed; kind, tasks and time of entry are the system's word. Raises
    Refused for anybody but a clerk, without a number or a deadline after its date, from an issuer below its
    unit, for tasks that this person does not see or that are closed."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    rows = list(visible_to(by).filter(pk__in=tasks).order_by("address"))
    if wrong := tuple(_wrong(by, document, tasks, rows)):
        raise Refused("start_batch", wrong)
    with transaction.atomic(durable=not settings.TESTING):
        known = (*document.unknown, (MADE_BY, by.org))
        paper = replace(document, kind="order", tasks=tuple(row.pk for row in rows), recorded_at=instant(at), unknown=known)
        row = write.add(paper)
        entry = append_entry(EntryType.ACT, step="start_batch", by=by, at=at, rows=[row])
        done = models.Done.objects.create(actor=by.person, key=key, act="start_batch", entry=entry.index, at=at, result={"batch": paper.id})
        return Receipt(done.act, done.task, done.entry, done.at, done.result)


def change_batch(
    *, by: Actor, at: datetime, key: str, batch: str, due: str, tasks: Sequence[str], reason: str, number: str = ""
) -> Receipt:
    """Change which tasks a batch holds and its deadline, by whoever entered it: `tasks` are all that it holds afterwards, `number` the paper in
    which the superior changed it, if there is one. Raises Refused for others, without a reason, or where nothing changes."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    with transaction.atomic(durable=not settings.TESTING):
        row = models.Document.objects.select_for_update(of=("self",)).get(pk=batch, kind="order")
        held = set(row.on_tasks.values_list("pk", flat=True))
        wanted = set(tasks)
        seen = {task.pk: task for task in visible_to(by).filter(pk__in=wanted | held)}
        added, dropped = wanted - held, held - wanted
        if wrong := tuple(_wrong_change(by, row, due, wanted, added, dropped, seen, reason)):
            raise Refused("change_batch", wrong)
        changes = [*row.more.get(CHANGES, ()), _change(row, by, at, due, added, dropped, reason, number)]
        row.more = {**row.more, "due": due, "tasks": sorted(wanted), CHANGES: changes}
        row.on_tasks.set(models.Task.objects.filter(pk__in=wanted))
        row.save()
        entry = append_entry(EntryType.ACT, step="change_batch", by=by, at=at, rows=[row])
        done = models.Done.objects.create(actor=by.person, key=key, act="change_batch", entry=entry.index, at=at, result={"batch": batch})
        return Receipt(done.act, done.task, done.entry, done.at, done.result)


def made_by(row: models.Document) -> str:
    """Id of the unit whose clerk entered the batch, "" for one from before that was kept."""
    return str(row.more.get(MADE_BY, ""))


def _change(
    row: models.Document, by: Actor, at: datetime, due: str, added: set[str], dropped: set[str], reason: str, number: str
) -> dict[str, object]:
    before = row.more["due"]
    moved = {"due_before": before} if due != before else {}
    paper = {"number": number.strip()} if number.strip() else {}
    what = {"added": sorted(added), "dropped": sorted(dropped), **moved}
    return {"at": instant(at), "by": by.person, "reason": reason.strip(), **paper, **{name: value for name, value in what.items() if value}}


def _wrong_change(
    by: Actor,
    row: models.Document,
    due: str,
    wanted: set[str],
    added: set[str],
    dropped: set[str],
    seen: dict[str, models.Task],
    reason: str,
) -> Iterator[Unmet]:
    if Role.CLERK not in by.roles or by.org != made_by(row):
        yield _unmet(say("批次由录入它的单位改"), say("请录入来文的整改办办理"))
    date, until = parse_when(row.date), parse_when(due)
    if until is None or (date is not None and until.last < date.first):
        yield _unmet(say("没有写明办结期限，或期限早于文件日期"), say("照来文写期限"))
    if not wanted:
        yield _unmet(say("批次里一项任务也没有了"), say("至少留一项"))
    if len(wanted) > MOST_TASKS:
        yield _unmet(say("一次选了 {count} 项任务", count=len(wanted)), say("一份来文最多 {most} 项，分开录入", most=MOST_TASKS))
    if any(task not in seen for task in added | dropped):
        yield _unmet(say("选的任务里有本单位看不到的"), say("请刷新页面后重选"))
    if ended := [seen[task] for task in sorted(added | dropped) if task in seen and seen[task].status in _ENDED]:
        names = "、".join(f"第 {task.number} 项" for task in ended)
        yield _unmet(say("{names}已经销号", names=names), say("已销号的任务不再加进来，也不拿出去"))
    if not reason.strip():
        yield _unmet(say("没有写为什么改"), say("写明理由；上级来文改的，写文号"))
    if not added and not dropped and due == row.more["due"]:
        yield _unmet(say("没有改动"), say("加减任务，或改期限"))


def _wrong(by: Actor, document: Document, tasks: Sequence[str], rows: Sequence[models.Task]) -> Iterator[Unmet]:
    if Role.CLERK not in by.roles:
        yield _unmet(say("销号批次由整改办的人员录入"), say("请整改办的人员登录后办理"))
    if not (document.number or "").strip():
        yield _unmet(say("没有写明文号"), say("照来文写文号"))
    elif models.Document.objects.filter(number=document.number, issuer=document.issuer, kind="order").exists():
        yield _unmet(say("{number} 已经录入", number=document.number), say("请打开已有的批次"))
    issuer = models.Org.objects.filter(pk=document.issuer).first()
    own = models.Org.objects.filter(pk=by.org).first()
    if issuer is None or own is None or not may_instruct(issuer, own):
        name = issuer.name if issuer else document.issuer
        yield _unmet(say("{issuer}不是本单位的上级或同级机关", issuer=name), say("照来文选上级的来文单位；下级报来的文件不在这里录"))
    date, due = parse_when(document.date), parse_when(document.due)
    if due is None or date is None or due.last < date.first:
        yield _unmet(say("没有写明办结期限，或期限早于文件日期"), say("照来文写期限"))
    if not tasks:
        yield _unmet(say("没有选任务"), say("选出来文要求销号的任务"))
    if len(tasks) > MOST_TASKS:
        yield _unmet(say("一次选了 {count} 项任务", count=len(tasks)), say("一份来文最多 {most} 项，分开录入", most=MOST_TASKS))
    if len(rows) < len(set(tasks)):
        yield _unmet(say("选的任务里有本单位看不到的"), say("请刷新页面后重选"))
    if ended := [row for row in rows if row.status in _ENDED]:
        names = "、".join(f"第 {row.number} 项" for row in ended)
        yield _unmet(say("{names}已经销号", names=names), say("从批次里去掉"))


def _unmet(fact: Said, way: Said) -> Unmet:
    return Unmet(gate="batch", fact=fact, basis=say("上级来文要求销号的，按来文列出任务和期限"), way=way, who=say("整改办"))
