"""The plan: filed by the unit, approved by the level above, begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal, Update
from xiaohao.acts._records import returned
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Plan
from xiaohao.kernel.roles import Actor
from xiaohao.procedure import steps
from xiaohao.records import models
from xiaohao.records.models.filed import instant


def file_plan(*, task: str, by: Actor, at: datetime, key: str, plan: Plan, version: int | None = None) -> Receipt:
    """File a version of the plan. Versions are counted by the system; one that changes an earlier version names it."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        before = dossier.plan_in_force(row.id)
        numbered = replace(
            plan,
            task=row.id,
            author=by.org,
            recorded_at=instant(at),
            version=before.version + 1 if before else 1,
            replaces=before.id if before else None,
        )
        return Proposal(things=(numbered,), result={"plan": numbered.id})

    return perform("file_plan", task=task, by=by, at=at, key=key, step=steps.FILE_PLAN, propose=propose, version=version)


def approve_plan(*, task: str, by: Actor, at: datetime, key: str, version: int | None = None) -> Receipt:
    """Approve the plan in force; from now on its targets and due dates change only by another version."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        plan = dossier.plan_in_force(row.id)
        if plan is None:
            return Proposal()
        filed = models.Plan.objects.get(pk=plan.id)
        return Proposal(updates=(Update(filed, {"more": {**filed.more, "published_at": instant(at)[:10]}}),))

    return perform("approve_plan", task=task, by=by, at=at, key=key, step=steps.APPROVE_PLAN, propose=propose, version=version)


def return_plan(*, task: str, by: Actor, at: datetime, key: str, reason: str, version: int | None = None) -> Receipt:
    """Send the plan back to the unit, with the reasons."""
    record = returned(task=task, by=by, at=at, key=key, stage="return_plan", reason=reason)
    return perform(
        "return_plan",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.RETURN_PLAN,
        propose=lambda _dossier, _row: Proposal(things=(record,)),
        version=version,
    )


def start(*, task: str, by: Actor, at: datetime, key: str, version: int | None = None) -> Receipt:
    """Begin carrying the plan out."""
    return perform("start", task=task, by=by, at=at, key=key, step=steps.START, propose=lambda _dossier, _row: Proposal(), version=version)
