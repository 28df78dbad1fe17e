from __future__ import annotations

from datetime import date

import pytest

from xiaohao.kernel.workdays import CalendarUnknown, official_calendar
from xiaohao.publicity.calendar_grid import DayKind, grid
from xiaohao.publicity.window import DayUnit, Window

WINDOW = Window(date(2026, 2, 25), date(2026, 3, 9), 10)


def drawn(window: Window, today: date) -> list[str]:
    """Each week as one line: P past, N now, W counts, o off, . outside, with ordinal and mark."""
    letter = {DayKind.PAST: "P", DayKind.NOW: "N", DayKind.COUNTS: "W", DayKind.OFF: "o", DayKind.OUTSIDE: "."}
    weeks = grid(window, today, official_calendar()).weeks
    return [
        " ".join(f"{letter[cell.kind]}{cell.ordinal or ''}{cell.mark}{'止' if cell.is_last else ''}" for cell in week) for week in weeks
    ]


def test_the_window_over_the_spring_festival_make_up_day_is_drawn_as_on_the_mockup():
    assert drawn(WINDOW, date(2026, 3, 3)) == [
        ". . P1 P2 P3 P4班 o休",
        "P5 N6 W7 W8 W9 o休 o休",
        "W10止 . . . . . .",
    ]


def test_the_adjusted_days_are_named_below_the_drawing():
    assert grid(WINDOW, date(2026, 3, 3), official_calendar()).adjusted == (date(2026, 2, 28),)


def test_a_window_in_calendar_days_counts_every_day_and_has_no_marks():
    window = Window(date(2026, 2, 27), date(2026, 3, 1), 3, DayUnit.DAY)
    assert drawn(window, date(2026, 2, 28)) == [". . . . P1 N2 W3止"]


def test_today_off_is_still_today_and_the_first_of_a_month_says_so():
    cells = {cell.day: cell for cell in grid(WINDOW, date(2026, 3, 1), official_calendar()).days}
    assert (cells[date(2026, 3, 1)].kind, cells[date(2026, 3, 1)].ordinal, cells[date(2026, 3, 1)].label) == (DayKind.NOW, None, "3/1")


def test_a_calendar_that_does_not_reach_is_not_drawn():
    with pytest.raises(CalendarUnknown):
        grid(Window(date(2030, 3, 1), date(2030, 3, 9)), date(2030, 3, 1), official_calendar())
