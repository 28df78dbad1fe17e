"""Dates on a line: what is compared, in the order of its days, each with a number that the list below explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: The drawing's box and the line in it.
WIDTH, HEIGHT, LEFT, RIGHT, LINE = 400, 64, 16, 384, 36
#: Marks nearer than this would hide each other's number; the later one moves right.
_ROOM = 20.0


@dataclass(frozen=True, slots=True)
class Day:
    """One thing with its date; `x` its place on the line, in units of the drawing."""

    number: int
    day: str
    words: str
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The things in the order of their dates. The list is the text alternative, so the drawing itself is hidden from readers of the text."""

    days: tuple[Day, ...]

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"


def timeline_of(things: Sequence[tuple[date, str]]) -> Timeline | None:
    """None where the dates do not differ: there is no order to show."""
    if len({day for day, _ in things}) < 2:
        return None
    ordered = sorted(things)
    first, span = ordered[0][0], max(1, (ordered[-1][0] - ordered[0][0]).days)
    days, last = [], -_ROOM
    for number, (day, words) in enumerate(ordered, 1):
        x = max(LEFT + (RIGHT - LEFT) * (day - first).days / span, last + _ROOM)
        days.append(Day(number, day.isoformat(), words, round(x, 1)))
        last = x
    over = max(0.0, days[-1].x - RIGHT)
    return Timeline(
        tuple(Day(each.number, each.day, each.words, round(each.x - over * (each.number - 1) / max(1, len(days) - 1), 1)) for each in days)
    )
