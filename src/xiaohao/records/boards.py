"""What the boards count. Every figure is a `Filters`: its count and the list that it leads to come from `seeking.narrowed`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from xiaohao.kernel.roles import Level, TaskRole
from xiaohao.records.models import Objection, Org, Task
from xiaohao.records.queries import OPEN_OBJECTION
from xiaohao.records.seeking import ELSEWHERE, QUIET, Filters, narrowed, turns
from xiaohao.records.worklist import WORKED_ON

#: Columns of a board, left to right: all tasks, those not closed, overdue, due this week, refused at a gate, silent for a quarter, closed.
COLUMNS = (
    Filters(),
    Filters(due="open"),
    Filters(due="over"),
    Filters(due="week"),
    Filters(stopped="1"),
    Filters(quiet=str(QUIET[1])),
    Filters(due="ended"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the list behind it."""

    filters: Filters
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One unit or district: a figure for each of COLUMNS; `objections` wait for an answer."""

    name: str
    figures: tuple[Figure, ...]
    objections: int


@dataclass(frozen=True, slots=True)
class Board:
    """`lines` in the order of the tree, `whole` all of them together."""

    lines: tuple[Line, ...]
    whole: Line


def by_unit(seen: QuerySet[Task], today: date) -> Board:
    """The board of an office: a line for each responsible unit."""
    units = {org.path: (org.pk, org.name) for org in Org.objects.filter(pk__in=seen.order_by().values("owner"))}

    def place(path: str) -> tuple[str, str, str]:
        return ("unit", *units.get(path, ("", "")))

    return _board(seen, today, place)


def by_district(seen: QuerySet[Task], today: date) -> Board:
    """The board of a city: a line for each county with the units below it, and one for units that stand in none."""
    heads = {org.path: (org.pk, org.name.removesuffix("人民政府")) for org in Org.objects.filter(kind="government", level=Level.COUNTY)}

    def place(path: str) -> tuple[str, str, str]:
        above = max((head for head in heads if path.startswith(head)), default="", key=len)
        return ("below", *(heads[above] if above else (ELSEWHERE, "")))

    return _board(seen, today, place)


def _board(seen: QuerySet[Task], today: date, place: Callable[[str], tuple[str, str, str]]) -> Board:
    columns = [_by_path(narrowed(seen, column, today)) for column in COLUMNS]
    objections = Counter(
        dict(
            Objection.objects.filter(OPEN_OBJECTION, task__in=seen.order_by())
            .order_by()
            .values_list("task__owner__path")
            .annotate(Count("pk"))
        )
    )
    paths: dict[tuple[str, str, str], list[str]] = {}
    for path in sorted(columns[0]):
        paths.setdefault(place(path), []).append(path)

    def line(name: str, own: dict[str, str], among: list[str]) -> Line:
        figures = tuple(
            Figure(replace(column, **own), sum(found[path] for path in among)) for column, found in zip(COLUMNS, columns, strict=True)
        )
        return Line(name, figures, sum(objections[path] for path in among))

    lines = tuple(line(name, {kind: pk}, among) for (kind, pk, name), among in paths.items())
    return Board(lines, line("", {}, sorted(columns[0])))


def _by_path(found: QuerySet[Task]) -> Counter[str]:
    rows: Any = found.order_by().values_list("owner__path").annotate(Count("pk"))
    return Counter(dict(rows))


def waiting(seen: QuerySet[Task]) -> tuple[tuple[TaskRole, Figure], ...]:
    """On whom the next step waits: how many tasks for each role of a unit, most first."""
    turn = turns()
    rows = narrowed(seen, Filters(), date.min).filter(WORKED_ON).order_by().values_list("rulebook", "status").annotate(Count("pk"))
    held: Counter[TaskRole] = Counter()
    for name, status, count in rows:
        if role := turn.get((name, status)):
            held[role] += count
    return tuple((role, Figure(Filters(turn=role.value), count)) for role, count in held.most_common())


def silent(seen: QuerySet[Task], today: date) -> tuple[tuple[int, Figure], ...]:
    """(days, tasks on which nobody has acted for so long)."""
    asked = ((days, Filters(quiet=str(days))) for days in QUIET)
    return tuple((days, Figure(filters, narrowed(seen, filters, today).count())) for days, filters in asked)
