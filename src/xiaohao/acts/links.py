"""Tasks that belong together: the same site or firm, one that goes on from an earlier round, one like it elsewhere."""

from __future__ import annotations

from datetime import datetime

from xiaohao.acts._allowed import members_of
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.task import Link
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role, TaskRole
from xiaohao.kernel.said import Said, say
from xiaohao.records import models
from xiaohao.records.inspections import RELATIONS

#: Units that know the task, and the people of theirs who keep its file.
LINKERS = members_of(
    TaskRole.OWNER,
    TaskRole.LEAD,
    TaskRole.SUPERVISOR,
    TaskRole.REVIEWER,
    having=frozenset({Role.REPORTER, Role.HEAD, Role.CLERK, Role.SUPERVISOR, Role.REVIEWER}),
)
#: Links on one task: more than any two rounds of inspections have had to do with one another.
_MOST = 50


def link_tasks(*, task: str, by: Actor, at: datetime, key: str, other: str, relation: str, version: int | None = None) -> Receipt:
    """Link the task with `other`: the id of one on file, or, where it is not, its inspection, list and number in words. Raises Refused for a link
    with itself, a second one of the same kind, and a person of another unit."""

    def propose(dossier: Dossier, _row: models.Task) -> Proposal:
        links = dossier.task.links
        if other == dossier.task.id:
            raise Refused("link_tasks", (_no(say("不能与自己关联"), say("请填另一项任务的编号")),))
        if any((link.task, link.relation) == (other, relation) for link in links):
            raise Refused("link_tasks", (_no(say("已经这样关联过"), say("不用再办")),))
        if relation not in RELATIONS or len(links) >= _MOST:
            raise Refused("link_tasks", (_no(say("这样的关联不能录入"), say("请从列出的关系中选，一项任务最多 {most} 个", most=_MOST)),))
        return Proposal(task={"links": (*links, Link(task=other, relation=relation))})

    return perform("link_tasks", task=task, by=by, at=at, key=key, allowed=LINKERS, propose=propose, version=version)


def unlink_tasks(*, task: str, by: Actor, at: datetime, key: str, other: str, relation: str, version: int | None = None) -> Receipt:
    """Take a link away that was made by mistake; that it was there stays in the journal. A share stays a share. Raises Refused otherwise."""

    def propose(dossier: Dossier, _row: models.Task) -> Proposal:
        kept = tuple(link for link in dossier.task.links if (link.task, link.relation) != (other, relation))
        if relation not in RELATIONS or len(kept) == len(dossier.task.links):
            raise Refused("unlink_tasks", (_no(say("没有这个关联，或已经取消"), say("请刷新页面核对")),))
        return Proposal(task={"links": kept})

    return perform("unlink_tasks", task=task, by=by, at=at, key=key, allowed=LINKERS, propose=propose, version=version)


def _no(fact: Said, way: Said) -> Unmet:
    return Unmet(
        gate="link", fact=fact, basis=say("关联写明两项任务和它们的关系，跨轮次也可以"), way=way, who=say("责任、牵头、督导或审核单位")
    )
