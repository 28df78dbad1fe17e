from __future__ import annotations

from datetime import date

import pytest

from xiaohao.kernel.workdays import CalendarUnknown, official_calendar
from xiaohao.outcomes.sessions import Rhythm, SessionCount, count_sessions, expected_days, read_schedule

OFFICIAL = official_calendar()
MONDAYS_AND_THURSDAYS = Rhythm(0, 2, frozenset({0, 3}))


def test_the_spellings_of_a_claimed_rhythm():
    assert read_schedule("weekly:mon,thu") == MONDAYS_AND_THURSDAYS
    assert [read_schedule(text) for text in ("weekly", "monthly", "quarterly:2", "yearly")] == [
        Rhythm(0, 1),
        Rhythm(1, 1),
        Rhythm(3, 2),
        Rhythm(12, 1),
    ]
    assert [read_schedule(text) for text in ("", "daily", "weekly:lun", "monthly:mon", "weekly:0")] == [None] * 5


def test_days_off_are_no_sessions_and_adjusted_weekends_are_not_asked_for():
    days = expected_days(MONDAYS_AND_THURSDAYS, date(2021, 2, 8), date(2021, 2, 28), OFFICIAL)
    assert days == (date(2021, 2, 8), date(2021, 2, 18), date(2021, 2, 22), date(2021, 2, 25))


def test_a_session_moved_within_its_week_is_held_and_two_on_one_day_are_one():
    first, last = date(2021, 3, 1), date(2021, 3, 14)
    held = [date(2021, 3, 2), date(2021, 3, 4), date(2021, 3, 4), date(2021, 3, 8)]
    assert count_sessions(MONDAYS_AND_THURSDAYS, held, first, last, OFFICIAL) == SessionCount(4, 3)
    too_many = [date(2021, 3, day) for day in range(1, 6)]
    assert count_sessions(MONDAYS_AND_THURSDAYS, too_many, first, last, OFFICIAL) == SessionCount(4, 2)


def test_a_month_not_yet_over_asks_for_nothing():
    held = [date(2021, 1, 20), date(2021, 3, 5)]
    assert count_sessions(Rhythm(1, 1), held, date(2021, 1, 20), date(2021, 4, 10), OFFICIAL) == SessionCount(3, 2)
    assert count_sessions(Rhythm(1, 1), held, date(2021, 1, 20), date(2021, 4, 30), OFFICIAL) == SessionCount(4, 2)


def test_a_year_not_announced_is_not_guessed():
    with pytest.raises(CalendarUnknown):
        expected_days(MONDAYS_AND_THURSDAYS, date(2030, 1, 1), date(2030, 1, 10), OFFICIAL)
