from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.web.desk import office


def test_the_clerk_of_the_unit_sees_the_task_that_waits_for_them(as_: Callable[[str], Client]) -> None:
    office.works("start")
    page = as_("housing-1").get("/desk/")
    assert page.status_code == 200
    assert [row.task.address for group in page.context["groups"] for row in group.rows] == ["qh2025a-7"]
