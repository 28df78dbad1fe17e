"""Claimed dates are compared only as exactly as they are given."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.kernel.when import When, parse_instant, parse_when


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-09-30", date(2021, 9, 30), date(2021, 9, 30)),
        ("2021-09-30T23:30", date(2021, 9, 30), date(2021, 9, 30)),
        ("2021-09-30T23:30:00Z", date(2021, 10, 1), date(2021, 10, 1)),
    ],
)
def test_a_date_is_as_exact_as_its_source(text, first, last):
    when = When.parse(text)
    assert (when.first, when.last) == (first, last)
    assert when.is_a_day == (first == last)


@pytest.mark.parametrize("text", ["", "2021年", "2021-13", "2021-02-30", "21-09-30", "2021-9-3", "２０２１"])
def test_what_is_no_iso_date_is_refused_or_read_as_absent(text):
    with pytest.raises(ValueError):  # noqa: PT011 - several layers speak
        When.parse(text)
    assert parse_when(text) is None


def test_an_absent_date_is_none():
    assert parse_when(None) is None


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2021-06-02", "2021-07-14", True),
        ("2021-06", "2021-06-30", False),
        ("2021", "2021-06", False),
        ("2020", "2021-01-01", True),
        ("2021-06-02T09:00", "2021-06-02T09:01", True),
        ("2021-06-02", "2021-06-02T09:01", False),
    ],
)
def test_before_means_before_in_every_reading(one, other, before):
    assert When.parse(one).surely_before(When.parse(other)) is before


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2021-05-20", "2021-08-20", 3),
        ("2021-05-20", "2021-08-19", 2),
        ("2021-01-31", "2021-02-28", 1),
        ("2020-12", "2021-12", 12),
        ("2021-08-20", "2021-05-20", -3),
    ],
)
def test_months_are_whole(start, end, months):
    assert When.parse(start).months_until(When.parse(end)) == months


def test_a_journal_time_needs_its_offset():
    assert parse_instant("2021-01-06T01:00:00Z").isoformat() == "2021-01-06T09:00:00+08:00"
    with pytest.raises(ValueError, match="needs its offset"):
        parse_instant("2021-01-06T09:00:00")


@given(st.dates(date(1980, 1, 1), date(2080, 12, 31)), st.dates(date(1980, 1, 1), date(2080, 12, 31)))
def test_of_two_days_at_most_one_is_before(one, other):
    a, b = When.parse(one.isoformat()), When.parse(other.isoformat())
    assert a.surely_before(b) is (one < other)
    assert not (a.surely_before(b) and b.surely_before(a))
