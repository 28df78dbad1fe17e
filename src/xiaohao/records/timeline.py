"""What the journal says about a task, line by line, with the names that its staff numbers stand for (officials only; the log itself has none)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xiaohao.records.models import JournalEntry, Person, Task


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: `act` is the step or the act, `person` and `unit` who acted ("" for the system), `state` where the task stood afterwards."""

    index: int
    type: str
    act: str
    at: datetime
    person: str
    unit: str
    prev_state: str
    state: str

    @property
    def moved(self) -> bool:
        """Whether it moved the task."""
        return bool(self.state) and self.state != self.prev_state


def timeline_of(task: Task) -> tuple[Line, ...]:
    """Every entry about the task, newest first, in two queries."""
    return _lines(JournalEntry.objects.filter(task=task).order_by("-index"))


def line_of(index: int | None) -> Line | None:
    """One entry, None where there is none under that index."""
    return next(iter(_lines(JournalEntry.objects.filter(pk=index))), None) if index is not None else None


def _lines(rows: Iterable[JournalEntry]) -> tuple[Line, ...]:
    entries = [(row, _actor(row)) for row in rows]
    staff = {actor.get("staff", "") for _, actor in entries}
    people = {
        no: (name, unit or "") for no, name, unit in Person.objects.filter(staff_no__in=staff).values_list("staff_no", "name", "org__name")
    }
    return tuple(_line(row, actor, people) for row, actor in entries)


def _line(row: JournalEntry, actor: dict[str, str], people: dict[str, tuple[str, str]]) -> Line:
    person, unit = people.get(actor.get("staff", ""), ("", actor.get("unit", "")))
    return Line(row.index, row.type, row.step, row.at, person, unit, row.prev_state, row.state)


def _actor(row: JournalEntry) -> dict[str, str]:
    """Who acted: on a decision signed on paper, the person who signed."""
    fields = json.loads(bytes(row.content))
    actor: dict[str, str] = fields.get("on_paper") or fields.get("actor") or {}
    return actor
