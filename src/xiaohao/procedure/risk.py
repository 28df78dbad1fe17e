"""How much a task's own facts weigh when supervision draws: whole numbers of the rulebook, added up. The weight says where to look, never who is
at fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xiaohao.dossier.supervision import Risk, RiskFact
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.rules import Supervision

#: What each fact is called where a person reads why a task weighs what it weighs.
FACTS: Mapping[str, Said] = {
    "overdue": say("整改时限已过"),
    "findings": say("疑点未了结"),
    "objections": say("有异议未答复或已成立"),
    "silent": say("长期没有动静"),
    "near": say("整改时限将到"),
    "returned": say("曾被退回或重新打开"),
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the file of one task holds on a day: days past its due date (None: none, or not due), days until it, open findings, objections that
    are unanswered or were upheld, days since anything was entered (None: never), and how often it was returned."""

    overdue_days: int | None
    days_left: int | None
    findings: int
    objections: int
    silent_days: int | None
    returned: int


def risk_of(task: str, address: str, facts: CaseFacts, weights: Supervision) -> Risk:
    """The task's weight: the base that everybody has, and what its facts add. Findings and objections count up to the rulebook's `most`."""
    found = (
        ("overdue", 1 if facts.overdue_days else 0, weights.overdue),
        ("findings", min(facts.findings, weights.most), weights.findings),
        ("objections", min(facts.objections, weights.most), weights.objections),
        ("silent", 1 if (facts.silent_days or 0) >= weights.silent_days else 0, weights.silent),
        ("near", 1 if facts.days_left is not None and facts.days_left <= weights.near_days else 0, weights.near),
        ("returned", min(facts.returned, weights.most), weights.returned),
    )
    held = tuple(RiskFact(name=name, count=count, weight=count * each) for name, count, each in found if count)
    return Risk(task=task, address=address, weight=weights.base + sum(fact.weight for fact in held), facts=held)
