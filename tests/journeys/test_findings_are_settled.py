"""Findings are answered by those they ask and decided by somebody else, and what nobody can answer holds the gate; also where the reviewer is asked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

_REVIEWED, _LATE, _TRAINING = "同一审核人审核的 6 项任务", "自报“每月召开会议”", "自报“每月组织餐饮经营户培训”"


def test_a_clerk_answers_late_and_a_reviewer_decides(visitor: NewVisitor) -> None:
    clerk = visitor(size=PHONE).sign_in("尤小麦")
    clerk.open("/desk/findings?view=late")
    clerk.sees(_LATE, "逾期 6 个工作日")
    card = _card(clerk, _LATE)
    expect(card.locator("ins")).to_have_count(1)
    card.get_by_label("答复", exact=True).fill("纪要当时没有登记，原件已扫描补入。")
    clerk.press("提交答复", within=card)
    expect(_standing(clerk, _LATE)).to_contain_text("原件已扫描补入")
    clerk.open("/desk/findings?view=late")
    clerk.sees("这里没有疑点。")

    reviewer = visitor().sign_in("祝予安")
    reviewer.open("/desk/findings?view=decide")
    card = _card(reviewer, _TRAINING)
    card.get_by_label("理由").fill("停训的五个月是禁火期，通知已核对。")
    reviewer.press("采纳", within=card)
    expect(_standing(reviewer, _TRAINING)).to_contain_text("停训的五个月是禁火期")
    reviewer.open("/desk/findings/outcomes")
    expect(reviewer.page.get_by_role("row").filter(has_text="例会缺次").get_by_role("cell")).to_contain_text(
        ["例会缺次", "3", "0", "1", "0", "0", "2"]
    )


def test_a_reviewer_s_own_reviews_are_the_finding_and_hold_the_notice_until_somebody_else_has_decided(visitor: NewVisitor) -> None:
    office = visitor().sign_in("周敏")
    _tries_to_publish(office)
    office.sees("未答复 1 条（审核走过场）。", "被问的单位（景澜市督察整改工作领导小组办公室）")

    reviewer = visitor().sign_in("边晴")
    reviewer.go_to("疑点待答复")
    reviewer.open("/desk/findings")
    card = _card(reviewer, _REVIEWED)
    card.get_by_label("答复", exact=True).fill("六项都是小问题，看了照片就过了。")
    reviewer.press("提交答复", within=card)
    expect(_standing(reviewer, _REVIEWED).get_by_label("理由")).to_have_count(0)  # whoever is asked does not decide

    colleague = visitor().sign_in("祝予安")
    colleague.open("/desk/findings?view=decide")
    colleague.click(colleague.page.get_by_role("link", name=re.compile("同一审核人审核")))
    expect(_standing(colleague, _REVIEWED).get_by_label("理由")).to_have_count(0)  # nor anybody of the same unit

    supervisor = visitor().sign_in("蓝景行")
    supervisor.open("/desk/findings?view=decide")
    card = _card(supervisor, _REVIEWED)
    card.get_by_label("理由").fill("逐项核对的记录一条也没有，请重新审核。")
    supervisor.press("不采纳，属实须改", within=card)
    expect(_standing(supervisor, _REVIEWED)).to_contain_text("请重新审核")

    _tries_to_publish(office)
    office.sees("判断为属实，尚未改正 1 条（审核走过场）。")
    public = visitor()
    public.open("/")
    public.sees("由他人判断属实的疑点：3 条。")


def _card(someone: Visitor, words: str) -> Locator:
    """Open the finding from the list; its card on the page of its case."""
    someone.click(someone.page.get_by_role("link", name=re.compile(re.escape(words))))
    return _standing(someone, words)


def _standing(someone: Visitor, words: str) -> Locator:
    return someone.page.get_by_role("article").filter(has_text=words)


def _tries_to_publish(office: Visitor) -> None:
    office.open("/desk/t/qh2025b-9/publish")
    office.press("发布公示")
