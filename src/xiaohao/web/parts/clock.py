"""The clock of a publicity window: how many days are left, the sentence that says so, and the drawn calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import pgettext

from xiaohao.kernel.said import say
from xiaohao.kernel.workdays import CalendarUnknown, WorkCalendar
from xiaohao.publicity.calendar_grid import Grid, grid
from xiaohao.publicity.why import why_window
from xiaohao.publicity.window import DayUnit, Window, days_words
from xiaohao.web.parts.words import day_in_words


@dataclass(frozen=True, slots=True)
class WindowClock:
    """`days_left` counts today, None outside the window or where the calendar is not announced; `headline` then says how things stand.
    `workdays` tells the unit, `grid` is None where there is nothing to draw."""

    days_left: int | None
    workdays: bool
    headline: str
    sentence: str
    grid: Grid | None
    notes: tuple[str, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def weekdays(self) -> tuple[str, ...]:
        """Heads of the drawn calendar; the context keeps them apart from numerals."""
        return (
            *(pgettext("weekday", "一"), pgettext("weekday", "二"), pgettext("weekday", "三"), pgettext("weekday", "四")),
            *(pgettext("weekday", "五"), pgettext("weekday", "六"), pgettext("weekday", "日")),
        )


def window_clock(window: Window, today: date, calendar: WorkCalendar) -> WindowClock:
    """The clock on that day. A year not announced (待公布) draws nothing and promises nothing."""
    try:
        drawn, left, counted = grid(window, today, calendar), window.remaining(today, calendar), window.counted(calendar)
    except CalendarUnknown as unknown:
        return WindowClock(
            None,
            window.unit is DayUnit.WORKDAY,
            _headline(window, today),
            _span(window, None),
            None,
            (say("{year} 年节假日安排待公布，不承诺具体天数。", year=unknown.year),),
        )
    return WindowClock(
        days_left=left if window.is_open(today) else None,
        workdays=window.unit is DayUnit.WORKDAY,
        headline=_headline(window, today),
        sentence=_span(window, counted),
        grid=drawn,
        notes=tuple(_notes(window, drawn, calendar)),
        why=why_window(window.start, window.end, calendar) if window.unit is DayUnit.WORKDAY else (),
    )


def _headline(window: Window, today: date) -> str:
    if window.is_over(today):
        return say("公示期已满")
    if today < window.start:
        return say("{day}开始公示", day=day_in_words(window.start))
    return say("公示期内，可以提异议")


def _span(window: Window, counted: int | None) -> str:
    end = day_in_words(window.end, with_year=window.end.year != window.start.year)
    if counted is None:
        return say("{start}至 {end}，首尾两天都算。", start=day_in_words(window.start), end=end)
    return say(
        "{start}至 {end}，共 {days}，首尾两天都算。", start=day_in_words(window.start), end=end, days=days_words(counted, window.unit)
    )


def _notes(window: Window, drawn: Grid, calendar: WorkCalendar) -> tuple[str, ...]:
    if window.unit is DayUnit.DAY:
        return ()
    adjusted = tuple(say("{day}是调休上班日，计入。", day=day_in_words(day, with_year=False)) for day in drawn.adjusted)
    years = sorted({window.start.year, window.end.year})
    return (*adjusted, say("工作日依据：{notices}。", notices="、".join(calendar.notice_of(year) for year in years)))
