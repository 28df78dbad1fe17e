"""Gate: it is laid down how the closed task will be watched: for how long, and which run of bad months brings it back."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("销号后应当持续观察，观察期和回头看条件应当事先定下。"),
    met=say("观察计划已定"),
)
def watch_plan_present(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who, wanted = unit_words(dossier, TaskRole.CLOSER, rules), rules.watch
    plan = dossier.watch_plan_of(dossier.task.id)
    if plan is None:
        return Gap(
            fact=say("没有观察计划。"),
            way=say("定下观察 {months} 个月，{n} 个月内 {k} 个月超目标即回头看。", months=wanted.months, k=wanted.k, n=wanted.n),
            who=who,
        )
    if plan.months < wanted.months:
        return Gap(
            fact=say("观察计划 {planned} 个月，规定不少于 {months} 个月。", planned=plan.months, months=wanted.months),
            way=say("把观察期改为不少于 {months} 个月。", months=wanted.months),
            who=who,
            where=plan.id,
        )
    return None
