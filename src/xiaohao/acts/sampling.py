"""Asking for a sample: the rows behind every claim are fixed in the journal first; which of them are drawn, the log's next root decides."""

from __future__ import annotations

from datetime import datetime

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal, Update
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.evidence.coverage import claiming_statement
from xiaohao.evidence.population import population_of
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.records.models import Drawing

#: Who looks at others' work; a unit's own people never draw their own sample.
SAMPLERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.ASSESSOR, Role.SUPERVISOR, Role.INSPECTOR, Role.CLERK})


def draw_sample(*, task: str, by: Actor, at: datetime, key: str) -> Receipt:
    """Fix the rows behind each claim of the completion statement; once for each unit and statement, so that nobody draws until they like it.
    Raises Refused for the responsible unit, for a second draw, and before there is a statement with rows."""

    def propose(dossier: Dossier, row: object) -> Proposal:
        statement = claiming_statement(dossier, task)
        if statement is None:
            return Proposal()
        made = Drawing(
            id=id_from("draw", key), task_id=task, statement_id=statement.id, org_id=by.org, person_id=by.person, at=at,
            population=population_of(dossier),
        )  # fmt: skip
        return Proposal(updates=(Update(made, {}),), result={"drawing": made.id})

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        return _may_draw(dossier, actor, task)

    return perform("draw_sample", task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)


def _may_draw(dossier: Dossier, actor: Actor, task: str) -> tuple[Unmet, ...]:
    case = dossier.task
    statement = claiming_statement(dossier, task)
    if actor.org in (case.owner, *case.co_owners) or not actor.roles & SAMPLERS:
        return (_no(task, say("责任单位不抽查自己的登记"), say("由验收、审核、评估或督导单位抽取")),)
    if statement is None or not population_of(dossier):
        return (_no(task, say("还没有完成说明，或说明里的数字后面没有登记"), say("等责任单位提交完成说明后再抽")),)
    if Drawing.objects.filter(statement=statement.id, org=actor.org).exists():
        return (_no(task, say("贵单位对这份说明已经抽过样"), say("抽样只有一次，请按已抽出的逐件核对")),)
    return ()


def _no(task: str, fact: Said, way: Said) -> Unmet:
    basis = say("抽样由日志的下一个根决定，每个单位对一份说明只抽一次，谁也不能挑")
    return Unmet(gate="drawable", fact=fact, basis=basis, way=way, who=say("验收、审核、评估或督导单位"), where=task)
