"""The publicity window 公示期: how many days it holds by the working-day calendar, when it may end at the earliest, how many are left.

A window counts its first day, its last day and today (INSTITUTION.md, fact 6); a deadline counts from tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiaohao.dossier.record import Record
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.kernel.workdays import CalendarUnknown, WorkCalendar

#: What every page and paper says where the calendar of a year has not been announced (UX.md, corrections).
NOT_ANNOUNCED = "待公布"


class DayUnit(StrEnum):
    """In which days a rulebook counts (Rules.publicity.unit of the dossier)."""

    WORKDAY = "workday"  # 工作日
    DAY = "day"  # 天


@dataclass(frozen=True, slots=True)
class Window:
    """A publicity window from `start` to `end`, both included, said to be `days` (None: no number printed) of `unit`."""

    start: date
    end: date
    days: int | None = None
    unit: DayUnit = DayUnit.WORKDAY

    @property
    def calendar_days(self) -> int:
        """Days from the first to the last, both counted; 0 for a window that ends before it starts."""
        return max(0, (self.end - self.start).days + 1)

    def workdays(self, calendar: WorkCalendar) -> int:
        """Working days in the window, both ends counted; 2021-01-06..2021-01-12 is 5. Raises CalendarUnknown."""
        return calendar.count(self.start, self.end)

    def counted(self, calendar: WorkCalendar) -> int:
        """The window's length in its own unit. Raises CalendarUnknown (working days only)."""
        return self.workdays(calendar) if self.unit is DayUnit.WORKDAY else self.calendar_days

    def enough(self, required: int, calendar: WorkCalendar) -> bool:
        """Whether the window holds at least `required` days of its unit. Raises CalendarUnknown."""
        return self.counted(calendar) >= required

    def earliest_end(self, required: int, calendar: WorkCalendar) -> date:
        """The first day on which a window that opens on `start` holds `required` days of its unit.
        Raises CalendarUnknown, ValueError for fewer than 1."""
        return end_of(self.start, required, self.unit, calendar)

    def remaining(self, today: date, calendar: WorkCalendar) -> int:
        """Days of the unit left, today among them; the whole window before it opens, 0 once it is over. Raises CalendarUnknown."""
        return Window(max(self.start, today), self.end, unit=self.unit).counted(calendar)

    def is_open(self, today: date) -> bool:
        return self.start <= today <= self.end

    def is_over(self, today: date) -> bool:
        """Whether the last day has passed: on the last day itself one may still object."""
        return today > self.end


@dataclass(frozen=True, slots=True)
class WindowCount:
    """What the calendar says about a window (`notice` of FINDINGS.md). Figures are None where the calendar of a year is not announced (待公布)."""

    start: date
    end: date
    calendar_days: int
    workdays: int | None
    stated: int | None
    unit: DayUnit
    required: int | None
    earliest_end: date | None
    enough: bool | None


def count_window(window: Window, required: int | None, calendar: WorkCalendar) -> WindowCount:
    """The count of a window against what it prints itself and what is `required` of it in the same unit: it must hold the larger of the two."""
    asked = max((days for days in (window.days, required) if days is not None), default=None)
    try:
        workdays = window.workdays(calendar)
    except CalendarUnknown:
        workdays = None
    try:
        enough = None if asked is None else window.enough(asked, calendar)
        earliest = None if asked is None or asked < 1 else window.earliest_end(asked, calendar)
    except CalendarUnknown:
        enough = earliest = None
    return WindowCount(window.start, window.end, window.calendar_days, workdays, window.days, window.unit, required, earliest, enough)


def end_of(start: date, days: int, unit: DayUnit, calendar: WorkCalendar) -> date:
    """The last day of a window of `days` that opens on `start`. Raises CalendarUnknown, ValueError for fewer than 1."""
    if unit is DayUnit.WORKDAY:
        return calendar.last_of(start, days)
    if days < 1:
        raise ValueError("a window has at least one day")
    return start + timedelta(days=days - 1)


def window_of(record: Record) -> Window | None:
    """The window that a publicity record claims, or None where it lacks a whole day at either end."""
    start, end = parse_when(record.start), parse_when(record.end)
    if not (start and end and start.is_a_day and end.is_a_day):
        return None
    return Window(start.first, end.first, record.stated_days, unit_of(record.stated_unit))


def unit_of(word: str | None) -> DayUnit:
    """The unit named in a record or rule; working days where none is named, as notices do."""
    return DayUnit.DAY if word == DayUnit.DAY else DayUnit.WORKDAY


def unit_words(unit: DayUnit) -> str:
    """工作日 or 天."""
    return "工作日" if unit is DayUnit.WORKDAY else "天"


def days_words(days: int, unit: DayUnit) -> str:
    """10 个工作日, 7 天."""
    return say("{days} 个工作日", days=days) if unit is DayUnit.WORKDAY else say("{days} 天", days=days)


def remaining_words(window: Window, today: date, calendar: WorkCalendar) -> str:
    """还剩 5 个工作日, 公示期已满, 尚未开始, or 待公布 where the calendar does not reach."""
    if window.is_over(today):
        return say("公示期已满")
    try:
        left = window.remaining(today, calendar)
    except CalendarUnknown:
        return say("剩余天数待公布")
    if today < window.start:
        return say("{start} 开始", start=window.start)
    return say("还剩 {days}", days=days_words(left, window.unit))


def posted_late(record: Record, window: Window) -> bool:
    """Whether the notice was put up after the first day that it prints: its own time of posting, or else the journal's first sight of it."""
    posted = parse_when(record.posted_at) or parse_when(record.recorded_at)
    return posted is not None and posted.first > window.start


def days_down(record: Record, window: Window) -> tuple[date, ...]:
    """Days inside the window on which a look at the page found it gone."""
    looks = {when.first for shot in record.snapshots if not shot.ok and (when := parse_when(shot.at))}
    return tuple(sorted(day for day in looks if window.is_open(day)))
