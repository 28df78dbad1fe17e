"""A hollow case is refused with every gate named, is mended gate by gate, and passes, all without scripts; with them
it is the tour (test_tour.py)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.head import sign
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

_CASE = "整改销号流于形式"
_LACKING = (
    "部分答：第 4 项措施；未见记录：第 4 项措施。",
    "无据 1 处，无法核验 0 处：“多次约谈企业主要负责人”。",
    "第 2 项措施要求第一责任人亲自办理，未见鲍国安本人的记录。",
    "没有签署真实性承诺。",
    "未答复 1 条（措施漏答）。",
)
_RULE = "《青禾循环经济园区整改成效考核办法》青园管发〔2025〕9号"


def test_a_hollow_case_is_refused_is_mended_and_passes(visitor: NewVisitor) -> None:
    clerk = visitor(scripts=False).sign_in("骆芳")
    clerk.click(clerk.page.get_by_role("link", name=f"申请验收 {_CASE}"))
    clerk.press("申请验收")

    assert clerk.title == "现在不能申请验收，还缺 5 项"
    expect(clerk.page.locator("#main ol.gates h3")).to_have_text(list(_LACKING))
    expect(clerk.page.get_by_role("definition")).to_have_count(3 * len(_LACKING))  # basis, way and who, for each
    clerk.sees("您填写的内容已存为草稿。", "这里没有跳过的办法")

    _put_the_secretary_on_record(clerk)
    _enter(clerk, "会议", "2025-12-22", "销号评估会，逐项核对回头看情况", "3 严格销号评估，已销号的任务逐项开展回头看。")
    _enter(
        clerk,
        "会议",
        "2026-01-20",
        "会议研究年度考核结果运用",
        "4 强化考核结果运用，将考核结果作为干部选拔任用、资金分配的重要依据。",
    )
    _answer_the_finding(clerk)
    _judge_the_answer(visitor(scripts=False).sign_in("周敏"))
    _say_only_what_is_on_record(clerk)
    head = visitor(scripts=False).sign_in("柯明德")
    sign(head, _CASE)

    head.sees("已签批，申请验收。")
    clerk.press("回到任务")
    clerk.sees("待验收")
    expect(clerk.page.locator("#journal li").first).to_contain_text("申请验收")
    expect(clerk.page.locator("#journal").get_by_text("申请验收被拒绝")).to_have_count(1)


def _to_the_case(someone: Visitor) -> None:
    someone.go_to("今天")
    someone.click(someone.page.get_by_role("link", name=_CASE, exact=True))


def _put_the_secretary_on_record(clerk: Visitor) -> None:
    clerk.press("补本人记录")
    clerk.fill("日期", "2025-12-26")
    clerk.fill("标题或事由", "党工委书记督办园区整改任务")
    clerk.tick("2 党政主要负责同志是整改第一责任人，亲自研究部署，亲自督办落实，剖析原因，完善措施。")
    clerk.unfold("谁参加")
    clerk.tick("鲍国安（青禾循环经济园区管理委员会 党工委书记）")
    clerk.press("登记")
    clerk.sees("已登记。")


def _enter(clerk: Visitor, kind: str, day: str, what: str, measure: str) -> None:
    clerk.press("补记录")
    clerk.press(kind, within=clerk.page.get_by_role("navigation", name="登记哪一类"))
    clerk.fill("日期", day)
    clerk.fill("标题或事由", what)
    clerk.tick(measure)
    clerk.press("登记")
    clerk.sees("已登记。")


def _answer_the_finding(clerk: Visitor) -> None:
    card = clerk.page.get_by_role("article").filter(has_text="第四条措施")
    card.get_by_label("答复").fill("考核办法和会议纪要当时没有挂上，现已补登。")
    clerk.unfold("附上佐证", within=card)
    clerk.tick(_RULE, within=card)
    clerk.press("提交答复", within=card)
    expect(clerk.page.get_by_role("article").filter(has_text="第四条措施")).to_contain_text("现已补登")


def _judge_the_answer(office: Visitor) -> None:
    office.go_to("疑点待判断")
    office.click(office.page.get_by_role("link", name=_CASE, exact=True))
    card = office.page.get_by_role("article").filter(has_text="第四条措施")
    card.get_by_label("理由").fill("核对过考核办法和会议记录，属实。")
    office.press("采纳", within=card)
    expect(office.page.get_by_role("article").filter(has_text="第四条措施")).to_contain_text("核对过考核办法")


def _say_only_what_is_on_record(clerk: Visitor) -> None:
    _to_the_case(clerk)
    clerk.press("申请验收")
    said = clerk.page.get_by_label("第 2 项措施的落实情况").input_value()
    clerk.fill("第 2 项措施的落实情况", said.replace("，多次约谈企业主要负责人", ""))
    fourth = clerk.page.locator("section").filter(has=clerk.page.get_by_label("第 4 项措施的落实情况"))
    clerk.unfold("记录：", within=fourth)
    for register in ("公文", "会议"):
        clerk.unfold(register, within=fourth.locator(".by-register"))
    clerk.tick(_RULE, "会议 2026-01-20 会议研究年度考核结果运用", within=fourth)
    clerk.press("先自查")
    gates = clerk.page.locator("#check ol.gates h3")
    expect(gates).to_have_text(["没有签署真实性承诺。"])
    clerk.press("送柯明德签批")
    clerk.sees("已送柯明德签批。")
