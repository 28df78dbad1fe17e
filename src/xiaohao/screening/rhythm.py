"""A claimed rhythm (Record.schedule: weekly:mon,thu, monthly, quarterly:2 …) laid over the calendar: how many sessions there should have been.

Sessions that fall on days off are not expected; nor are those of a suspension that is on record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiaohao.kernel.workdays import WorkCalendar, days_between

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Sessions a year of each rhythm that is not bound to weekdays; `daily` means every working day.
_A_YEAR = {"weekly": 52, "ten_daily": 36, "half_monthly": 24, "monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}
_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Schedule:
    """`every` week, month … ; `weekdays` (Monday 0) where the rhythm names them; `times` in each."""

    every: str
    weekdays: frozenset[int] = frozenset()
    times: int = 1

    @classmethod
    def parse(cls, text: str) -> Schedule | None:
        """The schedule, or None for a spelling that is not known."""
        every, _, rest = text.partition(":")
        if every not in (*_A_YEAR, "daily"):
            return None
        names = [name for name in rest.split(",") if name]
        if names and all(name in _WEEKDAYS for name in names):
            return cls(every, frozenset(_WEEKDAYS.index(name) for name in names))
        return cls(every, times=int(rest)) if rest.isdecimal() and int(rest) else cls(every)


def expected_sessions(
    schedule: Schedule, first: date, last: date, calendar: WorkCalendar, suspended: Iterable[tuple[date, date]] = ()
) -> int:
    """How many sessions the rhythm gives from `first` to `last`, both included. Raises CalendarUnknown (weekdays and daily only)."""
    pauses = tuple(suspended)
    days = [day for day in days_between(first, last) if not any(start <= day <= end for start, end in pauses)]
    if schedule.weekdays:
        return sum(1 for day in days if day.weekday() in schedule.weekdays and calendar.is_workday(day))
    if schedule.every == "daily":
        return sum(1 for day in days if calendar.is_workday(day))
    return int(len(days) * _A_YEAR[schedule.every] / _DAYS_A_YEAR) * schedule.times
