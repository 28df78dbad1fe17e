"""Gate: where a unit lawfully accepted its own work, somebody from outside has taken a sample of it and found it as reported."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import bound, self_accepted, unit_words, units_of
from xiaohao.procedure.rounds import in_round
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("自行验收的，销号前应当由其他单位抽查。"),
    met=say("验收单位独立，或其他单位已经抽查"),
)
def outside_sample_taken(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    if not self_accepted(dossier, rules):
        return None
    owners = units_of(dossier.task, TaskRole.OWNER, rules)
    samples = [r for kind in ("look_back", "site_visit") for r in in_round(dossier, kind) if r.org and r.passed is not None]
    outside = [r for r in samples if not any(bound(dossier, owner, r.org or "") for owner in owners)]
    if outside and outside[-1].passed:
        return None
    fact = say("其他单位抽查，与申报不一致。") if outside else say("验收由责任单位自行组织，没有其他单位的抽查记录。")
    return Gap(
        fact=fact,
        way=say("由与责任单位没有隶属关系的单位到现场抽查，并登记结果。"),
        who=unit_words(dossier, TaskRole.REVIEWER, rules),
        where=outside[-1].id if outside else "",
    )
