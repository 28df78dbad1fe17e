"""target_held: judged from the readings up to the acceptance."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.dossier.plan import Target
from xiaohao.procedure.gates.target_held import target_held


def _stricter():
    goal = Target(indicator="氨氮", place="place-point", operator="<=", value=1.0, unit="mg/L", window="month", min_months=3)
    return cases.change(cases.works_case("claimed_done"), "goal-7-1", target=goal)


def _undone():
    return cases.change(cases.duty_case("claimed_done"), "rec-lookback-14", passed=False)


ROWS = rows(
    target_held,
    "accept",
    held_for_three_months=(lambda: cases.works_case("claimed_done"), None),
    measured_from_the_ledger=(lambda: cases.duty_case("claimed_done"), None),
    no_figure_is_not_judged_here=(lambda: cases.works_case("claimed_done", missing="target"), None),
    above_the_target=(_stricter, "2025-07（1.12）的月均值未达到“不高于 1 mg/L”的目标。"),
    no_readings=(lambda: cases.works_case("claimed_done", missing="series"), "判断目标需要 3 个数据过半的月均值，现有 1 个。"),
    one_closing_did_not_hold=(_undone, "销号守住率为 83.33 %，未达到“不低于 100 %”的目标。"),
)


@each(ROWS)
def test_target_held(row):
    assert row.ask() == row.fact
