"""Gate: everybody who will be needed is named before the work begins: who accepts, reviews, publishes, closes and receives objections."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import in_a_row, say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import UNIT_WORDS, units_of
from xiaohao.procedure.rules import Rulebook

_NEEDED = (TaskRole.OWNER, TaskRole.ACCEPTOR, TaskRole.REVIEWER, TaskRole.PUBLISHER, TaskRole.DESK, TaskRole.CLOSER)


@gate(
    basis=say("责任、验收、审核、公示、异议受理和销号单位应当事先明确。"),
    met=say("责任、验收、审核、公示、异议受理和销号单位都已指定"),
)
def hands_named(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    needed = (*_NEEDED, TaskRole.ASSESSOR) if "assess" in rules.route else _NEEDED
    lacking = [UNIT_WORDS[role] for role in needed if not units_of(dossier.task, role, rules)]
    if not lacking:
        return None
    return Gap(
        fact=say("没有指定{roles}。", roles=in_a_row(lacking)),
        way=say("在任务中指定这些单位。"),
        who=say("整改办"),
        where=dossier.task.id,
    )
