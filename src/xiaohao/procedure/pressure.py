"""The ladder of pressure 督办: from a reminder to a listing and its lifting. Every rung is an act of a person; nothing moves up by itself.

The rungs and their order are INSTITUTION.md's "Pressure ladder"; each is a record of type order whose `stage` names the rung.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say

RUNGS: dict[str, Said] = {
    "reminder": say("提醒函"),
    "supervision_order": say("督办函"),
    "criticism": say("通报批评"),
    "talk": say("约谈"),
    "listing": say("挂牌督办"),
}
#: Stages of the records that answer an order and that lift it.
ANSWER, LIFT = "order_answer", "order_lift"


@dataclass(frozen=True, slots=True)
class Pressed:
    """One order with its answer and its lifting, where there are any."""

    order: Record
    answer: Record | None
    lifted: Record | None

    @property
    def rung(self) -> Said:
        return RUNGS[self.order.stage or ""]

    def is_overdue(self, today: date) -> bool:
        """Whether the day for the answer has passed without one; an answer on the day itself is in time."""
        return self.answer is None and self.lifted is None and today.isoformat() > (self.order.end or "")


def ladder(dossier: Dossier) -> tuple[Pressed, ...]:
    """Every order about the task, in the order in which they were made."""
    rows = [record for record in dossier.records_of(dossier.task.id, "order") if record.stage]
    about = {(record.stage, record.of): record for record in rows if record.of}
    orders = sorted((record for record in rows if record.stage in RUNGS), key=lambda record: (record.recorded_at, record.id))
    return tuple(Pressed(order, about.get((ANSWER, order.id)), about.get((LIFT, order.id))) for order in orders)


def rungs_open(dossier: Dossier) -> tuple[str, ...]:
    """The rungs that may be used now: those up to the one above the highest that stands. No rung is skipped."""
    names = list(RUNGS)
    standing = [names.index(one.order.stage or "") for one in ladder(dossier) if one.lifted is None]
    return tuple(names[: max(standing, default=-1) + 2])


def may_press(dossier: Dossier, actor: Actor) -> bool:
    """Supervisors of the supervising unit, and clerks of the units that lead or review."""
    task = dossier.task
    return (actor.org == task.supervisor and Role.SUPERVISOR in actor.roles) or (
        actor.org in (task.lead, task.reviewer) and Role.CLERK in actor.roles and actor.org != task.owner
    )


def may_answer(dossier: Dossier, actor: Actor) -> bool:
    return actor.org in (dossier.task.owner, *dossier.task.co_owners) and bool(actor.roles & {Role.REPORTER, Role.HEAD})
