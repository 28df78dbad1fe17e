"""The working-day calendar as the desk shows it: every year with its notice, and one year drawn month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.kernel.holiday_text import in_spans
from xiaohao.kernel.workdays import WorkCalendar, days_between, official_calendar
from xiaohao.records.models import CalendarYear, JournalEntry

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year; `notice` is "" while it is not announced. `entered` says that somebody entered it here, in the journal entry of that number."""

    year: int
    notice: str
    off: str
    on: str
    entered: bool
    entry: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """A cell of a month; `kind` is a class of the drawn calendar (counts, off, outside), `mark` 休 or 班."""

    label: str
    kind: str
    mark: str


def years_of(calendar: WorkCalendar, today: date) -> tuple[YearLine, ...]:
    """Newest first, from the year after the next one that is asked for down to the first that is known."""
    entered = {row.year: row for row in CalendarYear.objects.order_by("year")}
    newest = max([today.year + 1, *calendar.years])
    return tuple(_year(year, calendar, entered.get(year)) for year in range(newest, min(calendar.years) - 1, -1))


def year_of(year: int, calendar: WorkCalendar) -> YearLine:
    return _year(year, calendar, CalendarYear.objects.filter(year=year).first())


def _year(year: int, calendar: WorkCalendar, row: CalendarYear | None) -> YearLine:
    known = calendar.years.get(year)
    entry = JournalEntry.objects.filter(step="enter_year", commitments__row=row.pk).order_by("-index").first() if row else None
    return YearLine(
        year,
        known.notice if known else "",
        in_spans(known.off) if known else "",
        in_spans(known.on) if known else "",
        row is not None,
        entry.index if entry else None,
    )


def differs(year: int, calendar: WorkCalendar) -> bool:
    """Whether the year is not as it ships with this version."""
    shipped, known = official_calendar().years.get(year), calendar.years.get(year)
    return shipped is not None and known is not None and (shipped.off, shipped.on) != (known.off, known.on)


def months_of(year: int, calendar: WorkCalendar) -> tuple[tuple[int, int, tuple[Day, ...]], ...]:
    """(month, working days, its cells from Monday on) for every month of a year that is known."""
    found = []
    for month in range(1, 13):
        first = date(year, month, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        blank = tuple(Day("", "outside", "") for _ in range(first.weekday()))
        found.append((month, calendar.count(first, last), (*blank, *(_day(day, calendar) for day in days_between(first, last)))))
    return tuple(found)


def _day(day: date, calendar: WorkCalendar) -> Day:
    works = calendar.is_workday(day)
    mark = ("班" if works else "") if day.weekday() >= _SATURDAY else ("" if works else "休")
    return Day(str(day.day), "counts" if works else "off", mark)
