"""Gate: somebody has checked, and signed, that nothing secret or personal is in what will be published, before it is published."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_instant
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import Round, last_in_round
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("信息公开前应当进行保密审查。"),
    met=say("保密审查已签字"),
)
def confidentiality_signed(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    if not rules.confidentiality.required:
        return None
    who = unit_words(dossier, TaskRole.PUBLISHER, rules)
    signed = last_in_round(dossier, "consent", stage="confidentiality", of=Round.NOTICE)
    if signed is None or not signed.people or signed.passed is False:
        return Gap(
            fact=say("公示内容没有通过保密审查。"), way=say("由保密审查人核对公示内容并签字。"), who=who, where=signed.id if signed else ""
        )
    if parse_instant(signed.recorded_at) > at:
        return Gap(fact=say("保密审查晚于公示。"), way=say("先审查，后公示。"), who=who, where=signed.id)
    if rules.confidentiality.two_people and actor.person in signed.people:
        return Gap(fact=say("保密审查人与发布人相同。"), way=say("由另一人发布。"), who=who, where=signed.id)
    return None
