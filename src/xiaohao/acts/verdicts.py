"""What acceptors, reviewers and assessors decide: accepted, reviewed, assessed for closing, or returned with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts._records import acted, returned
from xiaohao.acts.drawn_rows import rows_drawn
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.codec import plain
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Opinion, Record
from xiaohao.journal.entry import SELF_ACCEPTANCE
from xiaohao.kernel.roles import Actor
from xiaohao.procedure import steps
from xiaohao.procedure.hands import self_accepted
from xiaohao.records import models
from xiaohao.records.models.filed import instant
from xiaohao.records.rulebooks import rulebook_of


def accept(
    *, task: str, by: Actor, at: datetime, key: str, acceptance: Record, files: Sequence[File] = (), version: int | None = None
) -> Receipt:
    """File the acceptance group's opinion: who was on site, what was measured, the results, in words (Record type acceptance). Where a unit
    lawfully accepts its own work, the entry says so."""
    seen = instant(at)
    record = replace(acceptance, type="acceptance", passed=True, tasks=(task,), org=by.org, recorded_at=seen, recorded_by=by.person)
    kept = tuple(replace(f, tasks=(task,), recorded_at=seen) for f in files)
    draft: dict[str, Any] = {"text": record.text, "people": list(record.people), "date": record.date, "method": record.method}
    draft |= {"opinions": [plain(one) for one in record.opinions], "dissents": [plain(one) for one in record.dissents]}

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        own_work = self_accepted(dossier, rulebook_of(row))
        return Proposal(things=(*kept, record), journal={"exceptions": (SELF_ACCEPTANCE,)} if own_work else {})

    return perform("accept", task=task, by=by, at=at, key=key, step=steps.ACCEPT, version=version, draft=draft, propose=propose)


def review(*, task: str, by: Actor, at: datetime, key: str, text: str, seconds: int | None = None, version: int | None = None) -> Receipt:
    """Give the review of the level above, with the time spent on the items in seconds."""
    record = acted("review", task=task, by=by, at=at, key=key, text=text, passed=True, seconds=seconds)
    return perform(
        "review",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.REVIEW,
        version=version,
        draft={"text": text},
        propose=lambda _dossier, _row: Proposal(things=(record,)),
    )


def assess(*, task: str, by: Actor, at: datetime, key: str, assessment: Record, version: int | None = None) -> Receipt:
    """File the region's closing assessment (Record type closing_assessment): who assessed, how, each item of the place's list and each drawn row
    with its verdict and reason. Which rows were drawn is read from the unit's own draw, never taken from what is handed in."""
    record = replace(assessment, type="closing_assessment", passed=True, tasks=(task,), org=by.org, recorded_at=instant(at))
    record = replace(record, recorded_by=by.person)
    draft = {"text": record.text, "people": list(record.people), "assessed": [plain(one) for one in record.assessed]}

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        return Proposal(things=(replace(record, samples=rows_drawn(dossier, by.org)),))

    return perform("assess", task=task, by=by, at=at, key=key, step=steps.ASSESS, version=version, draft=draft, propose=propose)


def return_to_work(
    *,
    task: str,
    by: Actor,
    at: datetime,
    key: str,
    reason: str,
    opinions: Sequence[Opinion] = (),
    due: str = "",
    found: Record | None = None,
    version: int | None = None,
) -> Receipt:
    """Send the task back to the unit from acceptance or review by a letter: the reasons in all, measure by measure what is lacking and what has to
    be done (`opinions`), and the day by which (`due`, 2026-04-30). `found` is the group's own record where it was on site: its people, day, place
    and dissents go into the letter."""
    bare = returned(task=task, by=by, at=at, key=key, stage="return_to_work", reason=reason)
    record = replace(bare, opinions=tuple(opinions), end=due or None)
    if found is not None:
        people = found.people or record.people
        record = replace(record, people=people, group=found.group, dissents=found.dissents, place=found.place, method=found.method)
        record = replace(record, start=found.date)
    return perform(
        "return_to_work",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.RETURN_TO_WORK,
        version=version,
        draft={"reason": reason, "due": due, "opinions": [plain(one) for one in opinions]},
        propose=lambda _dossier, _row: Proposal(things=(record,), result={"letter": record.id}),
    )
