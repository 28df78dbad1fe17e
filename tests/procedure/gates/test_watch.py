"""watch_plan_present and watch_over: closed is provisional until the watch has ended well."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from tests import cases
from tests.procedure.gates.table import COUNTY, Row, each, rows, under
from xiaohao.dossier.record import Record
from xiaohao.procedure.gates.watch_over import watch_over
from xiaohao.procedure.gates.watch_plan_present import watch_plan_present

LIFE = cases.works_life()
CLOSED = LIFE.days["close"]


def planned(**changes):
    return lambda: cases.change(cases.works_case("published"), "watch-task-7", **changes)


def looked_back(*results, at="2026-06-0{day}T10:00:00+08:00"):
    """The closed case with look-backs on 1, 2 … June, or at another moment."""
    found = [
        Record(
            id=f"rec-look-{day}",
            type="look_back",
            tasks=(cases.WORKS,),
            date=f"2026-06-0{day}",
            recorded_at=at.format(day=day),
            passed=passed,
        )
        for day, passed in enumerate(results, start=1)
    ]
    return lambda: cases.add(cases.works_case("closed"), *found)


def cured_by_a_stroke_of_the_pen():
    """The confirming person writes a look-back of their own into the very act."""
    now = LIFE.at("confirm").isoformat()
    return cases.add(
        looked_back(False)(), Record(id="rec-now", type="look_back", tasks=(cases.WORKS,), date=now[:10], recorded_at=now, passed=True)
    )


def relapsed():
    """Two of three months after the closing above the target."""
    dossier = cases.works_case("closed")
    csv = re.sub(r"(2026-0[56]-15),[\d.]+", r"\1,1.9", dossier.contents["series/ammonia.csv"].decode())
    assert csv.count(",1.9,") == 3  # the two, and one before the work was done
    return replace(dossier, contents={**dossier.contents, "series/ammonia.csv": csv.encode()})


RELAPSE = "销号后 2026-05、2026-06 未达到“不高于 1.5 mg/L”的目标，3 个月内有 2 个月，达到回头看条件。"
EARLY = LIFE.at("confirm") - timedelta(days=20)

ROWS = (
    *rows(
        watch_plan_present,
        "close",
        a_plan=(lambda: cases.works_case("published"), None),
        longer_than_asked=(planned(months=24), None),
        none=(lambda: cases.works_case("published", missing="watch_plan"), "没有观察计划。"),
        too_short=(planned(months=6), "观察计划 6 个月，规定不少于 12 个月。"),
    ),
    *rows(
        watch_over,
        "confirm",
        a_year_without_relapse=(lambda: cases.works_case("closed"), None),
        a_look_back_found_nothing=(looked_back(True), None),
        a_look_back_found_something=(looked_back(False), "2026-06-01 的回头看与销号时不一致。"),
        another_look_back_found_it_mended=(looked_back(False, True), None),
        mended_by_a_stroke_of_the_pen_only=(cured_by_a_stroke_of_the_pen, "2026-06-01 的回头看与销号时不一致。"),
        a_look_back_still_without_a_result=(looked_back(True, None), None),
        two_of_three_months_over_the_target=(
            relapsed,
            RELAPSE,
        ),
        by_the_rulebook_s_rule_where_the_plan_names_none=(lambda: cases.change(relapsed(), "watch-task-7", k=None, n=None), RELAPSE),
        by_the_rulebook_s_rule_where_there_is_no_plan=(lambda: replace(relapsed(), watch_plans=()), RELAPSE),
        not_closed=(lambda: cases.works_case("closed", closed_at=None), "没有销号日期，不知道观察期从哪天起算。"),
    ),
    Row(
        "eleven months",
        lambda: cases.works_case("closed"),
        f"{CLOSED} 销号，观察满 11 个月，规定 12 个月。",
        watch_over,
        "confirm",
        at=EARLY,
    ),
    *under(COUNTY, rows(watch_over, "confirm", a_duty_task_watched_by_the_ledger=(lambda: cases.duty_case("reviewed"), None))),
)


@each(ROWS)
def test_watch(row):
    assert row.ask() == row.fact


def test_a_plan_longer_than_the_rulebook_is_kept_to():
    longer = cases.change(cases.works_case("closed"), "watch-task-7", months=24)
    assert replace(ROWS[4], build=lambda: longer).ask() == f"{CLOSED} 销号，观察满 12 个月，规定 24 个月。"
