"""The ladder of pressure is entered by its own acts only."""

from __future__ import annotations

import pytest

from tests.acts.walking import make_task
from tests.cases import actor_for, works_case, works_life
from xiaohao.acts.registers import add_records
from xiaohao.dossier.record import Record
from xiaohao.kernel.refused import Refused
from xiaohao.procedure.pressure import ANSWER, LIFT, RUNGS

pytestmark = pytest.mark.django_db
SEEN = "2025-01-01T00:00:00+08:00"  # the act overwrites it


@pytest.mark.parametrize("stage", [*RUNGS, ANSWER, LIFT])
def test_a_rung_of_the_ladder_is_no_plain_row(stage: str) -> None:
    task = make_task("in_progress")
    row = Record(id="rec-rung", recorded_at=SEEN, type="order", title="约谈", date="2023-05-01", stage=stage)
    with pytest.raises(Refused) as refused:
        add_records(task=task.id, by=actor_for(works_case("in_progress"), "start"), at=works_life().at("start"), key="rung", records=(row,))
    assert [unmet.gate for unmet in refused.value.unmet] == ["a_plain_row"]


def test_an_order_that_came_in_on_paper_is_entered_like_any_row() -> None:
    task = make_task("in_progress")
    row = Record(id="rec-paper", recorded_at=SEEN, type="order", title="市整改办督办通知", date="2023-05-01")
    assert add_records(
        task=task.id, by=actor_for(works_case("in_progress"), "start"), at=works_life().at("start"), key="paper", records=(row,)
    )
