"""Gate: a plan that was approved is changed in target, place, scope or due date only with the written consent of a higher level."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.plan_changes import approved_before, changes, consents
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("调整目标、地点、范围、时限的，须经上一级书面同意，并向社会公开。"),
    met=say("没有调整目标、地点、范围、时限，或上一级已书面同意"),
)
def change_consented(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    plan = dossier.plan_in_force(dossier.task.id)
    before = approved_before(dossier, plan) if plan else None
    if plan is None or before is None:
        return None
    changed = [change for change in changes(dossier, before, plan) if change.needs_consent]
    if not changed:
        return None
    who = unit_words(dossier, TaskRole.REVIEWER, rules)
    words = {"version": plan.version, "count": len(changed), "first": changed[0].words}
    consent = plan.consent
    paper = dossier.find(Document, consent.document) if consent else None
    if consent is None or paper is None or not paper.number:
        return Gap(
            fact=say("第 {version} 版改动 {count} 处（{first}），没有上一级同意调整的文件。", **words),
            way=say("写明同意调整的文号和日期；不同意的，退回方案。"),
            who=who,
            where=plan.id,
        )
    if not consents(dossier, consent.org, plan.author):
        return Gap(
            fact=say("同意调整的{org}不是{author}的上一级。", org=dossier.org_name(consent.org), author=dossier.org_name(plan.author)),
            way=say("由报送方案单位的上一级同意。"),
            who=who,
            where=plan.id,
        )
    return None
