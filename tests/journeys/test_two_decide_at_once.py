"""Two people of the reviewing office have the same case open and decide at the same moment: one decides, the other learns who was first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

_CASE = "清沅河石桥断面氨氮超标"
_WHY = "月均值只有三个月，请补报2月数据后再申请。"
_APPROVED, _RETURNED, _OVERTAKEN = "审核意见已出。", "已退回责任单位。", "您打开页面以后，有人先办了这项任务"


def test_two_reviewers_decide_at_once_and_one_decision_stands(visitor: NewVisitor) -> None:
    reviewer, head = visitor().sign_in("祝予安"), visitor().sign_in("温若川")
    _see_every_item(reviewer)
    _open_the_return(head)
    where = {reviewer: reviewer.page.url, head: head.page.url}

    reviewer.page.get_by_role("button", name="出审核意见，通过").click(no_wait_after=True)
    head.page.get_by_role("button", name="发退回函", exact=True).click(no_wait_after=True)
    expect(_told(reviewer, _APPROVED, _OVERTAKEN)).to_be_visible()
    expect(_told(head, _RETURNED, _OVERTAKEN)).to_be_visible()

    approved = _told(reviewer, _APPROVED).count() == 1
    slower = head if approved else reviewer
    assert (_told(head, _RETURNED).count(), _told(slower, _OVERTAKEN).count()) == (0 if approved else 1, 1)
    slower.sees("祝予安 于" if approved else "温若川 于", "您填写的内容已存为草稿，没有丢。")
    slower.press("看任务现在的样子")
    slower.sees("已审核" if approved else "整改中")
    decisions = [step for step in slower.page.locator("#journal li b").all_inner_texts() if step in ("出审核意见", "退回")]
    assert decisions == ["出审核意见" if approved else "退回"]

    slower.open(where[slower])
    if approved:
        expect(slower.page.get_by_label("退回的理由（会发给责任单位，并记入日志）")).to_have_value(_WHY)
    else:
        slower.sees("您现在不能审核这一项", "任务现在是“整改中”")


def _told(someone: Visitor, *words: str) -> Locator:
    """The message of the page, where it is one of these."""
    found = someone.page.get_by_role("status").or_(someone.page.get_by_role("heading", level=1))
    return found.filter(has_text=re.compile("|".join(words)))


def _see_every_item(reviewer: Visitor) -> None:
    """Look at the items one by one; an opinion without its reason is not taken."""
    reviewer.click(reviewer.page.get_by_role("link", name=re.compile(f".*{_CASE}$")).last)
    reviewer.press("看下一条")
    reviewer.tick("请补充")
    reviewer.press("保存，看下一条")
    reviewer.sees("请写明要补充什么，或为什么不认可。")
    items = reviewer.page.get_by_role("navigation", name="待审条目").get_by_role("listitem")
    for seen in range(1, items.count() + 1):
        reviewer.tick("认可")
        reviewer.press("保存，看下一条")
        reviewer.sees(f"已看 {seen} / {items.count()}")


def _open_the_return(head: Visitor) -> None:
    head.go_to("全部任务")
    head.click(head.page.get_by_role("link", name=_CASE, exact=True))
    head.press("退回")
    head.fill("退回的理由（会发给责任单位，并记入日志）", _WHY)
    head.fill("第 1 项措施：缺什么，哪里不一致", "缺2月的月均值。")
    head.fill("第 1 项措施：再次申请前要做到什么", "补报2月数据。")
