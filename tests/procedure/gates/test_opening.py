"""task_identified and carried_in_as_found: how a task's file begins."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.carried_in_as_found import carried_in_as_found
from xiaohao.procedure.gates.task_identified import task_identified


def given(**changes):
    return lambda: cases.works_case("given", **changes)


ROWS = (
    *rows(
        task_identified,
        "open_task",
        whole=(given(), None),
        a_number_in_words=(given(number="3-1"), None),
        nothing=(given(list="list-9", number=" ", problem=" ", owner=""), "没有写明清单、序号、问题原文、责任单位。"),
    ),
    *rows(
        carried_in_as_found,
        "carry_in",
        marked_and_dated=(given(carried_in=True, closed_at="2022-03"), None),
        closed_this_very_day=(given(carried_in=True, closed_at=cases.works_life().days["close"].isoformat()), None),
        not_marked=(given(closed_at="2022-03"), "没有注明原已销号。"),
        no_day=(given(carried_in=True), "没有原销号日期，或日期在今天之后。"),
        a_day_to_come=(given(carried_in=True, closed_at="2031-01-01"), "没有原销号日期，或日期在今天之后。"),
    ),
)


@each(ROWS)
def test_opening(row):
    assert row.ask() == row.fact
