"""The closure standard's page: a clerk says the class, everybody sees what is lacking, the acceptance is held by it."""

from __future__ import annotations

from tests.web.desk import office
from tests.web.desk.pages import send, words_in
from xiaohao.records.models import Task

PAGE = "/desk/t/qh2025a-7/standard"


def test_a_class_is_chosen_and_says_what_is_lacking(as_):
    office.works("start")
    clerk = as_("cityoffice-1")
    assert "还没有定类" in words_in(clerk.get(PAGE))
    assert send(clerk, PAGE, holding="name", name="water").status_code == 302
    assert Task.objects.get(address="qh2025a-7").thing().class_ == "water"
    shown = words_in(as_("housing-1").get(PAGE))
    assert "采样不少于 1 条 已登记 0 条 未满足" in shown
    assert 'name="name"' not in as_("housing-1").get(PAGE).content.decode()


def test_once_the_work_is_said_to_be_done_the_class_stays(as_):
    office.works("apply")
    clerk = as_("cityoffice-1")
    assert 'name="name"' not in clerk.get(PAGE).content.decode().partition("<main")[2]
