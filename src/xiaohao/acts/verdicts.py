"""What acceptors and reviewers decide: accepted, reviewed, or returned with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor
from xiaohao.procedure import steps
from xiaohao.procedure.steps import Step
from xiaohao.records.models.filed import instant


def accept(
    *, task: str, by: Actor, at: datetime, key: str, acceptance: Record, files: Sequence[File] = (), version: int | None = None
) -> Receipt:
    """File the acceptance group's opinion: who was on site, what was measured, the results, in words (Record type acceptance)."""
    record = _own(replace(acceptance, type="acceptance", passed=True), task=task, by=by, at=at)
    kept = tuple(replace(f, tasks=(task,), recorded_at=instant(at)) for f in files)
    draft: dict[str, Any] = {"text": record.text, "people": list(record.people), "date": record.date, "method": record.method}
    return _decide("accept", steps.ACCEPT, task=task, by=by, at=at, key=key, things=(*kept, record), version=version, draft=draft)


def review(*, task: str, by: Actor, at: datetime, key: str, text: str, seconds: int | None = None, version: int | None = None) -> Receipt:
    """Give the review of the level above, with the time spent on the items in seconds."""
    record = _record("review", key, text=text, passed=True, seconds=seconds, task=task, by=by, at=at)
    return _decide("review", steps.REVIEW, task=task, by=by, at=at, key=key, things=(record,), version=version, draft={"text": text})


def return_to_work(*, task: str, by: Actor, at: datetime, key: str, reason: str, version: int | None = None) -> Receipt:
    """Send the task back to the unit from acceptance or review, with the reasons."""
    record = _record("return", key, text=reason, reason=reason, stage="return_to_work", passed=False, task=task, by=by, at=at)
    return _decide(
        "return_to_work",
        steps.RETURN_TO_WORK,
        task=task,
        by=by,
        at=at,
        key=key,
        things=(record,),
        version=version,
        draft={"reason": reason},
    )


def _decide(
    act: str,
    step: Step,
    *,
    task: str,
    by: Actor,
    at: datetime,
    key: str,
    things: tuple[Record | File, ...],
    version: int | None,
    draft: dict[str, Any],
) -> Receipt:
    return perform(
        act,
        task=task,
        by=by,
        at=at,
        key=key,
        step=step,
        version=version,
        draft=draft,
        propose=lambda _dossier, _row: Proposal(things=things),
    )


def _record(kind: str, key: str, *, task: str, by: Actor, at: datetime, text: str, **more: object) -> Record:
    bare = Record(id=id_from("rec", key, kind), type=kind, people=(by.person,), date=instant(at)[:10], recorded_at=instant(at), text=text)
    return _own(replace(bare, **more), task=task, by=by, at=at)  # type: ignore[arg-type]


def _own(record: Record, *, task: str, by: Actor, at: datetime) -> Record:
    return replace(record, tasks=(task,), org=by.org, recorded_at=instant(at), recorded_by=by.person)
