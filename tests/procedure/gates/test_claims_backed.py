"""claims_backed: 无据 and 无法核验 stop the step, 证据不足 does not."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.claims_backed import claims_backed

ROWS = rows(
    claims_backed,
    "apply",
    every_number_has_its_rows=(lambda: cases.works_case("in_progress"), None),
    a_year_of_sessions_and_meetings=(lambda: cases.duty_case("in_progress"), None),
    fewer_rows_than_counted=(
        lambda: cases.without(cases.works_case("in_progress"), "rec-enforcement-2"),
        "无据 1 处，无法核验 0 处：“开展排水执法检查2次”（登记1）。",
    ),
    no_rows_at_all=(
        lambda: cases.without(cases.works_case("in_progress"), "rec-enforcement-*"),
        "无据 1 处，无法核验 0 处：“开展排水执法检查2次”（登记0）。",
    ),
    no_statement_is_another_gate_s_business=(lambda: cases.works_case("in_progress", missing="completion"), None),
)


@each(ROWS)
def test_claims_backed(row):
    assert row.ask() == row.fact
