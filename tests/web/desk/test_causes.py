"""A cause stands beside the measures that answer it; one without a measure shows, on the task, among the versions and while a plan is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.desk import office
from tests.web.desk.pages import form_of, words_in
from xiaohao.records import models
from xiaohao.web.desk.pages.causes import causes_beside, unanswered

SignIn = Callable[[str], Client]
TASK = "/desk/t/qh2025a-7"
NONE = "没有措施针对它"


def test_a_cause_without_a_measure_is_counted():
    causes = causes_beside(("管网没有覆盖", "错接"), ((1, "建管网", 0), (2, "执法", None), (3, "再建", 0)))
    assert [(one.number, [number for number, _ in one.measures]) for one in causes] == [(1, [1, 3]), (2, [])]
    assert unanswered(causes) == 1


@pytest.mark.parametrize("page", [TASK, f"{TASK}/plan/versions"])
def test_it_shows_on_the_pages_of_the_task(as_: SignIn, page: str) -> None:
    office.works("file_plan")
    client = as_("housing-1")
    whole = words_in(client.get(page))
    assert ("排水户错接雨水管" in whole, "开展排水户错接排查执法。" in whole, NONE in whole) == (True, True, False)
    task = models.Task.objects.get()
    models.Task.objects.filter(pk=task.pk).update(more={**task.more, "causes": [*task.more["causes"], "管护经费没有着落"]})
    lacking = words_in(client.get(page))
    assert lacking.count(NONE) == 1


def test_it_shows_while_the_plan_is_typed(as_: SignIn) -> None:
    office.works("file_plan")
    client = as_("housing-1")
    assert NONE not in words_in(client.get(f"{TASK}/plan"))
    fields = form_of(client, f"{TASK}/plan", holding="causes")
    page = client.post(f"{TASK}/plan", {**fields, "causes": fields["causes"][0] + "\n管护经费没有着落", "save": "1"})
    assert (page.status_code, words_in(page).count(NONE)) == (200, 1)
