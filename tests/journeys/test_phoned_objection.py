"""Somebody who has no computer telephones: the desk types the objection in as it was said, reads out the receipt, and it counts like any other."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.objection_steps import CASE, admit, closing_is_refused, look_up, uphold
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.browser

_SAID = "西坪村口能看见坡上还是光的，刮风天家里不敢开窗。"


def test_a_phoned_objection_has_the_same_receipt_and_the_same_weight(visitor: NewVisitor) -> None:
    desk = visitor().sign_in("安可")
    desk.go_to("异议")
    desk.press("录入电话或来信")
    desk.choose("哪一份公示", f"第 3 项 {CASE}（2026-02-25 至 2026-03-09）")
    desk.press("选好了，往下填")
    desk.tick("电话", "2 覆土栽植乔灌草118亩。")
    desk.fill("异议内容（照对方的话记）", _SAID)
    desk.fill("联系方式（可以不留；加密保存，只有承办人能看）", "西坪村村委会转")
    desk.press("录入，出回执")
    desk.sees("销号已暂停", _SAID, "已加密保存，不公开")
    code = desk.page.locator(".code").inner_text()

    caller = visitor(size=PHONE)
    look_up(caller, code, _SAID)
    desk.open("/desk/")
    admit(desk, _SAID)
    closing_is_refused(visitor().sign_in("边晴"))
    uphold(desk, _SAID)

    caller.page.reload()
    caller.sees("成立，已退回", "料场须补植后重新申请验收")
    expect(caller.page.get_by_text("西坪村村委会转")).to_have_count(0)
    desk.press(f"第 3 项 {CASE}")
    desk.sees("重新整改")
