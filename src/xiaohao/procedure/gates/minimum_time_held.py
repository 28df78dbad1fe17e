"""Gate: the result had stood for the rulebook's minimum of months when it was accepted; a goal that asks longer is judged by target_held."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import last_in_round
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("整改完成并稳定一段时间后，方可验收。"),
    met=say("完成后已满规定的稳定时间"),
)
def minimum_time_held(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    task, who = dossier.task, unit_words(dossier, TaskRole.OWNER, rules)
    done_at = parse_when(task.done_at)
    if done_at is None:
        return Gap(fact=say("没有登记整改完成日期。"), way=say("登记整改完成的日期。"), who=who, where=task.id)
    acceptance = last_in_round(dossier, "acceptance")
    accepted = parse_when(acceptance.date if acceptance else None) or When(at.date(), at.date())
    needed = rules.acceptance.min_months_non_works if task.nature == "non_works" else rules.acceptance.min_months_works
    held = done_at.months_until(accepted)
    if held >= needed and accepted.last >= done_at.first:
        return None
    return Gap(
        fact=say("完成日期 {done}，到验收满 {held} 个月，规定不少于 {needed} 个月。", done=task.done_at, held=max(0, held), needed=needed),
        way=say("满 {needed} 个月后再验收。", needed=needed),
        who=who,
        where=task.id,
    )
