"""Rounds: what was accepted, pledged or published before a task went back does not count for the round after it.

A step back leaves a record of type `return` whose `stage` says what went back: the plan, the notice, or (anything else) the work.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.when import parse_instant

#: `stage` of a return that sends back the plan alone, or the notice alone.
_PLAN_STAGES = frozenset({"plan", "return_plan"})
_NOTICE_STAGES = frozenset({"publish", "withdraw_notice"})


class Round(Enum):
    """Which rounds there are: of the plan, of the work (from application to closing), of the notice (a new one when either goes back)."""

    PLAN = "plan"
    WORK = "work"
    NOTICE = "notice"


def round_began(dossier: Dossier, of: Round = Round.WORK) -> datetime | None:
    """When the present round began: the journal time of the last return that ended one, or None in the first round."""
    ends = [parse_instant(r.recorded_at) for r in dossier.records_of(dossier.task.id, "return") if _ends(r.stage, of)]
    return max(ends, default=None)


def _ends(stage: str | None, of: Round) -> bool:
    if of is Round.PLAN:
        return stage in _PLAN_STAGES
    if stage in _PLAN_STAGES:
        return False
    return of is Round.NOTICE or stage not in _NOTICE_STAGES


def in_round(dossier: Dossier, kind: str, *, stage: str | None = None, of: Round = Round.WORK) -> tuple[Record, ...]:
    """The task's records of a type (and stage) that belong to the present round, oldest first."""
    began = round_began(dossier, of)
    return tuple(
        record
        for record in dossier.records_of(dossier.task.id, kind)
        if (stage is None or record.stage == stage) and (began is None or parse_instant(record.recorded_at) >= began)
    )


def last_in_round(dossier: Dossier, kind: str, *, stage: str | None = None, of: Round = Round.WORK) -> Record | None:
    found = in_round(dossier, kind, stage=stage, of=of)
    return found[-1] if found else None
