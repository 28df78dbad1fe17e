"""Gate: where a unit lawfully accepted its own work, the notice says so in the rulebook's words, so that every reader knows."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import self_accepted, unit_words
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("自行验收的，应当在公示中写明。"),
    met=say("验收单位独立，或公示已写明自行验收"),
)
def self_acceptance_shown(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    if not self_accepted(dossier, rules):
        return None
    notice = dossier.last_statement(dossier.task.id, "notice")
    if notice and rules.hands.printed in notice.text:
        return None
    return Gap(
        fact=say("验收由责任单位自行组织，公示中没有写明。"),
        way=say("在公示中写明“{printed}”。", printed=rules.hands.printed),
        who=unit_words(dossier, TaskRole.PUBLISHER, rules),
        where=notice.id if notice else "",
    )
