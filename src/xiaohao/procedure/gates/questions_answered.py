"""Gate: what was asked of the unit has been answered; a verdict over open questions would be one without having looked."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.questions import open_questions
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("验收、审核中提出的质询，责任单位应当附依据答复；没有答复的，不出结论。"),
    met=say("没有未答复的质询"),
)
def questions_answered(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    waiting = open_questions(dossier)
    if not waiting:
        return None
    return Gap(
        fact=say("{count} 项质询没有答复，最早一项应于 {due} 前答复。", count=len(waiting), due=min(one.due for one in waiting)),
        way=say("责任单位附依据答复；到期不答复的，可以退回。"),
        who=unit_words(dossier, TaskRole.OWNER, rules),
        where=waiting[0].asked.id,
    )
