"""Gate: a task closed before the system came is carried in as found: marked so, with the day on which it was closed, and that day lies in the past."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST, parse_when
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("系统启用前已销号的任务照录，注明“原已销号，本系统未核”。"),
    met=say("已注明原已销号，本系统未核"),
)
def carried_in_as_found(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    task = dossier.task
    closed = parse_when(task.closed_at)
    if task.carried_in and closed and closed.first <= at.astimezone(CST).date():
        return None
    fact = say("没有注明原已销号。") if not task.carried_in else say("没有原销号日期，或日期在今天之后。")
    return Gap(fact=fact, way=say("注明原已销号和原销号日期。"), who=say("整改办"), where=task.id)
