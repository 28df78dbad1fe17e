"""A task that was given to many is taken apart into shares: tasks of their own, each on its own route; the whole awaits them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org
from xiaohao.dossier.task import Link, Task
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.states import STATE_WORDS, State, state_of
from xiaohao.records import models

#: States in which the work is still to be shared out: before the whole says that it is done.
OPEN_TO_SHARES = (State.GIVEN, State.PLANNED, State.APPROVED, State.REOPENED, State.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit takes over: its words, and, where they are not the whole's own, who accepts it and until when."""

    owner: str
    problem: str
    title: str = ""
    acceptor: str = ""
    due: str = ""
    due_words: str = ""
    first_responsible: tuple[str, ...] = ()


def decompose(*, task: str, by: Actor, at: datetime, key: str, shares: Sequence[Share], version: int | None = None) -> Receipt:
    """Give each unit its share of the task. Shares given later are added to those there are. Raises Refused for a whole that is done, for a
    share of a share, for a unit that has its share already, or where there would be only one."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        given = len(dossier.shares_of(row.id))
        opened = tuple(_share(dossier.task, share, given + number, id_from("task", key, number)) for number, share in enumerate(shares, 1))
        return Proposal(opens=opened, result={"shares": [f"{row.list.code}-{one.number}" for one in opened]})

    return perform("decompose", task=task, by=by, at=at, key=key, allowed=_may, propose=propose, version=version)


def _share(whole: Task, share: Share, number: int, share_id: str) -> Task:
    return replace(
        whole,
        id=share_id,
        number=f"{whole.number}-{number}",
        title=share.title or whole.title,
        problem=share.problem or whole.problem,
        owner=share.owner,
        co_owners=(),
        acceptor=share.acceptor or whole.acceptor,
        due=share.due or whole.due,
        due_words=share.due_words or (None if share.due else whole.due_words),
        first_responsible=share.first_responsible,
        causes=(),
        status=None,
        done_at=None,
        closed_at=None,
        watch_until=None,
        carried_in=None,
        links=(Link(task=whole.id, relation="share_of"),),
    )


def may_decompose(dossier: Dossier, actor: Actor) -> bool:
    """Whether this person shares out this task as it is now; what they then type is judged by the act."""
    return not any((*_not_theirs(dossier, actor), *_not_now(dossier)))


def _may(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
    return (*_not_theirs(dossier, actor), *_not_now(dossier), *_not_shared_out(dossier))


def _not_theirs(dossier: Dossier, actor: Actor) -> Iterator[Unmet]:
    task = dossier.task
    unit = dossier.find(Org, actor.org)
    above = {org.id for org in dossier.above(task.lead or task.owner)}
    offices = unit is not None and unit.kind == "office" and unit.parent in above
    if Role.CLERK not in actor.roles or not (actor.org in (task.lead, task.reviewer) or offices):
        yield _unmet(
            say("{org}的{person}不能分解这项任务", org=dossier.org_name(actor.org), person=dossier.person_name(actor.person)),
            say("请牵头单位、审核单位或整改办的人员办理"),
            task.id,
        )


def _not_now(dossier: Dossier) -> Iterator[Unmet]:
    task = dossier.task
    if any(link.relation == "share_of" for link in task.links):
        yield _unmet(say("这一项本身是分解出来的承办部分，不再往下分"), say("请在整项任务上分解"), task.id)
    if task.carried_in or state_of(task) not in OPEN_TO_SHARES:
        yield _unmet(say("任务已是“{state}”，不能再分解", state=STATE_WORDS[state_of(task)]), say("确需分解的，先退回整改"), task.id)


def _not_shared_out(dossier: Dossier) -> Iterator[Unmet]:
    shares = dossier.shares_of(dossier.task.id)
    owners = [share.owner for share in shares]
    for owner in sorted({owner for owner in owners if owners.count(owner) > 1}):
        yield _unmet(say("{unit}分到两个部分", unit=dossier.org_name(owner)), say("一个单位承办一个部分，内容合在一起写"), dossier.task.id)
    if len(shares) < 2:
        yield _unmet(
            say("只分给了 {count} 个单位", count=len(shares)), say("至少分给两个单位；只有一个单位的，直接改责任单位"), dossier.task.id
        )


def _unmet(fact: Said, way: Said, where: str) -> Unmet:
    return Unmet(
        gate="shares_given",
        fact=fact,
        basis=say("多个单位共同承办的任务，分解到各单位，各自验收、公示、销号"),
        way=way,
        who=say("整改办"),
        where=where,
    )
