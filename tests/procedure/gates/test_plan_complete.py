"""plan_complete: goals, measures, and for each measure who and by when."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.plan_complete import plan_complete


def _plan(**changes):
    return lambda: cases.change(cases.works_case("planned"), "plan-7", **changes)


def _sent_back():
    return cases.returned(cases.works_case("planned"), "plan", cases.works_life().at("approve_plan"))


ROWS = rows(
    plan_complete,
    "approve_plan",
    a_whole_plan=(lambda: cases.works_case("planned"), None),
    a_duty_plan_without_any_works=(lambda: cases.duty_case("planned"), None),
    no_plan=(lambda: cases.works_case("planned", missing="plan"), "没有整改方案。"),
    no_goals=(_plan(goals=()), "方案没有写明目标或措施。"),
    no_measures=(_plan(measures=()), "方案没有写明目标或措施。"),
    nobody_and_no_date=(
        lambda: cases.change(cases.change(cases.works_case("planned"), "measure-7-1", owner=None), "measure-7-3", due=None),
        "第 1、3 项措施没有责任单位或完成时限。",
    ),
    sent_back_and_not_filed_again=(_sent_back, "方案退回后没有重新报送。"),
    sent_back_and_filed_again_in_the_same_second=(
        lambda: cases.change(_sent_back(), "plan-7", recorded_at=cases.works_life().at("approve_plan").isoformat()),
        None,
    ),
    sent_back_and_filed_again=(lambda: cases.change(_sent_back(), "plan-7", recorded_at="2025-01-03T09:00:00+08:00"), None),
)


@each(ROWS)
def test_plan_complete(row):
    assert row.ask() == row.fact
