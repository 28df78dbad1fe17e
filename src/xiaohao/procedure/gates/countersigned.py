"""Gates: the units that have to countersign a document have signed it as it is now, not as it was before it was changed."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import in_a_row, say
from xiaohao.kernel.when import parse_instant
from xiaohao.procedure.countersigning import (
    ACCEPT,
    APPLY,
    PLAN,
    acceptance_digest,
    application_digest,
    lines_for,
    plan_digest,
    required,
    sheet_of,
    signed_before,
)
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.rounds import last_in_round, round_began
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("需要几家单位会签的方案，会签齐了再批；签的是哪一版，就只对那一版有效。"),
    met=say("方案没有还缺的会签"),
)
def plan_countersigned(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    plan = dossier.plan_in_force(dossier.task.id)
    return _missing(dossier, PLAN, rules, plan.author, plan_digest(plan)) if plan else None


@gate(
    basis=say("需要几家单位会签的申请，会签齐了再报；文字改过的，已签的作废，重新会签。"),
    met=say("申请没有还缺的会签"),
)
def application_countersigned(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    said, began = dossier.last_statement(dossier.task.id, "completion"), round_began(dossier)
    if said and began and parse_instant(said.recorded_at) < began:
        said = None  # of a round that ended: what is being written now is not in the file yet
    digest = application_digest(said, dossier.task.done_at) if said else _as_sent(dossier, APPLY)
    return _missing(dossier, APPLY, rules, said.author if said else actor.org, digest)


@gate(
    basis=say("需要几家单位会签的验收意见，会签齐了再提交；文字改过的，已签的作废，重新会签。"),
    met=say("验收意见没有还缺的会签"),
)
def acceptance_countersigned(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    opinion = last_in_round(dossier, "acceptance")
    digest = acceptance_digest(opinion) if opinion else _as_sent(dossier, ACCEPT)
    return _missing(dossier, ACCEPT, rules, dossier.task.acceptor, digest)


def _as_sent(dossier: Dossier, stage: str) -> str:
    """The digest of what was sent round last: before the step is tried, nothing else is known of the text."""
    sheet = sheet_of(dossier, stage)
    return (sheet.record.digest or "") if sheet else ""


def _missing(dossier: Dossier, stage: str, rules: Rulebook, author: str | None, digest: str) -> Gap | None:
    lines = lines_for(dossier, stage, required(dossier, stage, rules, author), digest)
    returned = [line for line in lines if line.returned]
    lacking = [line for line in lines if not line.signed]
    if not lacking:
        return None
    sheet = sheet_of(dossier, stage)
    where = sheet.record.id if sheet else dossier.task.id
    names = in_a_row(dossier.org_name(line.unit) for line in returned or lacking)
    who = dossier.org_name(author)
    if returned:
        return Gap(fact=say("会签时{names}不同意。", names=names), way=say("按意见改好，重新送会签。"), who=who, where=where)
    if signed_before(dossier, stage, digest):
        return Gap(
            fact=say("文字在会签以后改过，已签的作废；{names}没有签现在的文字。", names=names),
            way=say("把现在的文字重新送会签。"),
            who=who,
            where=where,
        )
    return Gap(
        fact=say("会签没有齐，{names}没有签。", names=names),
        way=say("送会签，请各单位主要负责人签；签在纸上的，由该单位录入并附扫描件。"),
        who=names,
        where=where,
    )
