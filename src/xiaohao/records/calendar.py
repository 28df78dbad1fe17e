"""The working-day calendar of this office: the years that ship with the version, with those that somebody entered in their place."""

from __future__ import annotations

from xiaohao.dossier.calendar import laid_over
from xiaohao.dossier.rules import Calendar
from xiaohao.kernel.workdays import WorkCalendar, official_calendar
from xiaohao.records.models import CalendarYear


def entered_calendar() -> Calendar | None:
    """What was entered here, as it travels with every dossier; None where nothing was."""
    years = tuple(row.thing() for row in CalendarYear.objects.order_by("year"))
    return Calendar(years=years) if years else None


def office_calendar() -> WorkCalendar:
    """The calendar by which this office counts where no single case is at hand."""
    entered = entered_calendar()
    return laid_over(official_calendar(), entered) if entered else official_calendar()
