"""The closure standard's page: a clerk says the class, everybody sees what is lacking, the acceptance is held by it."""

from __future__ import annotations

from dataclasses import replace

from tests.web.desk import office
from tests.web.desk.pages import send, words_in
from xiaohao.procedure.standards import Library
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of

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


def test_the_library_of_the_day_goes_with_the_class(as_):
    office.works("start")
    send(as_("cityoffice-1"), PAGE, holding="name", name="water")
    task = Task.objects.get(address="qh2025a-7")
    assert dict(task.thing().unknown)["x-standards"] == "2026-1"
    newer = replace(rulebook_of(task), standards=Library("2027-1", "新版", {}))
    assert newer.library_of(task.thing()) == rulebook_of(task).standards
    assert replace(newer, kept_standards={}).library_of(task.thing()) is None
