"""Every page of the desk opens for those who may see it, at every stage of both routes, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.desk import office

PAGES = (
    "/desk/t/{no}",
    "/desk/t/{no}/plan",
    "/desk/t/{no}/evidence",
    "/desk/t/{no}/register",
    "/desk/t/{no}/series",
    "/desk/t/{no}/progress",
    "/desk/t/{no}/apply",
    "/desk/t/{no}/pledge/apply",
    "/desk/t/{no}/publish",
    "/desk/t/{no}/watch",
    "/desk/t/{no}/look/apply",
    "/desk/t/{no}/look/close",
    "/desk/t/{no}/do/close",
    "/desk/t/{no}/do/approve_plan",
    "/desk/t/{no}/return",
    "/desk/t/{no}/questions",
    "/desk/visits",
    "/desk/accept/{no}",
    "/desk/review/{no}",
)
STAGES = ("open_task", "file_plan", "approve_plan", "start", "apply", "accept", "review", "publish")


@pytest.mark.parametrize("stage", STAGES)
def test_every_page_opens_at_every_stage(as_: Callable[[str], Client], stage: str) -> None:
    task = office.works(stage)
    client = as_("cityoffice-1")
    opened = {page: client.get(page.format(no=task.address)).status_code for page in PAGES}
    assert opened == dict.fromkeys(PAGES, 200)


def test_every_page_opens_in_english(as_: Callable[[str], Client]) -> None:
    task = office.works("apply")
    client = as_("cityoffice-1")
    opened = {page: client.get("/en" + page.format(no=task.address)).status_code for page in PAGES}
    assert opened == dict.fromkeys(PAGES, 200)


def test_no_page_of_the_desk_is_kept_by_a_cache(as_: Callable[[str], Client]) -> None:
    task = office.works("apply")
    client = as_("cityoffice-1")
    kept = {page: client.get(page.format(no=task.address)).headers["Cache-Control"] for page in PAGES}
    assert kept == dict.fromkeys(PAGES, "no-store")
