"""notice_ready: what the notice must hold, and a window as long as the rulebook asks."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import COUNTY, each, rows, under
from xiaohao.procedure.gates.notice_ready import notice_ready

LIFE = cases.works_life()
FIRST, LAST = LIFE.window


def posted(**changes):
    return lambda: cases.change(cases.works_case("reviewed"), "rec-publicity", **changes)


ROWS = (
    *rows(
        notice_ready,
        "publish",
        a_whole_notice=(lambda: cases.works_case("reviewed"), None),
        longer_than_required=(posted(end="2025-12-05"), None),
        none=(lambda: cases.works_case("reviewed", missing="publicity"), "没有拟好的公示。"),
        withdrawn_and_not_drawn_up_again=(
            lambda: cases.returned(cases.works_case("reviewed"), "publish", LIFE.at("publish")),
            "没有拟好的公示。",
        ),
        a_day_short=(
            posted(end=LAST.replace(day=LAST.day - 1).isoformat()),
            f"公示期 {FIRST} 至 {LAST.replace(day=LAST.day - 1)} 不足 10 个工作日，最早到 {LAST}。",
        ),
        a_year_not_yet_announced=(
            posted(start="2027-12-27", end="2028-01-07", posted_at="2027-12-27"),
            "2027 年节假日安排待公布，不能计算工作日。",
        ),
        posted_a_day_late=(posted(posted_at="2025-11-12T10:00"), f"张贴晚于公示期首日 {FIRST}。"),
        no_window=(posted(start=None), "没有写明公示起止日期。"),
        no_text=(lambda: cases.works_case("reviewed", missing="notice"), "没有公示正文。"),
        no_number_no_telephone=(
            lambda: cases.change(cases.without(cases.works_case("reviewed"), "doc-notice"), "org-citydesk", phone=None),
            "公示没有文号。没有受理异议的电话。",
        ),
    ),
    *under(
        COUNTY,
        rows(notice_ready, "publish", five_working_days_where_the_county_s_rulebook_says_so=(lambda: cases.duty_case("accepted"), None)),
    ),
)


@each(ROWS)
def test_notice_ready(row):
    assert row.ask() == row.fact
