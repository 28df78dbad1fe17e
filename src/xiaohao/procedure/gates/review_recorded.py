"""Gate: the level above has looked item by item and written what it found, in its own name."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words, units_of
from xiaohao.procedure.rounds import last_in_round
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("上一级应当对验收情况逐项审核，并出具审核意见。"),
    met=say("审核意见已出具"),
)
def review_recorded(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who = unit_words(dossier, TaskRole.REVIEWER, rules)
    record = last_in_round(dossier, "review")
    if record is None:
        return Gap(fact=say("没有审核意见。"), way=say("逐项审核，出具审核意见。"), who=who)
    if record.org not in units_of(dossier.task, TaskRole.REVIEWER, rules):
        return Gap(fact=say("审核意见不是由指定的审核单位出具。"), way=say("由审核单位出具意见。"), who=who, where=record.id)
    if record.passed is not True:
        return Gap(fact=say("审核结论不是通过。"), way=say("退回整改，改正后重新审核。"), who=who, where=record.id)
    if not record.people or not (record.text or record.reason):
        return Gap(fact=say("审核意见没有写明审核人或理由。"), way=say("写明审核人和通过的理由。"), who=who, where=record.id)
    return None
