"""minimum_time_held: the rulebook's months from the work's end to the acceptance, whole months counted."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.minimum_time_held import minimum_time_held


def done(day, build=cases.works_case):
    return lambda: build("claimed_done", done_at=day)


ACCEPTED = cases.works_life().days["accept"]

ROWS = rows(
    minimum_time_held,
    "accept",
    three_months_and_more=(done("2025-06-30"), None),
    three_months_to_the_day=(done(ACCEPTED.replace(month=ACCEPTED.month - 3).isoformat()), None),
    a_day_short=(
        done(ACCEPTED.replace(month=ACCEPTED.month - 3, day=ACCEPTED.day + 1).isoformat()),
        f"完成日期 2025-07-{ACCEPTED.day + 1}，到验收满 2 个月，规定不少于 3 个月。",
    ),
    no_day_of_completion=(done(None), "没有登记整改完成日期。"),
    a_duty_task_needs_no_time=(done("2026-01-10", cases.duty_case), None),
    done_after_it_was_accepted=(done("2026-03-01", cases.duty_case), "完成日期 2026-03-01，到验收满 0 个月，规定不少于 0 个月。"),
)


@each(ROWS)
def test_minimum_time_held(row):
    assert row.ask() == row.fact
