"""window_complete: the last day is over, the days suffice by the calendar, and the page was up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from tests import cases
from tests.procedure.gates.table import COUNTY, DEFAULT, Row, each, rows, under
from xiaohao.dossier.record import Snapshot
from xiaohao.kernel.when import CST
from xiaohao.procedure.gates.window_complete import window_complete

FIRST, LAST = cases.works_life().window


def posted(**changes):
    return lambda: cases.change(cases.works_case("published"), "rec-publicity", **changes)


def on(day, says, fact):
    at = datetime.combine(day, time(17, 0), CST)
    return Row(says, lambda: cases.works_case("published"), fact, window_complete, "close", at=at)


GONE = Snapshot(at=f"{FIRST + timedelta(days=1)}T10:00:00+08:00", ok=False)

ROWS = (
    *rows(
        window_complete,
        "close",
        over_and_long_enough=(lambda: cases.works_case("published"), None),
        no_notice=(lambda: cases.works_case("published", missing="publicity"), "没有起止日期明确的公示。"),
        dates_not_whole=(posted(end="2025-11"), "没有起止日期明确的公示。"),
        too_short=(
            posted(end=(LAST - timedelta(days=1)).isoformat()),
            f"公示期 {FIRST} 至 {LAST - timedelta(days=1)} 不足 10 个工作日。",
        ),
        the_page_was_down=(posted(snapshots=(GONE,)), f"公示期内 {FIRST + timedelta(days=1)} 查看时页面打不开。"),
        a_year_not_yet_announced=(posted(start="2027-01-04", end="2027-01-20"), "2027 年节假日安排待公布，不能计算工作日。"),
        withdrawn=(
            lambda: cases.returned(cases.works_case("published"), "publish", cases.works_life().at("close")),
            "没有起止日期明确的公示。",
        ),
    ),
    on(LAST, "on the last day one may still object", f"公示到 {LAST} 为止，还剩 1 个工作日。"),
    on(LAST + timedelta(days=1), "the day after", None),
    on(FIRST - timedelta(days=1), "before the first day", f"公示到 {LAST} 为止，{FIRST} 开始。"),
    *under(COUNTY, rows(window_complete, "close", five_days_in_the_county=(lambda: cases.duty_case("published"), None))),
)


@each(ROWS)
def test_window_complete(row):
    assert row.ask() == row.fact


def test_the_notice_of_2021_holds_five_working_days_and_that_of_2024_holds_four():
    """The two windows of INSTITUTION.md, fact 6."""
    five = replace(DEFAULT, publicity=replace(DEFAULT.publicity, days=5))
    asked = [
        Row("", posted(start=start, end=end, snapshots=()), None, window_complete, "close", five).ask()
        for start, end in (("2021-01-06", "2021-01-12"), ("2024-09-29", "2024-10-09"))
    ]
    assert asked == [None, "公示期 2024-09-29 至 2024-10-09 不足 5 个工作日。"]


def test_days_are_days_where_the_rulebook_counts_them_so():
    by_days = replace(DEFAULT, publicity=replace(DEFAULT.publicity, days=7, unit="day"))
    assert Row("", posted(start="2025-11-01", end="2025-11-07", snapshots=()), None, window_complete, "close", by_days).ask() is None
