"""The ladder of pressure: rung by rung, each by a person, answered by the unit, lifted with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import send, words_in
from xiaohao.acts import pressure as acts
from xiaohao.kernel.refused import Refused
from xiaohao.records import models
from xiaohao.records.fsck import faults

SignIn = Callable[[str], Client]


@pytest.fixture
def task(staff: None) -> models.Task:
    return office.works("start")


def page(task: models.Task) -> str:
    return f"/desk/t/{task.address}/press"


def press(client: Client, task: models.Task, **typed: Any) -> Any:
    return send(client, page(task), holding="answer_by", **typed)


def orders() -> list[str]:
    return list(
        models.Record.objects.filter(type="order", more__has_key="stage")
        .order_by("recorded_at", "pk")
        .values_list("more__stage", flat=True)
    )


def test_the_draft_is_ready_the_unit_answers_and_the_order_is_lifted(as_: SignIn, task: models.Task) -> None:
    clerk, unit = as_("city-clerk"), as_("housing-1")
    office_page = words_in(clerk.get(page(task)))
    presser = clerk if "发督办" in office_page else as_("cityoffice-1")
    assert press(presser, task).status_code == 302
    assert orders() == ["reminder"]
    assert "请抓紧整改，并书面答复" in models.Record.objects.get(type="order", more__stage="reminder").more["text"]
    assert "待答复" in words_in(unit.get("/desk/orders"))
    assert send(unit, page(task), holding="words", words="已加派两个班组。").status_code == 302
    assert "已答复，待解除" in words_in(presser.get("/desk/orders"))
    assert send(presser, page(task), holding="words", words="进度已赶上。", lift="1").status_code == 302
    assert "没有在办的督办" in words_in(presser.get("/desk/orders"))
    assert "已解除" in words_in(unit.get(page(task)))
    assert sorted(orders()) == ["order_answer", "order_lift", "reminder"]
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_no_rung_is_skipped_and_the_next_draft_says_what_was_not_answered(as_: SignIn, task: models.Task) -> None:
    by, day = office.actor("cityoffice-1"), TODAY.date()
    with pytest.raises(Refused) as refused:
        acts.press(task=task.pk, by=by, at=TODAY, key="a", rung="listing", text="挂牌", answer_by=day)
    assert [unmet.fact for unmet in refused.value.unmet] == ["还不能用“挂牌督办”"]
    acts.press(
        task=task.pk, by=by, at=TODAY - timedelta(days=5), key="b", rung="reminder", text="请抓紧", answer_by=day - timedelta(days=1)
    )
    words = words_in(as_("cityoffice-1").get(page(task)))
    assert "逾期未答复" in words
    assert "提醒函（2026-02-26）要求2026-03-02前答复，至今未答复。" in words
    assert press(as_("cityoffice-1"), task).status_code == 302
    assert sorted(orders()) == ["reminder", "supervision_order"]


def test_nobody_lifts_before_the_answer_and_nobody_beside_presses_or_answers(as_: SignIn, task: models.Task) -> None:
    by = office.actor("cityoffice-1")
    made = acts.press(task=task.pk, by=by, at=TODAY, key="a", rung="reminder", text="请抓紧", answer_by=TODAY.date()).result["order"]
    with pytest.raises(Refused) as refused:
        acts.lift_order(task=task.pk, by=by, at=TODAY, key="b", order=made, reason="好了")
    assert [unmet.fact for unmet in refused.value.unmet] == ["责任单位还没有答复"]
    for stranger in ("housing-1", "cityeco-1"):
        with pytest.raises(Refused):
            acts.press(task=task.pk, by=office.actor(stranger), at=TODAY, key=stranger, rung="reminder", text="请", answer_by=TODAY.date())
    with pytest.raises(Refused):
        acts.answer_order(task=task.pk, by=by, at=TODAY, key="c", order=made, text="已办")
    assert as_("park-1").get(page(task)).status_code == 404


def test_a_past_day_and_a_second_answer_are_refused(task: models.Task) -> None:
    by, unit = office.actor("cityoffice-1"), office.actor("housing-1")
    with pytest.raises(Refused):
        acts.press(task=task.pk, by=by, at=TODAY, key="a", rung="reminder", text="请", answer_by=TODAY.date() - timedelta(days=1))
    made = acts.press(task=task.pk, by=by, at=TODAY, key="b", rung="reminder", text="请", answer_by=TODAY.date()).result["order"]
    acts.answer_order(task=task.pk, by=unit, at=TODAY, key="c", order=made, text="已办")
    with pytest.raises(Refused):
        acts.answer_order(task=task.pk, by=unit, at=TODAY, key="d", order=made, text="又办")
