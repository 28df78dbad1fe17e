"""How figures, dates and titles are set."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import translation

from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST
from xiaohao.web.parts.words import amount, breakable, day_in_words, iso_moment, moment_in_words, say_it


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (date(2026, 3, 3), "2026 年 3 月 3 日", "3 March 2026"),
        ("2026-03-03", "2026 年 3 月 3 日", "3 March 2026"),
        ("2026-03-03T23:30:00+08:00", "2026 年 3 月 3 日", "3 March 2026"),
        ("2026-03", "2026 年 3 月", "March 2026"),
        ("2026", "2026 年", "2026"),
        ("年底前", "年底前", "年底前"),
        (None, "", ""),
    ],
)
def test_dates_as_residents_read_them(value, chinese, english):
    assert day_in_words(value) == chinese
    with translation.override("en"):
        assert day_in_words(value) == english


def test_moments_are_told_in_china():
    evening = datetime(2026, 3, 3, 23, 30, tzinfo=CST)
    assert moment_in_words(evening) == "2026 年 3 月 3 日 23:30"
    assert iso_moment(evening.isoformat()) == "2026-03-03 23:30"


@pytest.mark.parametrize(
    ("value", "shown"), [(1630, "1,630"), (3.20, "3.2"), (0.15, "0.15"), (12.0, "12"), (12000.5, "12,000.5"), (None, ""), ("约 3", "约 3")]
)
def test_amounts(value, shown):
    assert amount(value) == shown


def test_a_title_breaks_between_words_and_marks_stay_with_their_words():
    shown = breakable("关于督察反馈意见第 3 项“北山砂石料场边坡裸露”整改完成情况的公示")
    assert shown.replace("<wbr>", "") == "关于督察反馈意见第 3 项“北山砂石料场边坡裸露”整改完成情况的公示"
    runs = shown.split("<wbr>")
    assert all("裸露" in run or "裸" not in run for run in runs)
    assert not any(run.startswith(("”", "项", "，")) or run.endswith("“") for run in runs)


def test_a_title_is_escaped():
    assert breakable("<b>河</b>") == "&lt;b&gt;河<wbr>&lt;/b&gt;" or "<b>" not in breakable("<b>河</b>")


def test_a_sentence_is_said_from_its_pattern_and_nested_sentences_too():
    assert say_it(say("还剩 {days}", days=say("{days} 个工作日", days=5))) == "还剩 5 个工作日"
    assert [say_it(None), say_it(""), say_it("说明")] == ["", "", "说明"]
