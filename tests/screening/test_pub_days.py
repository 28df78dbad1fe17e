"""PUB-DAYS: how long a notice really stood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.samples import NOTICE, TASK, down, honest, publicity, said, skipped, text, with_records
from xiaohao.dossier.record import Snapshot
from xiaohao.dossier.rules import Calendar, PublicityRule, Rules
from xiaohao.dossier.where import Where

ID = "PUB-DAYS"


def shown(start="2023-11-06", end="2023-11-17", *, rules=None, calendar=None, **record):
    changes = {"records": with_records(publicity(start, end, **record), without=("rec-publicity",)), "calendar": calendar}
    return honest(**changes, **({"rules": rules} if rules else {}))


def test_the_national_holiday_does_not_count():
    (finding,) = said(shown("2023-09-26", "2023-10-07"), ID)
    assert finding.severity == "block"
    start = NOTICE.index("公示期自")
    assert finding.where == (Where("rec-publicity"), Where("st-2", start, NOTICE.index("。有异议")))
    assert (
        finding.message
        == "公示写明 10 个工作日，2023-09-26 至 2023-10-07，按日历实为 4 个工作日，应公示到 2023-10-13。请延长公示或重新公示。"
    )
    assert finding.basis == "青禾县规程：公示 10 个工作日"
    assert finding.figures == {
        "stated": 10, "required": 10, "unit": "workday", "workdays": 4, "calendar_days": 12, "held": 4, "should_end": "2023-10-13",
    }  # fmt: skip


def test_the_printed_number_may_be_kept_and_the_rule_not():
    (finding,) = said(shown("2023-11-06", "2023-11-10", stated_days=5), ID)
    assert finding.message.startswith("公示规则要求 10 个工作日，")
    assert finding.figures["held"] == 5


def test_a_local_rule_in_calendar_days_is_counted_in_days():
    seven = Rules(publicity=PublicityRule(days=7, unit="day"))
    assert said(shown("2023-11-03", "2023-11-09", stated_days=7, stated_unit="day", rules=seven), ID) == []
    (finding,) = said(shown("2023-11-03", "2023-11-08", stated_days=7, stated_unit="day", rules=seven), ID)
    assert (finding.figures["held"], finding.figures["should_end"]) == (6, "2023-11-09")


def test_longer_than_required_is_fine():
    assert said(shown("2023-11-06", "2023-12-29"), ID) == []


def test_a_notice_that_went_up_late_is_counted_from_then():
    (finding,) = said(shown(posted_at="2023-11-08T09:00"), ID)
    assert (finding.figures["held"], finding.figures["posted_on"]) == (8, "2023-11-08")
    assert "（2023-11-08 才发布）" in finding.message
    assert said(shown(end="2023-11-21", posted_at="2023-11-08T09:00"), ID) == []


def test_days_on_which_the_page_was_gone_do_not_count():
    (finding,) = said(shown(snapshots=down("2023-11-08", "2023-11-11")), ID)
    assert (finding.figures["held"], finding.figures["days_down"]) == (9, ["2023-11-08", "2023-11-11"])
    assert "（其中 2 天页面不可访问）" in finding.message


def test_a_page_that_came_back_the_same_day_was_up():
    back = (*down("2023-11-08"), Snapshot(at="2023-11-08T15:00:00+08:00", ok=True))
    assert said(shown(snapshots=back), ID) == []


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (shown("2031-11-03", "2031-11-14"), "2031 年节假日安排待公布，不能计算工作日"),
        (honest(records=()), "没有写明起止日期的公示"),
        (shown("2023-11", "2023-12"), "没有写明起止日期的公示"),
        (shown(stated_days=None, rules=Rules()), "公示没有写明天数，案卷也没有带本地规则"),
    ],
)
def test_what_cannot_be_counted_is_said_not_guessed(case, reason):
    assert said(case, ID) == []
    assert [one.reason for one in skipped(case, ID)] == [reason]


def test_a_bundle_may_bring_the_calendar_of_a_year():
    year = Calendar(name="试验", holidays=("2031-10-01",), workdays=())
    assert said(shown("2031-11-03", "2031-11-14", calendar=year), ID) == []
    assert skipped(shown("2031-11-03", "2031-11-14", calendar=year), ID) == []


def test_an_inverted_window_is_the_lints_business():
    assert said(shown("2023-11-17", "2023-11-06"), ID) == []


def test_a_finding_on_a_text_points_at_the_notice():
    case = text()
    case = replace(case, records=(replace(publicity("2023-11-06", "2023-11-09"), tasks=(TASK,)),))
    (finding,) = said(case, ID)
    assert finding.points_at == ("st-2",)
