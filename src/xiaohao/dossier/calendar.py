"""By which calendar a case counts its working days: the official one, what its office entered laid over it, then a place's own days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xiaohao.dossier.dossier import Dossier
from xiaohao.dossier.rules import Calendar
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.kernel.workdays import WorkCalendar, Year, official_calendar


def calendar_of(dossier: Dossier) -> WorkCalendar:
    """The calendar by which this case counts. Malformed days are left out (the schema names them)."""
    return official_calendar() if dossier.calendar is None else laid_over(official_calendar(), dossier.calendar)


def laid_over(official: WorkCalendar, given: Calendar) -> WorkCalendar:
    """`official` with whole years replaced by those that are given, and single days laid over them. A year for which only single days are
    given counts as announced by their writer."""
    calendar = official
    for year in given.years:
        calendar = calendar.with_year(year.year, Year(year.notice, frozenset(_days(year.holidays)), frozenset(_days(year.workdays))))
    off, on = frozenset(_days(given.holidays)), frozenset(_days(given.workdays))
    calendar = calendar.with_days(off=off, on=on)
    for number in sorted({day.year for day in off | on}):
        if not calendar.knows(number):
            calendar = calendar.with_year(number, Year(_source(given), frozenset(), frozenset()))
    return calendar


def _source(given: Calendar) -> str:
    return given.name or say("案卷包所附日历")


def _days(texts: Iterable[str]) -> Iterable[date]:
    for text in texts:
        when = parse_when(text)
        if when and when.is_a_day:
            yield when.first
