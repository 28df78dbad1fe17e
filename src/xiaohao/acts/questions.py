"""Questions back to the unit 质询: asked by whoever accepts or reviews, about a measure, a claim or a record; answered by the unit with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from xiaohao.acts._allowed import OWNER_CLERKS
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts._records import acted
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor, Role, TaskRole
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.hands import units_of
from xiaohao.procedure.states import next_stage, state_of
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of

#: Who asks at which stage of the route: the role in the task and the account's role.
_ASKERS = {
    "accept": (TaskRole.ACCEPTOR, Role.ACCEPTOR),
    "review": (TaskRole.REVIEWER, Role.REVIEWER),
    "assess": (TaskRole.ASSESSOR, Role.ASSESSOR),
}


@dataclass(frozen=True, slots=True)
class About:
    """What a question is about: a measure's id, or a statement's with the words `quote` of it, or a record's."""

    thing: str
    quote: str = ""


def ask_question(*, task: str, by: Actor, at: datetime, key: str, about: About, text: str, due: str) -> Receipt:
    """Ask the responsible unit something that it answers by `due` (2026-03-10). Until it has, neither acceptance nor review is concluded. Raises
    Refused for others than those whose verdict is next, for a thing that is not of the case, without words, and for a day that is past."""
    rules = rulebook_of(Task.objects.get(pk=task))
    asked = acted("question", task=task, by=by, at=at, key=key, text=text.strip(), end=due, title=about.quote or None)

    def propose(dossier: Dossier, _row: object) -> Proposal:
        of = {"measures": (about.thing,)} if dossier.find(Measure, about.thing) else {"of": about.thing}
        record = replace(asked, other_org=dossier.task.owner, **of)
        return Proposal(things=(record,), result={"question": record.id})

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        return tuple(gap for gap in (_asker(dossier, actor), _matter(dossier, about, text, due, at)) if gap)

    def _asker(dossier: Dossier, actor: Actor) -> Unmet | None:
        role, account = _ASKERS.get(next_stage(state_of(dossier.task), rules.route) or "", (None, None))
        if role and account in actor.roles and actor.org in units_of(dossier.task, role, rules):
            return None
        return _no(say("现在不由您提出质询"), say("待验收时由验收单位提出，待审核时由审核单位提出，待评估时由评估单位提出"), task)

    return perform("ask_question", task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)


def may_ask(dossier: Dossier, actor: Actor, route: tuple[str, ...]) -> bool:
    """Whether this person's verdict is next, so that questions are theirs to ask."""
    role, account = _ASKERS.get(next_stage(state_of(dossier.task), route) or "", (None, None))
    return role is not None and account in actor.roles and getattr(dossier.task, role.value) == actor.org


def answer_question(*, task: str, by: Actor, at: datetime, key: str, question: str, text: str, evidence: Sequence[str] = ()) -> Receipt:
    """Answer for the responsible unit, with the records, documents and files that show it. Raises Refused for others, for a question that has its
    answer, and for one without words or without any evidence."""
    record = acted("reply", task=task, by=by, at=at, key=key, of=question, text=text.strip(), evidence=tuple(evidence))

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        return (*OWNER_CLERKS(dossier, actor), *_answerable(dossier, question, record))

    return perform(
        "answer_question",
        task=task,
        by=by,
        at=at,
        key=key,
        allowed=allowed,
        propose=lambda _dossier, _row: Proposal(things=(record,), result={"reply": record.id}),
    )


def _matter(dossier: Dossier, about: About, text: str, due: str, at: datetime) -> Unmet | None:
    thing, task = dossier.by_id.get(about.thing), dossier.task.id
    of_task = (
        (isinstance(thing, Measure) and thing in dossier.measures_of(task))
        or (isinstance(thing, Statement) and thing.task == task and bool(about.quote) and about.quote in thing.text)
        or (isinstance(thing, Record) and task in thing.tasks)
    )
    if not of_task:
        return _no(say("没有指明问的是哪一项措施、哪一句话或哪一条记录"), say("从清单里选一个"), task)
    if not text.strip():
        return _no(say("没有写问什么"), say("写明要责任单位说明或补充什么"), task)
    if due < at.astimezone(CST).date().isoformat():
        return _no(say("答复期限 {due} 已经过去", due=due), say("写一个今天或以后的日期"), task)
    return None


def _answerable(dossier: Dossier, question: str, reply: Record) -> tuple[Unmet, ...]:
    """What is wrong with `reply`, which lies in the dossier already."""
    task = dossier.task.id
    if not any(one.id == question for one in dossier.records_of(task, "question")):
        return (_no(say("这项任务没有这个质询"), say("刷新页面后再答复"), task),)
    if any(one.of == question and one.id != reply.id for one in dossier.records_of(task, "reply")):
        return (_no(say("这个质询已经答复"), say("要补充的，登记新的记录"), task),)
    if not reply.text:
        return (_no(say("没有写答复"), say("写明情况"), task),)
    if not reply.evidence or any(one not in dossier.by_id for one in reply.evidence):
        return (_no(say("答复没有附依据"), say("选出能说明的记录、文件或照片；还没有登记的，先登记"), task),)
    return ()


def _no(fact: Said, way: Said, task: str) -> Unmet:
    return Unmet(
        gate="question",
        fact=fact,
        basis=say("质询针对具体的措施、说法或记录，限期附依据答复"),
        way=way,
        who=say("验收、审核、评估单位，责任单位"),
        where=task,
    )
