"""The publicity window: what is said, and what is not said and therefore stays open."""

from __future__ import annotations

import pytest

from xiaohao.documents.window import read_window
from xiaohao.evidence.folding import fold


def window(words: str, year: int | None = 2026):
    text = fold(words).text
    found = read_window(text, [(0, len(text))], year)
    return (*(day.isoformat() if day else None for day in (found.start, found.end)), found.days, found.working)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("公示时间:2021年1月6日至2021年1月12日,共5个工作日。", ("2021-01-06", "2021-01-12", 5, True)),
        ("公示期间（2023年7月27日至2023年8月9日，共10个工作日）", ("2023-07-27", "2023-08-09", 10, True)),
        ("公示时间(2020年3月27日-4月2日)", ("2020-03-27", "2020-04-02", None, None)),
        ("公示时间：2022年11月22日至202211243个工作日", ("2022-11-22", "2022-11-24", 3, True)),
        ("公示时间：2022.11.22至2022.11.243个工作日", ("2022-11-22", "2022-11-24", 3, True)),
        ("公示期为5个工作日（2021年1月6日至12日）", ("2021-01-06", "2021-01-12", 5, True)),
        ("公示期10个工作日，自2024年3月4日至2024年3月15日", ("2024-03-04", "2024-03-15", 10, True)),
        ("公示时间：5天（3月2日至3月6日）", ("2026-03-02", "2026-03-06", 5, False)),
        ("公示期：2023年1月6日至2023年1月19日，共计10天（工作日）", ("2023-01-06", "2023-01-19", 10, True)),
        ("公示期限：2023年5月8日至2023年5月14日（7个自然日）", ("2023-05-08", "2023-05-14", 7, False)),
        ("2023年5月8日起公示10个工作日", ("2023-05-08", None, 10, True)),
        ("自公示之日起5个工作日内向我局反馈", (None, None, 5, True)),
        ("公示期十个（10）工作日", (None, None, 10, True)),
        ("公示时间：截至2023年5月19日", (None, "2023-05-19", None, None)),
        ("公示期：7天", (None, None, 7, False)),
        ("公告期10个工作日（2022年12月5日至12月16日）", ("2022-12-05", "2022-12-16", 10, True)),
        ("公示时间:2020年3月17日-3月23日\n共5个工作日", ("2020-03-17", "2020-03-23", 5, True)),
        ("公示时间：2020年12月28日至1月3日，共七个自然日", ("2020-12-28", "2021-01-03", 7, False)),
    ],
)
def test_a_window_is_read_as_it_is_printed(words, read):
    assert window(words) == read


@pytest.mark.parametrize(
    "words",
    [
        "2019年7月12日至8月12日督察组进驻。",
        "我局将在收到异议之日起7个工作日内答复。",
        "受理后10个工作日内反馈核查结果。",
        "要求7日内反馈。",
        "工作日上午8:30—12:00",
        "连续监测30天，每日巡查。",
        "公示期满提前3天通知。",
    ],
)
def test_other_days_are_no_window(words):
    assert window(words) == (None, None, None, None)


def test_the_answers_days_do_not_become_the_windows():
    assert window("公示时间：2023年5月8日-2023年5月12日。受理异议后5个工作日内答复") == ("2023-05-08", "2023-05-12", None, None)


def test_a_date_without_any_year_is_not_given_one():
    assert window("公示时间：3月27日至4月2日", year=None) == (None, None, None, None)
