"""The page on which a task is shared out among units, and what the task's own page and the public one say of it."""

from __future__ import annotations

from tests.web.desk import office
from tests.web.desk.pages import form_of, send, words_in
from xiaohao.records.models import JournalEntry, Task

PAGE = "/desk/t/qh2025a-7/shares"


def test_a_clerk_shares_a_task_out_and_both_pages_show_the_shares(as_):
    office.works("start")
    clerk = as_("cityoffice-1")
    assert form_of(clerk, PAGE, holding="share-0-owner")["share-0-owner"] == ["org-housing"]
    more = send(clerk, PAGE, holding="share-0-owner", add="share")
    assert 'name="share-1-owner"' in more.content.decode()

    fields = form_of(clerk, PAGE, holding="share-0-owner")
    rows = {"share-TOTAL_FORMS": "2", "share-0-problem": "镇区管网。", "share-1-owner": "org-water", "share-1-due": "2025-10"}
    assert clerk.post(PAGE, {**fields, **rows}).status_code == 302
    desk = words_in(clerk.get("/desk/t/qh2025a-7"))
    assert "2 个部分，2 个没有销号" in desk
    assert "下一步还缺" in desk
    public = words_in(clerk.get("/t/qh2025a-7"))
    assert "青禾县水务局" in public
    assert "下一步还缺" not in public
    assert "这是整项任务分解出来的一个部分" in words_in(clerk.get("/desk/t/qh2025a-7-2"))
    assert "这是整项任务分解出来的一个部分" in words_in(clerk.get("/t/qh2025a-7-2"))


def test_one_unit_alone_is_refused_and_what_was_typed_is_kept(as_):
    office.works("start")
    clerk = as_("cityoffice-1")
    answer = send(clerk, PAGE, holding="share-0-owner", **{"share-0-problem": "只有一个。"})
    assert "只分给了 1 个单位" in words_in(clerk.get(answer.headers["Location"]))
    assert Task.objects.count() == 1
    assert form_of(clerk, PAGE, holding="share-0-owner")["share-0-problem"] == ["只有一个。"]


def test_a_form_without_a_unit_is_no_act(as_):
    office.works("start")
    entries = JournalEntry.objects.count()
    answer = send(as_("cityoffice-1"), PAGE, holding="share-0-owner", **{"share-0-DELETE": "on"})
    assert answer.status_code == 422
    assert "还没有选承办单位" in words_in(answer)
    assert JournalEntry.objects.count() == entries


def test_whoever_does_not_share_it_out_sees_no_form(as_):
    office.works("start")
    assert 'name="share-0-owner"' not in as_("housing-1").get(PAGE).content.decode()
