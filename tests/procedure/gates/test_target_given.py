"""target_given: a figure, a derived figure, or a public reason why there is none."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.target_given import target_given

ROWS = rows(
    target_given,
    "file_plan",
    a_figure=(lambda: cases.works_case("given"), None),
    a_target_derived_from_the_ledger=(lambda: cases.duty_case("given"), None),
    a_public_reason=(lambda: cases.change(cases.works_case("given"), "goal-7-1", target=None, no_target_reason="历史断面已撤销。"), None),
    an_empty_reason=(
        lambda: cases.change(cases.works_case("given"), "goal-7-1", target=None, no_target_reason=" "),
        "目标“石桥断面氨氮月均值不高于1.5毫克/升，保持三个月以上。”没有指标，也没有公开说明不能量化的理由。",
    ),
    no_target=(
        lambda: cases.duty_case("given", missing="target"),
        "目标“已销号满一年的任务无一退回、无一反弹。”没有指标，也没有公开说明不能量化的理由。",
    ),
    no_goal=(lambda: cases.change(cases.works_case("given"), "plan-7", goals=()), "方案没有整改目标。"),
    no_plan=(lambda: cases.works_case("given", missing="plan"), "方案没有整改目标。"),
)


@each(ROWS)
def test_target_given(row):
    assert row.ask() == row.fact
