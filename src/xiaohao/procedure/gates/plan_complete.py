"""Gate: the plan is whole. Somebody is responsible for every measure, by a date, and there is a goal to measure it by."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_instant
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import Round, round_began
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("整改方案应当逐项列明目标、措施、责任单位和完成时限。"),
    met=say("方案完整：有目标，每项措施都有责任单位和时限"),
)
def plan_complete(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who = unit_words(dossier, TaskRole.LEAD, rules)
    plan = dossier.plan_in_force(dossier.task.id)
    if plan is None:
        return Gap(fact=say("没有整改方案。"), way=say("报送写明目标、措施、责任单位和时限的方案。"), who=who)
    returned = round_began(dossier, Round.PLAN)
    if returned and parse_instant(plan.recorded_at) < returned:
        return Gap(fact=say("方案退回后没有重新报送。"), way=say("按退回意见修改后重新报送方案。"), who=who, where=plan.id)
    if not plan.goals or not plan.measures:
        return Gap(fact=say("方案没有写明目标或措施。"), way=say("把目标和措施分项写入方案。"), who=who, where=plan.id)
    lacking = [measure for measure in plan.measures if not measure.owner or not measure.due]
    if not lacking:
        return None
    numbers = "、".join(str(measure.number) for measure in lacking)
    return Gap(
        fact=say("第 {numbers} 项措施没有责任单位或完成时限。", numbers=numbers),
        way=say("给每项措施写明责任单位和完成时限。"),
        who=who,
        where=lacking[0].id,
    )
