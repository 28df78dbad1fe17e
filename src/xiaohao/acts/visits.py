"""One visit day for several tasks: the same group goes to see them all, and gives each task an opinion of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts._records import acted
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.record import Member
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.records import models, write
from xiaohao.records.worklist import to_accept

#: Tasks that one group can go and see in a day with time for each: a figure of ours.
MOST_VISITED = 12


def arrange_visit(*, by: Actor, at: datetime, key: str, tasks: Sequence[str], day: str, group: Sequence[Member], text: str = "") -> Receipt:
    """Arrange the acceptance of several tasks of this unit on one `day` (2026-03-10) by one group. It decides nothing: every task keeps its own
    opinion, photographs and gates. Raises Refused for anybody but an acceptor, without a leader, for tasks that do not wait for this unit."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    rows = list(to_accept(by).filter(pk__in=tasks).order_by("address"))
    if wrong := tuple(_wrong(by, tasks, rows, day, group)):
        raise Refused("arrange_visit", wrong)
    with transaction.atomic(durable=not settings.TESTING):
        bare = acted("arrangement", task=rows[0].pk, by=by, at=at, key=key, text=text.strip() or None)
        people = tuple(member.person for member in group)
        record = replace(bare, tasks=tuple(row.pk for row in rows), date=day, people=people, group=tuple(group))
        row = write.add(record)
        entry = append_entry(EntryType.ACT, step="arrange_visit", by=by, at=at, rows=[row])
        done = models.Done.objects.create(
            actor=by.person, key=key, act="arrange_visit", entry=entry.index, at=at, result={"visit": record.id}
        )
        return Receipt(done.act, done.task, done.entry, done.at, done.result)


def _wrong(by: Actor, tasks: Sequence[str], rows: Sequence[models.Task], day: str, group: Sequence[Member]) -> Iterator[Unmet]:
    if Role.ACCEPTOR not in by.roles:
        yield _unmet(say("验收由验收单位的验收人安排"), say("请验收人登录后办理"))
    if not tasks:
        yield _unmet(say("没有选任务"), say("选出这一天要看的任务"))
    if len(tasks) > MOST_VISITED:
        yield _unmet(say("一天安排了 {count} 项", count=len(tasks)), say("一天最多 {most} 项，分几天看", most=MOST_VISITED))
    if len(rows) < len(set(tasks)):
        yield _unmet(say("选的任务里有不等本单位验收的"), say("请刷新页面后重选"))
    if sum(member.part == "leader" for member in group) != 1:
        yield _unmet(say("没有写明组长"), say("选一名组长"))
    if not day:
        yield _unmet(say("没有写明哪一天去"), say("写明验收日期"))


def _unmet(fact: Said, way: Said) -> Unmet:
    basis = say("几项任务可以同一天、由同一个组到现场，但每项任务单独出意见")
    return Unmet(gate="visit", fact=fact, basis=basis, way=way, who=say("验收单位"))
