"""Gate: every goal can be judged. It has a figure (typed or derived from the ledger), or says in public why it can have none."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("整改目标应当可以衡量；确实不能量化的，应当公开说明理由。"),
    met=say("每个目标都有指标，或公开了不能量化的理由"),
)
def target_given(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    goals = dossier.goals_of(dossier.task.id)
    vague = [goal for goal in goals if goal.target is None and not (goal.no_target_reason or "").strip()]
    if goals and not vague:
        return None
    who = unit_words(dossier, TaskRole.LEAD, rules)
    if not goals:
        return Gap(fact=say("方案没有整改目标。"), way=say("在方案中写明整改目标和衡量它的指标。"), who=who)
    return Gap(
        fact=say("目标“{goal}”没有指标，也没有公开说明不能量化的理由。", goal=vague[0].text),
        way=say("给目标定出指标（何处、何值、何时段），或选用由台账计算的指标，或公开写明不能量化的理由。"),
        who=who,
        where=vague[0].id,
    )
