"""The pages of inspections and links: entered, put right, linked by number or in words, and the list narrowed to one list."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.acts.test_inspections import earlier
from tests.web.desk import office
from tests.web.desk.pages import send, words_in
from xiaohao.records import models

SignIn = Callable[[str], Client]
TYPED = {"name": "省级警示片（2025）", "level": "province", "kind": "exposure", "round": "3", "start": "2025-05-08", "end": "2025-05-20"}


def test_a_clerk_enters_an_exposure_film_its_list_and_later_its_feedback(as_: SignIn) -> None:
    client = as_("county-clerk")
    page = send(client, "/desk/inspections/new", holding="level", **TYPED).url
    row = models.Inspection.objects.get(name=TYPED["name"])
    assert (row.kind, row.more["x-exposure"], row.more["round"]) == ("special", True, 3)
    assert "省级 · 警示片、媒体曝光" in words_in(client.get("/desk/inspections"))
    send(client, page, holding="code", name="警示片清单", code="jsp2025")
    assert "警示片清单 jsp2025 · 0 项任务" in words_in(client.get(page))
    said = {
        "feedback_date": "2025-06-02",
        "feedback_title": "督察反馈意见",
        "feedback_number": "东督反〔2025〕2号",
        "feedback_issuer": "org-provinceoffice",
    }
    assert send(client, f"{page}/amend", holding="level", **said).status_code == 302
    words = words_in(client.get(page))
    assert "东督反〔2025〕2号《督察反馈意见》" in words
    assert "更正前的写法" in words


def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost(as_: SignIn) -> None:
    client = as_("county-clerk")
    answer = send(client, "/desk/inspections/new", holding="level", **{**TYPED, "end": "2025-05-01"})
    assert answer.status_code == 422
    assert "督察结束的日期早于开始的日期" in words_in(answer)
    half = send(client, "/desk/inspections/new", holding="level", **TYPED, feedback_number="东督反〔2025〕2号")
    assert (half.status_code, sorted(half.context["form"].errors)) == (422, ["feedback_date", "feedback_issuer", "feedback_title"])
    assert 'value="东督反〔2025〕2号"' in half.content.decode()
    send(client, "/desk/inspections/new", holding="level", **TYPED)
    assert "已经录入过" in words_in(send(client, "/desk/inspections/new", holding="level", **TYPED))


def test_a_task_is_linked_by_number_and_in_words_and_both_pages_show_it(as_: SignIn) -> None:
    office.works("start")
    earlier(office.actor("county-clerk"))
    client, page = as_("housing-1"), "/desk/t/qh2025a-7/links"
    assert send(client, page, holding="words", relation="same_site", no="jsp2023-3").status_code == 302
    assert send(client, page, holding="words", relation="similar", words="首轮督察清单第5项").status_code == 302
    for address in ("/desk/t/qh2025a-7", "/t/qh2025a-7"):
        words = words_in(client.get(address))
        assert "这个问题以前督察过：1 项旧任务已经销号，现在又列入清单。" in words
        assert "同一现场 · 省级警示片（2023） · 警示片问题清单 · 第 3 项 石桥排口" in words
        assert "举一反三：同类问题 · 首轮督察清单第5项 不在本系统" in words
    assert "同一现场 · 东陆省第二轮生态环境保护督察" in words_in(client.get("/t/jsp2023-3"))
    wrong = send(client, page, holding="words", relation="similar", no="qh2025a-99")
    assert (wrong.status_code, "没有编号是“qh2025a-99”的任务" in words_in(wrong)) == (422, True)
    send(client, page, holding="other")
    assert "同一现场" not in words_in(client.get("/t/qh2025a-7"))


def test_the_list_of_tasks_is_narrowed_to_one_list(as_: SignIn) -> None:
    office.works("start")
    earlier(office.actor("county-clerk"))
    client = as_("county-clerk")
    narrowed = words_in(client.get("/desk/?view=all&list=jsp2023"))
    assert "石桥排口" in narrowed
    assert "清沅河氨氮超标" not in narrowed
    assert "清沅河氨氮超标" in words_in(client.get("/desk/?view=all&list="))
