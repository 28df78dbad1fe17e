"""Gate: a task that was given to many is closed when every share of it is; each share was accepted, published and closed for itself."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import is_past, state_of


@gate(
    basis=say("分解承办的任务，各单位承办的部分全部销号后，方可整体销号。"),
    met=say("没有分解承办，或各部分都已销号"),
)
def shares_closed(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    waiting = [share for share in dossier.shares_of(dossier.task.id) if not is_past(state_of(share), "close", rules.route)]
    if not waiting:
        return None
    names = "、".join(dossier.org_name(share.owner) for share in waiting)
    return Gap(
        fact=say("{count} 个承办单位的部分没有销号：{names}。", count=len(waiting), names=names),
        way=say("各部分分别验收、公示、销号后，再整体销号。"),
        who=unit_words(dossier, TaskRole.LEAD, rules),
        where=waiting[0].id,
    )
