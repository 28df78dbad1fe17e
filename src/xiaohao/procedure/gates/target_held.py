"""Gate: every goal with a figure was met, and held for as long as it asks, judged from the readings and not from what anybody says."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.target import judge
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import last_in_round
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("整改目标达到并保持规定时间，方可通过验收。"),
    met=say("目标已达到并保持规定时间"),
)
def target_held(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    acceptance = last_in_round(dossier, "acceptance")
    until = parse_when(acceptance.date if acceptance else None) or When(at.date(), at.date())
    done_at = parse_when(dossier.task.done_at)
    for goal in dossier.goals_of(dossier.task.id):
        if goal.target is None:
            continue
        verdict = judge(dossier, goal, done_at=done_at, until=until)
        if not verdict.met:
            return Gap(
                fact=verdict.reason,
                way=say("未达到的退回继续整改；数据不足的补齐监测，时间不足的等期满后再验收。"),
                who=unit_words(dossier, TaskRole.OWNER, rules),
                where=goal.id,
            )
    return None
