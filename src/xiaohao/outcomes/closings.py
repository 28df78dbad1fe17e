"""Closings of a unit, and whether each has held: neither returned, nor overturned by review, objection or look-back, nor listed again.

A task that was closed, returned and closed again has two closings, and the first of them did not hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.months import add_months

#: States in which a task has been closed (`watch` is the old word for closed).
_CLOSED = frozenset({"closed", "watch", "confirmed"})

#: Links by which a later task says that the problem of an earlier one is on a list again. `similar`, `same_site` and `same_firm` only name a
#: neighbour, `share_of` a part.
_LISTED_AGAIN = frozenset({"carried_over", "continues", "duplicate"})


#: Stages of a `return` record that take back a notice or a plan, not the task.
_NOTICE_ONLY = frozenset({"publish", "withdraw_notice", "return_plan"})


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing of a task: when, and the first thing that undid it (None: it holds). `carried_in`: it was closed before the system came, so it
    is counted as found; what came before is not known here."""

    task: str
    on: date
    carried_in: bool
    undone_on: date | None = None
    undone_by: str | None = None

    def is_old(self, at: date, months: int) -> bool:
        """Whether the closing is at least `months` months old on the day `at`."""
        return add_months(self.on, months) <= at

    def holds(self, at: date) -> bool:
        """Whether nothing has undone it by the end of the day `at`."""
        return self.undone_on is None or self.undone_on > at


def closings_of(ledger: Dossier, org: str) -> tuple[Closing, ...]:
    """The closings of the tasks that the unit, or a unit under it, owns, oldest first."""
    return tuple(
        sorted((c for task in tasks_of(ledger, org) for c in _closings(ledger, task)), key=lambda closing: (closing.on, closing.task))
    )


def tasks_of(ledger: Dossier, org: str) -> tuple[Task, ...]:
    """The tasks that the unit, or a unit under it, owns."""
    return tuple(task for task in ledger.tasks if task.owner == org or org in {each.id for each in ledger.above(task.owner)})


def _closings(ledger: Dossier, task: Task) -> Iterator[Closing]:
    days = sorted({day for record in ledger.records_of(task.id, "closure") if record.passed is not False and (day := _day_of(record))})
    if not days and (closed := parse_when(task.closed_at)):
        days = [closed.last]
    for number, day in enumerate(days):
        until = days[number + 1] if number + 1 < len(days) else None
        undone = sorted((on, by) for on, by in _undoings(ledger, task, day) if until is None or on <= until)
        if not undone and until is not None:
            undone = [(until, task.id)]  # closed again: something between the two undid the first, whatever the file says
        if not undone and until is None and task.status is not None and task.status not in _CLOSED:
            undone = [(day, task.id)]  # its own state says that the closing no longer stands, and no row says since when
        yield Closing(task.id, day, bool(task.carried_in), *(undone[0] if undone else (None, None)))


def _undoings(ledger: Dossier, task: Task, closed: date) -> Iterator[tuple[date, str]]:
    """(day, id) of everything that undid a closing of that day."""
    for record in ledger.records_of(task.id, "return", "review", "look_back", "objection"):
        on = _day_of(record)
        if on and on >= closed and _undoes(record):
            yield on, record.id
    for other in ledger.tasks:
        if any(link.task == task.id and link.relation in _LISTED_AGAIN for link in other.links):
            listed = _listed_on(ledger, other) or closed
            if listed >= closed:
                yield listed, other.id


def _undoes(record: Record) -> bool:
    """A return of the task, though not the mere withdrawal of its notice; an upheld objection; a review or look-back that did not pass."""
    if record.type == "return":
        return record.stage not in _NOTICE_ONLY
    return record.upheld is True if record.type == "objection" else record.passed is False


def _day_of(record: Record) -> date | None:
    """The day a record took effect: an objection when it was answered, all else on its own day, or when it was first seen."""
    when = (parse_when(record.answered_at) if record.type == "objection" else parse_when(record.date)) or parse_when(record.recorded_at)
    return when.last if when else None


def _listed_on(ledger: Dossier, task: Task) -> date | None:
    """The day on which the list of the task came: the inspection's feedback, or the first plan seen."""
    listing = ledger.find(TaskList, task.list)
    inspection = ledger.find(Inspection, listing.inspection) if listing else None
    plans = ledger.plans_of(task.id)
    when = parse_when(inspection.feedback_date if inspection else None) or parse_when(plans[0].recorded_at if plans else None)
    return when.last if when else None
