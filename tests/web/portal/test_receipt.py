"""The receipt: what was sent, what happens next with its dates, and the ways to look it up, withdraw, and ask for a re-check."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings

from tests.web.portal.conftest import IN_WINDOW, NO
from xiaohao.acts import objections
from xiaohao.acts.objections import journal_batch
from xiaohao.acts.publishing import publish_journal
from xiaohao.journal.keys import parse_vkey
from xiaohao.journal.receipt import open_receipt
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records.models import Objection

DESK = Actor("person-citydesk-1", "org-citydesk", frozenset({Role.DESK}))


def said(client, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", client.get(address).content.decode()))


def test_it_shows_the_code_what_was_sent_and_the_dates_of_what_comes_next(client, code):
    page = said(client, f"/r/{code}")
    for words in (
        code,
        "石桥下面还在排污水。",
        "已加密保存，不公开",
        "2025 年 11 月 10 日前",
        "2025 年 11 月 20 日前",
        "销号已暂停",
        "建设青阜镇段截污干管",
    ):
        assert words in page
    assert "13912345678" not in page


def test_nobody_keeps_the_page(client, code):
    answer = client.get(f"/r/{code}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_however_the_code_is_typed_it_finds_the_receipt(client, code):
    answer = client.post("/r", {"code": code.lower().replace("-", " ")})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/r/{code}")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "请输入回执号"), ("7K4M", "回执号不对，请对照回执再看一遍"), ("0000-0000-0000-0000-0000-0000-00", "回执号")],
)
def test_a_wrong_code_says_so_and_stays_in_the_field(client, code, typed, words):
    answer = client.post("/r", {"code": typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_an_unknown_code_in_the_address_is_not_found(client, db):
    assert client.get("/r/0000-0000-0000-0000-0000-0000-00").status_code == 404


def test_the_signed_receipt_can_be_carried_away_and_checked(client, code):
    answer = client.get(f"/r/{code}/receipt.txt")
    signed = open_receipt(answer.content, [parse_vkey(settings.JOURNAL_VKEY_FILE.read_text().strip())])
    row = Objection.objects.get()
    assert (signed.id, signed.commitment) == (row.pk, row.commitment)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="receipt-{code[:4]}.txt"'


def test_once_its_batch_is_in_it_shows_the_entry(client, code):
    assert "24 小时内成批写入日志" in said(client, f"/r/{code}")
    journal_batch(at=IN_WINDOW + timedelta(hours=3))
    publish_journal()
    entry = Objection.objects.get().entry
    assert f"日志第 {entry} 号，待见证" in said(client, f"/r/{code}")


def test_past_its_day_it_says_by_how_much(client, code, clock_at):
    clock_at(IN_WINDOW + timedelta(days=18))
    assert "已超期 2 个工作日" in said(client, f"/r/{code}")


def test_an_admission_that_came_too_late_says_so_too(client, code, clock_at):
    at = IN_WINDOW + timedelta(days=6)
    clock_at(at)
    assert "已超期" in said(client, f"/r/{code}")
    row = Objection.objects.get()
    objections.admit(objection=row.pk, by=DESK, at=at, key="late", admissible=True, reason="属于公示内容。")
    clock_at(at + timedelta(days=1))
    assert "已超期" in said(client, f"/r/{code}")


def test_withdrawing_asks_once_more_and_then_holds_nothing_up(client, code):
    assert "撤回这件异议？" in said(client, f"/r/{code}/withdraw")
    assert client.post(f"/r/{code}/withdraw").headers["Location"] == f"/r/{code}"
    page = said(client, f"/r/{code}")
    assert "您已撤回" in page
    assert "销号已暂停" not in page
    assert "已撤回" in said(client, f"/n/{NO}")


def _answer(upheld: bool = False) -> None:
    objections.answer(
        objection=Objection.objects.get().pk,
        by=DESK,
        at=IN_WINDOW,
        key="answer",
        answer="现场复查，排口已封堵。",
        upheld=upheld,
        public_text="反映排水",
    )


def test_an_answer_comes_first_and_a_recheck_may_be_asked_once(client, code):
    _answer()
    page = said(client, f"/r/{code}")
    assert page.index("现场复查，排口已封堵。") < page.index(code)
    assert "不满意，要求复核" in page
    client.post(f"/r/{code}/recheck")
    page = said(client, f"/r/{code}")
    assert "您要求复核，由另一人重新核查" in page
    assert "不满意，要求复核" not in page
    assert client.get(f"/r/{code}/recheck").status_code == 302


def test_an_upheld_one_says_that_the_task_went_back(client, code):
    _answer(upheld=True)
    assert "成立，已退回" in said(client, f"/r/{code}")
