"""Answering a finding, and deciding on the answer: two people of two units, both on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xiaohao.acts._allowed import answerers, deciders
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal, Update
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.journal.entry import EntryType, Outcome
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.records import models
from xiaohao.records.models import Finding
from xiaohao.records.models.filed import instant

#: What a decider may say (Disposition.decision of DOSSIER.md).
DECISIONS = ("upheld", "explained", "withdrawn")


def answer_finding(*, finding: str, by: Actor, at: datetime, key: str, answer: str, evidence: Sequence[str] = ()) -> Receipt:
    """Answer a finding in writing, with the records that rebut or explain it. A new answer takes the place of one not yet decided."""

    def propose(_dossier: Dossier, _row: models.Task) -> Proposal:
        row = _undecided(finding)
        more = {**row.more, "answer": answer, "answered_by": by.person, "evidence": sorted(evidence)}
        said = {"type": EntryType.FINDING_ANSWERED, "finding": row.id}  # which check asked is public only once it was upheld
        return Proposal(updates=(Update(row, {"more": more, "answered_at": at.replace(microsecond=0)}),), journal=said)

    task, asked = Finding.objects.values_list("task_id", "must_answer_id").get(pk=finding)
    return perform("answer_finding", task=task, by=by, at=at, key=key, allowed=answerers(asked), propose=propose)


def decide_finding(*, finding: str, by: Actor, at: datetime, key: str, decision: str, reason: str) -> Receipt:
    """Decide on an answered finding: upheld, explained or withdrawn, with a reason. Never by the person or the unit that answered.
    Raises ValueError for another word, Refused when there is no answer yet."""
    if decision not in DECISIONS:
        raise ValueError(decision)

    def propose(dossier: Dossier, _row: models.Task) -> Proposal:
        row = _undecided(finding)
        if not row.answered_at:
            raise Refused("decide_finding", (_unanswered(dossier, row),))
        more = {**row.more, "decision": decision, "decided_by": by.person, "decision_reason": reason}
        outcome = Outcome.REJECTED if decision == "upheld" else Outcome.ACCEPTED
        said = {"type": EntryType.FINDING_DECIDED, "finding": row.id, "outcome": outcome}
        if decision == "upheld":
            said["check"] = row.check_id
        return Proposal(updates=(Update(row, {"more": more, "decided_at": at.replace(microsecond=0)}),), journal=said)

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        return deciders(asked)(dossier, actor) + _own_answer(dossier, actor, finding)

    task, asked = Finding.objects.values_list("task_id", "must_answer_id").get(pk=finding)
    return perform("decide_finding", task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)


def _undecided(finding: str) -> Finding:
    row = Finding.objects.select_for_update().get(pk=finding)
    if row.decided_at:
        raise Refused(
            "decide_finding",
            (
                Unmet(
                    gate="finding_undecided",
                    fact=say("这条疑点已于{day}判断", day=instant(row.decided_at)[:10]),
                    basis=say("一条疑点只判断一次，依据变了会重新提出"),
                    way=say("如有新的记录，请补入台账，系统会重新比对"),
                    who="",
                    where=row.id,
                ),
            ),
        )
    return row


def _unanswered(dossier: Dossier, row: Finding) -> Unmet:
    return Unmet(
        gate="finding_answered",
        fact=say("这条疑点还没有书面答复"),
        basis=say("先由责任单位答复，再由其他单位判断"),
        way=say("请{org}先答复", org=dossier.org_name(row.must_answer_id)),
        who=dossier.org_name(row.must_answer_id),
        where=row.id,
    )


def _own_answer(dossier: Dossier, actor: Actor, finding: str) -> tuple[Unmet, ...]:
    disposition = next((d for d in dossier.dispositions if d.id == finding), None)
    if disposition is None or (actor.person != disposition.answered_by and actor.org not in (dossier.task.owner, disposition.must_answer)):
        return ()
    return (
        Unmet(
            gate="separate_hands",
            fact=say("答复人和判断人不能是同一人或同一责任单位"),
            basis=say("答复与判断分开"),
            way=say("请验收单位、审核单位或整改办的人员判断"),
            who=say("验收单位、审核单位或整改办"),
            where=finding,
        ),
    )
