"""The heat strip: a list of weeks with the number of tasks due printed in each, the overdue first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

#: Counts from which a cell is drawn darker.
_DARKER_FROM, _DARKEST_FROM = 3, 5
#: The strip shows five months; more is a list of its own.
WEEKS = 21


@dataclass(frozen=True, slots=True)
class Week:
    """Tasks due in the week that begins on `monday` (None: overdue before today)."""

    monday: date | None
    count: int
    is_now: bool = False
    href: str = ""

    @property
    def level(self) -> int:
        """0 to 3, how dark the cell is."""
        return 0 if not self.count else 1 + (self.count >= _DARKER_FROM) + (self.count >= _DARKEST_FROM)

    @property
    def label(self) -> str:
        return f"{self.monday.month}/{self.monday.day}" if self.monday else ""


def weeks_of(due: Iterable[date], today: date, href: Callable[[str, str], str] | None = None) -> tuple[Week, ...]:
    """The overdue, then this week and those after it. A task due earlier this week is overdue, not due this week. `href` gives the address
    of the tasks due between two ISO days ("" and "" for the overdue)."""
    days = list(due)
    this_monday = today - timedelta(days=today.weekday())
    weeks = [Week(None, sum(day < today for day in days), href=href("", "") if href else "")]
    for number in range(WEEKS):
        monday = this_monday + timedelta(weeks=number)
        count = sum(max(monday, today) <= day < monday + timedelta(weeks=1) for day in days)
        first, last = max(monday, today).isoformat(), (monday + timedelta(days=6)).isoformat()
        weeks.append(Week(monday, count, is_now=number == 0, href=href(first, last) if href else ""))
    return tuple(weeks)
