"""override_reasoned: one gate of one step, among those that the rulebook lets be waived, in public."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.override_reasoned import override_reasoned

AT = cases.works_life().recorded("accept")


def excepted(stage="accept:minimum_time_held", **changes):
    return lambda: cases.add(cases.works_case("claimed_done"), replace(cases.override(stage, AT), **changes))


ROWS = rows(
    override_reasoned,
    "override",
    named_and_public=(excepted(), None),
    nothing_named=(lambda: cases.works_case("claimed_done"), "没有写明破例事项。"),
    a_gate_that_nobody_waives=(excepted("close:no_open_objection"), "规程不允许对“close:no_open_objection”破例。"),
    no_gate_named=(excepted("accept"), "规程不允许对“accept”破例。"),
    not_in_public=(excepted(public_reason=None), "破例没有公开的理由，或不是由本单位作出。"),
    in_another_s_name=(excepted(org="org-city"), "破例没有公开的理由，或不是由本单位作出。"),
)


@each(ROWS)
def test_override_reasoned(row):
    assert row.ask() == row.fact
