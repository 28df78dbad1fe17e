"""Gate: whoever changes an approved plan says why, in words that will be public."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.plan_changes import approved_before, changes
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("调整方案的，应当写明理由，随方案公开。"),
    met=say("没有改动已批准的方案，或写明了理由"),
)
def change_explained(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    plan = dossier.plan_in_force(dossier.task.id)
    before = approved_before(dossier, plan) if plan else None
    if plan is None or before is None or (plan.change_note or "").strip():
        return None
    changed = changes(dossier, before, plan)
    if not changed:
        return None
    return Gap(
        fact=say("第 {version} 版改动 {count} 处，没有写明理由。", version=plan.version, count=len(changed)),
        way=say("在“改动说明”里写明为什么调整。"),
        who=unit_words(dossier, TaskRole.LEAD, rules),
        where=plan.id,
    )
