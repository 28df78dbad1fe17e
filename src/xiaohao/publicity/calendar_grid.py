"""The drawn calendar of a publicity window, as values for a template: weeks of seven days, each with what it is and its ordinal in the window.

A calendar that does not reach (待公布) is not drawn: `grid` raises, and the page prints the sentence instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiaohao.kernel.workdays import WorkCalendar, days_between
from xiaohao.publicity.window import DayUnit, Window

_WEEK = 7
_SATURDAY = 5


class DayKind(StrEnum):
    """What a day of the drawing is."""

    PAST = "past"  # 已过去的计入日
    NOW = "now"  # 今天
    COUNTS = "counts"  # 还没到的计入日
    OFF = "off"  # 期内不计入的日子
    OUTSIDE = "outside"  # 期外


@dataclass(frozen=True, slots=True)
class GridDay:
    """One cell. `ordinal` counts the days that count (1 …), None for one that does not; `mark` is 班 (an adjusted working day), 休 (a day off
    inside the window) or ""; `is_last` is the day on which the window ends."""

    day: date
    kind: DayKind
    ordinal: int | None = None
    mark: str = ""
    is_last: bool = False

    @property
    def label(self) -> str:
        """The number in the cell; the first day of a month says the month too."""
        return f"{self.day.month}/1" if self.day.day == 1 else str(self.day.day)


@dataclass(frozen=True, slots=True)
class Grid:
    """Weeks from Monday to Sunday that hold the whole window, and the adjusted days in it, for the line below the drawing."""

    weeks: tuple[tuple[GridDay, ...], ...]
    adjusted: tuple[date, ...]

    @property
    def days(self) -> tuple[GridDay, ...]:
        return tuple(day for week in self.weeks for day in week)


def grid(window: Window, today: date, calendar: WorkCalendar) -> Grid:
    """The drawing of `window` on the day `today`. Raises CalendarUnknown when a working-day window touches a year not announced."""
    first = window.start - timedelta(days=window.start.weekday())
    last = window.end + timedelta(days=_WEEK - 1 - window.end.weekday())
    ordinal = 0
    cells: list[GridDay] = []
    for day in days_between(first, last):
        counts = window.is_open(day) and (window.unit is DayUnit.DAY or calendar.is_workday(day))
        ordinal += counts
        cells.append(
            GridDay(
                day,
                _kind(window, day, today, counts),
                ordinal if counts else None,
                _mark(window, day, counts, calendar),
                is_last=day == window.end,
            )
        )
    weeks = tuple(tuple(cells[start : start + _WEEK]) for start in range(0, len(cells), _WEEK))
    return Grid(weeks, tuple(cell.day for cell in cells if cell.mark == "班"))


def _kind(window: Window, day: date, today: date, counts: bool) -> DayKind:
    if not window.is_open(day):
        return DayKind.OUTSIDE
    if day == today:
        return DayKind.NOW
    if not counts:
        return DayKind.OFF
    return DayKind.PAST if day < today else DayKind.COUNTS


def _mark(window: Window, day: date, counts: bool, calendar: WorkCalendar) -> str:
    if window.unit is DayUnit.DAY or not window.is_open(day):
        return ""
    if not counts:
        return "休"
    return "班" if day.weekday() >= _SATURDAY and calendar.is_workday(day) else ""
