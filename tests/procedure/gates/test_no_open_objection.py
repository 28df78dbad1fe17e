"""no_open_objection: open ones suspend, upheld ones return, late ones do neither."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.no_open_objection import no_open_objection

LIFE = cases.works_life()
CAME = LIFE.window[0].replace(day=LIFE.window[0].day + 1).isoformat()


def objected(**more):
    return lambda: cases.add(cases.works_case("published"), cases.objection(LIFE, **more))


def _upheld_and_gone_back():
    upheld = objected(answered_at=f"{CAME}T16:00:00+08:00", upheld=True)()
    return cases.returned(upheld, "objection", LIFE.at("close"))


ROWS = rows(
    no_open_objection,
    "close",
    none=(lambda: cases.works_case("published"), None),
    open=(objected(), f"有 1 件异议未答复，最早的收到于 {CAME}。"),
    answered_and_not_upheld=(objected(answered_at=f"{CAME}T16:00:00+08:00", upheld=False), None),
    upheld=(objected(answered_at=f"{CAME}T16:00:00+08:00", upheld=True), "有 1 件异议成立。"),
    upheld_and_the_task_went_back=(_upheld_and_gone_back, None),
    came_after_the_window=(objected(date="2025-12-20"), None),
)


@each(ROWS)
def test_no_open_objection(row):
    assert row.ask() == row.fact
