"""screening_finished: the next body waits until what was filed has been compared."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.dossier.oversight import ScreeningRun
from xiaohao.procedure.gates.screening_finished import screening_finished


def waiting(done: int, of: int):
    run = ScreeningRun(asked_at="2025-10-20T10:00:00+08:00", done=done, of=of)
    return lambda: replace(cases.works_case("claimed_done"), awaited=run)


ROWS = rows(
    screening_finished,
    "accept",
    nothing_waits=(lambda: cases.works_case("claimed_done"), None),
    in_the_queue=(waiting(0, 0), "2025-10-20 10:00 报的材料还在比对，正在排队。"),
    under_way=(waiting(3, 25), "2025-10-20 10:00 报的材料还在比对，已比 3 项，共 25 项。"),
)


@each(ROWS)
def test_screening_finished(row):
    assert row.ask() == row.fact
