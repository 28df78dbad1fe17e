"""Closing, confirming after the watch, and taking a closing back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from xiaohao.acts._allowed import ALL_HANDS
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.oversight import WatchPlan
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor
from xiaohao.procedure import steps
from xiaohao.records.models.filed import instant


def plan_watch(*, task: str, by: Actor, at: datetime, key: str, watch: WatchPlan) -> Receipt:
    """Say how long, and by which rule, the task is watched once it is closed."""
    filed = replace(watch, task=task)
    return perform(
        "plan_watch", task=task, by=by, at=at, key=key, allowed=ALL_HANDS, propose=lambda _dossier, _row: Proposal(things=(filed,))
    )


def close(*, task: str, by: Actor, at: datetime, key: str, statement: str, version: int | None = None) -> Receipt:
    """Strike the task off the list. Open objections and the end of the window are looked at again inside the same transaction."""
    day = instant(at)[:10]
    record = _record("closure", key, task=task, by=by, at=at, text=statement)
    return perform(
        "close",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.CLOSE,
        version=version,
        draft={"statement": statement},
        propose=lambda _dossier, _row: Proposal(things=(record,), task={"closed_at": day}),
    )


def confirm(*, task: str, by: Actor, at: datetime, key: str, statement: str, version: int | None = None) -> Receipt:
    """Confirm after the watch that the result has held."""
    record = _record("look_back", key, task=task, by=by, at=at, text=statement, passed=True)
    return perform(
        "confirm",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.CONFIRM,
        version=version,
        propose=lambda _dossier, _row: Proposal(things=(record,)),
    )


def reopen(*, task: str, by: Actor, at: datetime, key: str, reason: str, version: int | None = None) -> Receipt:
    """Return the task: an objection was upheld, a look-back failed, the problem came back. The reason is public."""
    record = _record("return", key, task=task, by=by, at=at, text=reason, stage="reopen", public_reason=reason, passed=False)
    return perform(
        "reopen",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.REOPEN,
        version=version,
        propose=lambda _dossier, _row: Proposal(things=(record,), task={"closed_at": ""}),
    )


def resume(*, task: str, by: Actor, at: datetime, key: str, version: int | None = None) -> Receipt:
    """Take up the work again after the task was returned."""
    return perform(
        "resume", task=task, by=by, at=at, key=key, step=steps.RESUME, version=version, propose=lambda _dossier, _row: Proposal()
    )


def _record(kind: str, key: str, *, task: str, by: Actor, at: datetime, text: str, **more: object) -> Record:
    seen = instant(at)
    bare = Record(
        id=id_from("rec", key, kind),
        type=kind,
        tasks=(task,),
        org=by.org,
        people=(by.person,),
        date=seen[:10],
        recorded_at=seen,
        recorded_by=by.person,
        text=text,
    )
    return replace(bare, **more)  # type: ignore[arg-type]
