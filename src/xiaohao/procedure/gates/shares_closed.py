"""Gates: a task that was given to many awaits its shares. It is said to be done when every share has been accepted, published and closed when
every share is closed; each share was accepted, published and closed for itself."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.task import Task
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import is_past, state_of


@gate(
    basis=say("分解承办的任务，各单位承办的部分全部通过验收后，方可整体申请验收。"),
    met=say("没有分解承办，或各部分都已通过验收"),
)
def shares_accepted(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    waiting = _not_past(dossier, rules, "accept")
    if not waiting:
        return None
    return Gap(
        fact=say("{count} 个承办单位的部分没有通过验收：{names}。", count=len(waiting), names=_names(dossier, waiting)),
        way=say("各部分分别验收通过后，再整体申请验收。"),
        who=unit_words(dossier, TaskRole.LEAD, rules),
        where=waiting[0].id,
    )


@gate(
    basis=say("分解承办的任务，各单位承办的部分全部销号后，方可整体公示和销号。"),
    met=say("没有分解承办，或各部分都已销号"),
)
def shares_closed(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    waiting = _not_past(dossier, rules, "close")
    if not waiting:
        return None
    return Gap(
        fact=say("{count} 个承办单位的部分没有销号：{names}。", count=len(waiting), names=_names(dossier, waiting)),
        way=say("各部分分别验收、公示、销号后，再整体公示、销号。"),
        who=unit_words(dossier, TaskRole.LEAD, rules),
        where=waiting[0].id,
    )


def _not_past(dossier: Dossier, rules: Rulebook, stage: str) -> list[Task]:
    return [share for share in dossier.shares_of(dossier.task.id) if not is_past(state_of(share), stage, rules.route)]


def _names(dossier: Dossier, shares: list[Task]) -> str:
    return "、".join(dossier.org_name(share.owner) for share in shares)
