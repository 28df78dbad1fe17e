"""Every status is reached by walking real acts, on each route, and the journal says the same as the tables."""

from __future__ import annotations

import pytest

from tests.acts.walking import make_task
from tests.cases import COUNTY_ROUTE, DEFAULT_ROUTE, REGION_ROUTE, STATE_AFTER
from xiaohao.acts.publishing import publish_journal
from xiaohao.records.fsck import faults

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", [DEFAULT_ROUTE, COUNTY_ROUTE, REGION_ROUTE], ids=["default", "county", "region"])
def test_a_case_is_walked_to_the_end_of_its_route(route: tuple[str, ...]) -> None:
    task = make_task("confirmed", route=route)
    publish_journal()

    assert task.status == "confirmed"
    assert [fault.message for fault in faults()] == []
    moves = [(e.step, e.prev_state, e.state) for e in task.entries.order_by("index") if e.state]
    assert [state for _, _, state in moves] == [STATE_AFTER[s] for s in ("file_plan", "approve_plan", "start", "apply", *route)]
