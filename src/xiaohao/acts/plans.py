"""The plan: filed by the unit, approved by the level above, begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal, Update
from xiaohao.acts._records import returned
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.plan import Consent, Plan
from xiaohao.kernel.roles import Actor
from xiaohao.procedure import steps
from xiaohao.records import models
from xiaohao.records.models.filed import instant


@dataclass(frozen=True, slots=True)
class Paper:
    """The document in which the level above consents to a change: its number, its date, and its title where it has one of its own."""

    number: str
    date: str
    title: str = ""


def file_plan(
    *,
    task: str,
    by: Actor,
    at: datetime,
    key: str,
    plan: Plan,
    causes: Sequence[str] | None = None,
    version: int | None = None,
) -> Receipt:
    """File a version of the plan. Versions are counted by the system; one that changes an earlier version names it, a share's plan stands under
    the whole's. `causes` is the analysis that its measures answer (None: as it stands)."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        before = dossier.plan_in_force(row.id)
        numbered = replace(
            plan,
            task=row.id,
            author=by.org,
            recorded_at=instant(at),
            version=before.version + 1 if before else 1,
            replaces=before.id if before else None,
            under=plan.under or _whole_plan(dossier),
        )
        analysed = {} if causes is None else {"causes": tuple(causes)}
        return Proposal(things=(numbered,), task=analysed, result={"plan": numbered.id})

    return perform("file_plan", task=task, by=by, at=at, key=key, step=steps.FILE_PLAN, propose=propose, version=version)


def _whole_plan(dossier: Dossier) -> str | None:
    """The plan that a share's own stands under: the one that the whole has in force."""
    whole = next((link.task for link in dossier.task.links if link.relation == "share_of"), "")
    plan = dossier.plan_in_force(whole)
    return plan.id if plan else None


def approve_plan(*, task: str, by: Actor, at: datetime, key: str, consent: Paper | None = None, version: int | None = None) -> Receipt:
    """Approve the plan in force and publish it; from now on its targets and due dates change only by another version. A version that changes an
    approved one is approved with the `consent` that it needs, or refused."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        plan = dossier.plan_in_force(row.id)
        if plan is None:
            return Proposal()
        paper = _consent_paper(plan, consent, task=task, by=by, at=at, key=key) if consent else None
        agreed = Consent(org=by.org, document=paper.id, date=paper.date) if paper else plan.consent
        decided = replace(plan, published_at=instant(at)[:10], consent=agreed)
        filed = models.Plan.objects.get(pk=plan.id)
        things = (paper,) if paper else ()
        return Proposal(things=things, updates=(Update(filed, {"more": models.Plan.of(decided).more}, thing=decided),))

    return perform("approve_plan", task=task, by=by, at=at, key=key, step=steps.APPROVE_PLAN, propose=propose, version=version)


def _consent_paper(plan: Plan, consent: Paper, *, task: str, by: Actor, at: datetime, key: str) -> Document:
    return Document(
        id=id_from("doc", "consent", key),
        number=consent.number,
        title=consent.title or f"关于同意调整整改方案的批复（第 {plan.version} 版）",
        kind="approval",
        issuer=by.org,
        date=consent.date,
        recorded_at=instant(at),
        recipients=(plan.author,),
        tasks=(task,),
    )


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
