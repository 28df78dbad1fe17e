"""English pages of the desk are English: what stays Chinese is what officials wrote, and says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.chinese import unmarked_chinese
from tests.web.desk import office
from xiaohao.records import models


def _read(client: Client, address: str) -> str:
    return client.get("/en" + address).content.decode()


def test_a_text_without_its_mark_is_found() -> None:
    page = '<html lang="en"><p>Lead 疑点</p><p lang="zh-Hans">原文</p><img alt="照片"><p>Answer <span lang="zh-Hans">李岚</span></p></html>'
    assert unmarked_chinese(page) == ["Lead 疑点", "照片"]


@pytest.mark.parametrize("stage", ["file_plan", "apply", "publish"])
def test_the_task_and_the_list_of_today_are_english(as_: Callable[[str], Client], stage: str) -> None:
    task = office.works(stage)
    client = as_("cityoffice-1")
    pages = (f"/desk/t/{task.address}", "/desk/", "/desk/?view=all")
    assert {page: unmarked_chinese(_read(client, page)) for page in pages} == {page: [] for page in pages}


def test_a_refusal_is_english(as_: Callable[[str], Client]) -> None:
    task = office.boasting()
    client = as_("cityoffice-1")
    refusal = models.Refusal.objects.filter(task=task).first()
    assert refusal is not None
    page = f"/desk/t/{task.address}/refused/{refusal.pk}"
    assert unmarked_chinese(_read(client, page)) == []
