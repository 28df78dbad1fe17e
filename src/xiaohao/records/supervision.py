"""Queries of supervision: plans and what they have covered, draws, visits a person may know of, and guidance counted apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from xiaohao.dossier.supervision import GUIDANCE
from xiaohao.evidence.risk_draw import RULE, drawn_by_weight
from xiaohao.journal.proof import tree_root
from xiaohao.journal.tiles import TileHashes
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records.models import Commitment, SiteVisit, SupervisionDraw, SupervisionPlan, Task
from xiaohao.records.proving import NotYetPublished, published_checkpoint
from xiaohao.records.tiles import TileStore
from xiaohao.records.worklist import ENDED, co_owned_by, visible_to

#: Who plans supervision, and who goes and looks.
PLANNERS = frozenset({Role.SUPERVISOR, Role.CLERK})
VISITORS = PLANNERS | {Role.INSPECTOR}


def plans_for(actor: Actor) -> QuerySet[SupervisionPlan]:
    """Plans of the person's own unit: what is to be inspected is nobody else's to know beforehand."""
    if not actor.roles & VISITORS:
        return SupervisionPlan.objects.none()
    return SupervisionPlan.objects.filter(org=actor.org).select_related("org").order_by("-made_at", "pk")


def visits_known_to(actor: Actor) -> QuerySet[SiteVisit]:
    """Visits to tasks that this person may read; one that is not announced only once somebody has arrived, except to the unit that goes."""
    known = Q(unannounced=None) | ~Q(arrived_at=None) | ~Q(reported_at=None)
    if actor.roles & VISITORS:
        known |= Q(org=actor.org)
    tasks = visible_to(actor).order_by().values("pk")
    return SiteVisit.objects.filter(known, task__in=tasks).select_related("task", "task__owner", "task__list", "org", "plan")


def visits_of(actor: Actor, task: Task) -> QuerySet[SiteVisit]:
    """Those to one task, newest first."""
    return visits_known_to(actor).filter(task=task).order_by("-date", "-planned_at", "pk")


def to_visit(actor: Actor) -> int:
    """How many visits the person's own unit has still to report."""
    return SiteVisit.objects.filter(org=actor.org, reported_at=None).count() if actor.roles & VISITORS else 0


def may_be_supervised(actor: Actor) -> QuerySet[Task]:
    """Tasks at work that this person may read and whose responsible unit is another one."""
    at_work = visible_to(actor).exclude(status__in=ENDED).exclude(status="")
    return at_work.exclude(owner=actor.org).exclude(co_owned_by(actor.org)).order_by("address")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw with its result: the entry that committed to its population, the root that is the seed, the addresses in the order drawn."""

    draw: SupervisionDraw
    entry: int
    root: bytes
    addresses: tuple[str, ...]


def result_of(draw: SupervisionDraw, tiles: TileStore | None = None) -> Drawn | None:
    """The draw's result once a published checkpoint holds its entry (a second or so); None before that."""
    tiles = tiles or TileStore(settings.JOURNAL_HOME / "public")
    first = Commitment.objects.filter(table="supervisiondraw", row=draw.pk).order_by("entry_id").values_list("entry_id", flat=True)
    entry = first[0]
    try:
        checkpoint, _note = published_checkpoint(tiles)
    except NotYetPublished:
        return None
    if entry + 1 > checkpoint.size:
        return None
    root = tree_root(entry + 1, TileHashes(checkpoint.size, tiles.read))
    told = draw.thing()
    weights = {risk.address: risk.weight for risk in told.population}
    return Drawn(draw, entry, root, drawn_by_weight(weights, root=root, draw=draw.pk, count=told.count))


def as_json(drawn: Drawn) -> dict[str, Any]:
    """Everything that `xiaohao sample` needs to repeat the draw, and why each task weighs what it weighs; no names."""
    told = drawn.draw.thing()
    return {
        "rule": RULE,
        "draw": told.id,
        "drawn_at": told.drawn_at,
        "entry": drawn.entry,
        "size": drawn.entry + 1,
        "root": drawn.root.hex(),
        "count": told.count,
        "population": [
            {
                "task": risk.address,
                "weight": risk.weight,
                "facts": [{"fact": fact.name, "count": fact.count, "weight": fact.weight} for fact in risk.facts],
            }
            for risk in sorted(told.population, key=lambda risk: risk.address)
        ],
        "drawn": list(drawn.addresses),
    }


@dataclass(frozen=True, slots=True)
class Covered:
    """One task of a plan: the visit that covers it or is planned (None: neither), and whether it was drawn."""

    task: Task
    visit: SiteVisit | None
    is_drawn: bool

    @property
    def is_covered(self) -> bool:
        return self.visit is not None and self.visit.reported_at is not None


def coverage_of(plan: SupervisionPlan, drawn: Drawn | None = None) -> tuple[Covered, ...]:
    """Every task of the plan in order of its list and number; a visit that has been reported covers it."""
    chosen = frozenset(drawn.addresses) if drawn else frozenset()
    visits: dict[str, SiteVisit] = {}
    for visit in plan.visits.exclude(kind=GUIDANCE).order_by("planned_at", "pk"):
        before = visits.get(visit.task_id)
        if before is None or before.reported_at is None:
            visits[visit.task_id] = visit
    tasks = sorted(plan.on_tasks.select_related("owner", "list"), key=lambda task: (task.list.code, str(task.number).rjust(6, "0")))
    return tuple(Covered(task, visits.get(task.pk), task.address in chosen) for task in tasks)


def covered_counts(plans: list[SupervisionPlan]) -> Mapping[str, tuple[int, int]]:
    """By plan, how many of its tasks are covered and how many it has."""
    return {
        plan.pk: (
            plan.visits.exclude(reported_at=None).exclude(kind=GUIDANCE).values("task").distinct().count(),
            plan.on_tasks.count(),
        )
        for plan in plans
    }
