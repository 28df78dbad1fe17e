"""Closing, confirming after the watch, taking a closing back, and the exception that only the level above may make."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from xiaohao.acts._allowed import ALL_HANDS
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts._records import acted, returned
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.oversight import WatchPlan
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
    record = acted("closure", task=task, by=by, at=at, key=key, text=statement)
    return perform(
        "close",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.CLOSE,
        version=version,
        draft={"statement": statement},
        propose=lambda _dossier, _row: Proposal(things=(record,), task={"closed_at": instant(at)[:10]}),
    )


def confirm(*, task: str, by: Actor, at: datetime, key: str, statement: str, version: int | None = None) -> Receipt:
    """Confirm after the watch that the result has held."""
    record = acted("look_back", task=task, by=by, at=at, key=key, text=statement, passed=True)
    return perform(
        "confirm",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.CONFIRM,
        version=version,
        draft={"statement": statement},
        propose=lambda _dossier, _row: Proposal(things=(record,)),
    )


def reopen(*, task: str, by: Actor, at: datetime, key: str, reason: str, version: int | None = None) -> Receipt:
    """Return the task: a look-back failed, the problem came back. The reason is public. (An upheld objection reopens in its own act.)"""
    record = returned(task=task, by=by, at=at, key=key, stage="reopen", reason=reason)
    return perform(
        "reopen",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.REOPEN,
        version=version,
        draft={"reason": reason},
        propose=lambda _dossier, _row: Proposal(things=(record,), task={"closed_at": ""}),
    )


def resume(*, task: str, by: Actor, at: datetime, key: str, version: int | None = None) -> Receipt:
    """Take up the work again after the task was returned."""
    return perform(
        "resume", task=task, by=by, at=at, key=key, step=steps.RESUME, version=version, propose=lambda _dossier, _row: Proposal()
    )


def override(
    *, task: str, by: Actor, at: datetime, key: str, step: str, gate: str, public_reason: str, version: int | None = None
) -> Receipt:
    """Waive one gate of one step that the rulebook lets the level above waive. The reason is public, the exception counted."""
    record = acted("override", task=task, by=by, at=at, key=key, stage=f"{step}:{gate}", text=public_reason, public_reason=public_reason)
    return perform(
        "override",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.OVERRIDE,
        version=version,
        draft={"step": step, "gate": gate, "reason": public_reason},
        propose=lambda _dossier, _row: Proposal(things=(record,), journal={"exceptions": (gate,)}),
    )
