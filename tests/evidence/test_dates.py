"""Dates and ranges of days, and the dates that must not be guessed."""

from __future__ import annotations

import pytest

from xiaohao.evidence.dates import dates_in
from xiaohao.evidence.folding import fold
from xiaohao.evidence.ranges import ranges


@pytest.mark.parametrize(
    ("words", "iso", "first", "last"),
    [
        ("2021年1月6日", "2021-01-06", "2021-01-06", "2021-01-06"),
        ("2021.1.6", "2021-01-06", "2021-01-06", "2021-01-06"),
        ("2021-1-6", "2021-01-06", "2021-01-06", "2021-01-06"),
        ("二〇二一年一月六日", "2021-01-06", "2021-01-06", "2021-01-06"),
        ("２０２１年１月６日", "2021-01-06", "2021-01-06", "2021-01-06"),
        ("2020813日", "2020-08-13", "2020-08-13", "2020-08-13"),
        ("2021年9月", "2021-09", "2021-09-01", "2021-09-30"),
        ("2021年10月底", None, "2021-10-21", "2021-10-31"),
        ("2022年底", "2022-12", "2022-12-01", "2022-12-31"),
        ("2023年上半年", None, "2023-01-01", "2023-06-30"),
        ("2023年三季度", None, "2023-07-01", "2023-09-30"),
        ("2018年以来", "2018", "2018-01-01", "2018-12-31"),
    ],
)
def test_a_date_is_as_exact_as_its_words(words, iso, first, last):
    assert [(d.iso, d.first.isoformat(), d.last.isoformat()) for d in dates_in(words)] == [(iso, first, last)]


@pytest.mark.parametrize("words", ["20216522时", "2022112日", "2023年2月30日", "每年3—12月", "0953-20210601", "长期坚持"])
def test_what_has_no_single_reading_is_no_date(words):
    assert [d for d in dates_in(words) if d.first == d.last] == []


def test_a_date_without_year_takes_it_from_the_date_before_or_from_the_caller():
    assert [d.iso for d in dates_in("2020年3月27日，4月2日")] == ["2020-03-27", "2020-04-02"]
    assert [d.iso for d in dates_in("3月27日", year=2020)] == ["2020-03-27"]
    assert dates_in("3月27日") == ()


@pytest.mark.parametrize(
    ("words", "first", "last", "glued"),
    [
        ("2020年3月27日-4月2日", "2020-03-27", "2020-04-02", None),
        ("2021年1月6日至12日", "2021-01-06", "2021-01-12", None),
        ("自2023年1月20日起至2023年2月7日止", "2023-01-20", "2023-02-07", None),
        ("2022年11月22日至202211243个工作日", "2022-11-22", "2022-11-24", 3),
        ("2023年12月28日至1月5日", "2023-12-28", "2024-01-05", None),
        ("20221122-20221124", "2022-11-22", "2022-11-24", None),
        ("2023.5.8-5.12", "2023-05-08", "2023-05-12", None),
        ("2023年5月8日8时至5月12日18时", "2023-05-08", "2023-05-12", None),
        ("二〇二一年一月六日至一月十二日", "2021-01-06", "2021-01-12", None),
    ],
)
def test_the_end_of_a_range_takes_what_it_lacks_from_its_beginning(words, first, last, glued):
    assert [(r.first.isoformat(), r.last.isoformat(), r.glued_days) for r in ranges(fold(words).text)] == [(first, last, glued)]


def test_digits_run_together_that_split_in_two_ways_are_not_split():
    assert list(ranges("2022年10月2日至202211112个工作日")) == []  # 1 November and 12 days, or 11 November and 2
