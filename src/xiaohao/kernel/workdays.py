"""The working-day calendar: which days count as 工作日, and how a window of them is counted.

Counts follow the practice of public notices: the first and the last day both count. A year whose official notice is not
loaded is "not yet announced" (待公布); it is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from xiaohao.kernel.holidays import ANNOUNCED

_DAY = timedelta(days=1)


class CalendarUnknown(LookupError):  # noqa: N818 - an answer ("not yet announced"), not a fault
    """The official notice of `year` is not loaded."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年节假日安排待公布")
        self.year = year


@dataclass(frozen=True, slots=True)
class Year:
    """One year's exceptions to Monday-to-Friday: days `off`, adjusted working days `on`, and the `notice` that says so."""

    notice: str
    off: frozenset[date]
    on: frozenset[date]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days by year. `extra_off` and `extra_on` are a place's own corrections and win over the table."""

    years: Mapping[int, Year]
    extra_off: frozenset[date] = frozenset()
    extra_on: frozenset[date] = frozenset()

    def knows(self, year: int) -> bool:
        return year in self.years

    def notice_of(self, year: int) -> str:
        """Number of the official notice for `year`. Raises CalendarUnknown."""
        return self._year(year).notice

    def is_workday(self, day: date) -> bool:
        """Whether `day` counts as a working day. Raises CalendarUnknown for a year whose official notice is not loaded."""
        if day in self.extra_on:
            return True
        if day in self.extra_off:
            return False
        year = self._year(day.year)
        return day in year.on or (day.weekday() < 5 and day not in year.off)

    def count(self, start: date, end: date) -> int:
        """Working days from `start` to `end`, both counted; 2021-01-06..2021-01-12 is 5. An end before the start is 0.
        Raises CalendarUnknown for a year whose official notice is not loaded."""
        return sum(1 for day in days_between(start, end) if self.is_workday(day))

    def last_of(self, start: date, workdays: int) -> date:
        """The day on which a window of `workdays` working days that opens on `start` ends (a `start` that is a day off does not count).
        Raises ValueError for fewer than 1, CalendarUnknown as `count`."""
        if workdays < 1:
            raise ValueError("a window has at least one working day")
        day = start
        left = workdays - self.is_workday(day)
        while left:
            day += _DAY
            left -= self.is_workday(day)
        return day

    def after(self, start: date, workdays: int) -> date:
        """The deadline `workdays` working days after `start`, counted from the next day."""
        return self.last_of(start + _DAY, workdays)

    def with_days(self, *, off: Iterable[date] = (), on: Iterable[date] = ()) -> WorkCalendar:
        """This calendar with a place's own days off and adjusted working days laid over it."""
        return replace(self, extra_off=self.extra_off | frozenset(off), extra_on=self.extra_on | frozenset(on))

    def with_year(self, number: int, year: Year) -> WorkCalendar:
        """This calendar with a newly announced year."""
        return replace(self, years=MappingProxyType({**self.years, number: year}))

    def _year(self, number: int) -> Year:
        try:
            return self.years[number]
        except KeyError:
            raise CalendarUnknown(number) from None


def days_between(start: date, end: date) -> Iterable[date]:
    """Every day from `start` to `end`, both included."""
    return (start + timedelta(days=n) for n in range((end - start).days + 1))


def read_year(number: int, notice: str, off: str, on: str) -> Year:
    """A Year from the compact spelling of holidays.py (`0101-0103 0501`). Raises ValueError on a malformed span."""
    return Year(notice, frozenset(_days(number, off)), frozenset(_days(number, on)))


def _days(year: int, spans: str) -> Iterable[date]:
    for span in spans.split():
        first, _, last = span.partition("-")
        yield from days_between(_day(year, first), _day(year, last or first))


def _day(year: int, mmdd: str) -> date:
    return date(year, int(mmdd[:2]), int(mmdd[2:]))


@cache
def official_calendar() -> WorkCalendar:
    """The calendar of every announced year that ships with this version."""
    return WorkCalendar(MappingProxyType({number: read_year(number, *row) for number, row in ANNOUNCED.items()}))
