"""hands_named: every unit that will be needed stands in the task, or follows from the rulebook."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.hands_named import hands_named

ROWS = rows(
    hands_named,
    "approve_plan",
    all_named=(lambda: cases.works_case("planned"), None),
    the_closer_follows_from_the_rulebook=(lambda: cases.works_case("planned", closer=None), None),
    two_not_named=(lambda: cases.works_case("planned", acceptor=None, desk=None), "没有指定验收单位、异议受理单位。"),
    nobody_reviews_so_nobody_closes=(lambda: cases.works_case("planned", reviewer=None, closer=None), "没有指定审核单位、销号单位。"),
)


@each(ROWS)
def test_hands_named(row):
    # the reviewer, who approves, may be the very one who is missing
    anybody = cases.actor_for(cases.works_case("planned"), "approve_plan")
    assert replace(row, actor=anybody).ask() == row.fact
