"""Recurring sessions: the days a claimed rhythm (每周一、周四学习) asks for, and those on which a session was registered.

Days off are no sessions missed, and a session moved within its week (its month, its quarter) is held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiaohao.kernel.workdays import WorkCalendar, days_between

_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}

#: Periods of a rhythm without named weekdays, in months; a week is not made of months.
_PERIODS = {"weekly": 0, "monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm of `times` sessions in every period of so many `months` (0 = a week), or on `weekdays` of every week (Monday = 0)."""

    months: int
    times: int
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SessionCount:
    """Sessions a rhythm asked for and those of them that were held, in the days looked at."""

    expected: int
    held: int


def read_schedule(text: str) -> Rhythm | None:
    """The rhythm of Record.schedule (`weekly:mon,thu`, `monthly`, `quarterly:2`), or None for a spelling that is not known."""
    kind, _, rest = (part.strip().lower() for part in text.partition(":"))
    if kind not in _PERIODS:
        return None
    if not rest or rest.isdecimal():
        return Rhythm(_PERIODS[kind], int(rest or 1)) if rest != "0" else None
    names = [name.strip() for name in rest.split(",")]
    if kind != "weekly" or not all(name in _DAYS for name in names):
        return None
    return Rhythm(0, len(set(names)), frozenset(_DAYS[name] for name in names))


def expected_days(rhythm: Rhythm, first: date, last: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """The days from `first` to `last` (both included) on which a session was due: the rhythm's weekdays that are working days; none for a
    rhythm without weekdays. Raises CalendarUnknown."""
    return tuple(day for day in days_between(first, last) if day.weekday() in rhythm.weekdays and calendar.is_workday(day))


def count_sessions(rhythm: Rhythm, held: Iterable[date], first: date, last: date, calendar: WorkCalendar) -> SessionCount:
    """How many sessions were due and how many of them took place, period by period. A period not yet over asks for nothing but the weekdays
    that have passed. Raises CalendarUnknown."""
    due = (
        Counter(_period(rhythm, day) for day in expected_days(rhythm, first, last, calendar))
        if rhythm.weekdays
        else Counter(dict.fromkeys(_whole_periods(rhythm, first, last), rhythm.times))
    )
    done = Counter(_period(rhythm, day) for day in set(held) if first <= day <= last)
    return SessionCount(due.total(), sum(min(count, done[period]) for period, count in due.items()))


def _whole_periods(rhythm: Rhythm, first: date, last: date) -> set[tuple[int, int]]:
    """The periods from that of `first` (a rhythm begins with its first session) to the last one that is over on `last`."""
    seen = {_period(rhythm, day) for day in days_between(first, last)}
    return seen - {_period(rhythm, last)} if _period(rhythm, last) == _period(rhythm, date.fromordinal(last.toordinal() + 1)) else seen


def _period(rhythm: Rhythm, day: date) -> tuple[int, int]:
    return day.isocalendar()[:2] if rhythm.months == 0 else (day.year, (day.month - 1) // rhythm.months)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One period of a rhythm (a week, a month …): the days it names (none where it names no weekdays), how many sessions it asked for, and the
    days on which sessions were registered."""

    first: date
    due_days: tuple[date, ...]
    expected: int
    held: tuple[date, ...]

    @property
    def missed(self) -> int:
        return max(0, self.expected - len(self.held))


def sittings(rhythm: Rhythm, held: Iterable[date], first: date, last: date, calendar: WorkCalendar) -> tuple[Sitting, ...]:
    """Period by period from `first` to `last` what the rhythm asked for and what was held; as count_sessions counts. Raises CalendarUnknown."""
    due = expected_days(rhythm, first, last, calendar)
    wanted = (
        Counter(_period(rhythm, day) for day in due)
        if rhythm.weekdays
        else Counter(dict.fromkeys(_whole_periods(rhythm, first, last), rhythm.times))
    )
    begins: dict[tuple[int, int], date] = {}
    for day in days_between(first, last):
        begins.setdefault(_period(rhythm, day), day)
    sat = sorted({day for day in held if first <= day <= last})
    return tuple(
        Sitting(
            begins[period],
            tuple(day for day in due if _period(rhythm, day) == period),
            count,
            tuple(day for day in sat if _period(rhythm, day) == period),
        )
        for period, count in sorted(wanted.items())
    )
