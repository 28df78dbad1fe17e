"""The working-day calendar against the official notices, an independent table, and the windows that real notices print."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.kernel.holidays import ANNOUNCED
from xiaohao.kernel.workdays import CalendarUnknown, Year, days_between, official_calendar, read_year

CALENDAR = official_calendar()


@pytest.mark.parametrize("year", sorted(ANNOUNCED))
def test_every_shipped_year_agrees_with_an_independent_table(year):
    days = list(days_between(date(year, 1, 1), date(year, 12, 31)))
    assert len(days) in (365, 366)
    assert [day for day in days if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize("year", sorted(ANNOUNCED))
def test_every_shipped_year_names_the_official_notice(year):
    assert CALENDAR.notice_of(year).startswith("国办发明电〔")
    assert CALENDAR.knows(year)


@pytest.mark.parametrize(
    ("start", "end", "workdays"),
    [
        (date(2021, 1, 6), date(2021, 1, 12), 5),
        (date(2024, 9, 29), date(2024, 10, 9), 4),
        (date(2023, 9, 26), date(2023, 10, 7), 4),
        (date(2022, 4, 18), date(2022, 4, 29), 11),
        (date(2021, 1, 12), date(2021, 1, 6), 0),
    ],
)
def test_windows_count_both_ends(start, end, workdays):
    assert CALENDAR.count(start, end) == workdays


def test_a_year_that_is_not_announced_is_never_guessed():
    with pytest.raises(CalendarUnknown) as answer:
        CALENDAR.is_workday(date(2031, 3, 3))
    assert answer.value.year == 2031
    assert str(answer.value) == "2031 年节假日安排待公布"


def test_a_window_that_opens_on_a_day_off_does_not_count_it():
    assert CALENDAR.last_of(date(2021, 1, 2), 1) == date(2021, 1, 4)
    assert CALENDAR.last_of(date(2021, 1, 6), 5) == date(2021, 1, 12)
    assert CALENDAR.after(date(2021, 1, 6), 5) == date(2021, 1, 13)


def test_a_window_has_at_least_one_working_day():
    with pytest.raises(ValueError, match="at least one working day"):
        CALENDAR.last_of(date(2021, 1, 6), 0)


def test_a_place_may_know_its_own_days_better():
    local = CALENDAR.with_days(off=[date(2021, 1, 6)], on=[date(2021, 1, 9)])
    assert local.count(date(2021, 1, 6), date(2021, 1, 12)) == 5
    assert not local.is_workday(date(2021, 1, 6))
    assert local.is_workday(date(2021, 1, 9))


def test_a_new_year_can_be_announced():
    announced = CALENDAR.with_year(2031, Year("试验", frozenset({date(2031, 1, 1)}), frozenset()))
    assert announced.count(date(2031, 1, 1), date(2031, 1, 5)) == 2


def test_a_malformed_span_is_refused():
    with pytest.raises(ValueError, match="month must be in"):
        read_year(2021, "试验", "1301", "")


DAYS = st.dates(date(2013, 1, 1), date(2025, 12, 31))


@given(DAYS, st.integers(min_value=1, max_value=40))
def test_the_last_day_of_a_window_is_a_working_day_and_holds_exactly_its_number(start, workdays):
    last = CALENDAR.last_of(start, workdays)
    assert CALENDAR.is_workday(last)
    assert CALENDAR.count(start, last) == workdays


@given(DAYS, st.integers(min_value=0, max_value=60), st.integers(min_value=0, max_value=60))
def test_counting_is_additive(start, first, second):
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=1 + second)
    assert CALENDAR.count(start, end) == CALENDAR.count(start, middle) + CALENDAR.count(middle + timedelta(days=1), end)
