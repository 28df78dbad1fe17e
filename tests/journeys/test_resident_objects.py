"""A resident with a phone follows the code on a notice, objects, and keeps a receipt; closing is refused until the objection has its answer,
and an objection that is upheld sends the task back; all without scripts. With them it is objected in the tour (test_tour.py)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.county import County
from tests.journeys.objection_steps import CASE, admit, closing_is_refused, look_up, uphold
from tests.journeys.phone_camera import read_code
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

_SEEN = "东坪村北侧那片坡，2月28日去看，树苗大半枯死，一刮风还是满天灰。"
#: A form sent back sooner looks like a machine's (portal.objection_form); a resident reads first.
_READING_MS = 3_100


def test_a_resident_s_objection_stops_the_closing_and_sends_the_task_back(visitor: NewVisitor, county: County) -> None:
    resident = visitor(size=PHONE, scripts=False)
    resident.open("/")
    resident.press(CASE)
    on_paper = read_code(resident.page.get_by_role("img", name="本页二维码"))
    assert on_paper == f"{county.address}/n/qh2025a-3-1"
    resident.open(on_paper)
    resident.sees("公示中", "还剩 5 个工作日")

    code = _object(resident)
    look_up(visitor(size=PHONE, scripts=False), code, _SEEN)
    desk = visitor(scripts=False).sign_in("安可")
    admit(desk, _SEEN)
    desk.press("查看")
    desk.sees("139 0000 0000", "这次查看已记入日志文件。")
    closing_is_refused(visitor(scripts=False).sign_in("边晴"))
    uphold(desk, _SEEN)

    resident.page.reload()
    resident.sees("成立，已退回", "树苗成活率不足四成，料场须补植")
    resident.open("/")
    returned = resident.page.locator("section").filter(has=resident.page.get_by_role("heading", name="被退回的"))
    expect(returned).to_contain_text(CASE)
    resident.press(CASE, within=returned)
    resident.sees("重新整改")
    resident.open(on_paper)
    resident.sees("坡上的树苗大半枯死", "树苗成活率不足四成，料场须补植")
    assert "139" not in resident.page.locator("main").inner_text()  # the telephone number stays with the desk


def _object(resident: Visitor) -> str:
    """Object, first with the only needed field left empty, then right. Returns the receipt's code."""
    resident.press("我有异议")
    resident.sees("由景澜市信访局收件")
    resident.tick("2 覆土栽植乔灌草118亩。")
    resident.page.get_by_role("radio", name="留电话").check()
    resident.fill("电话", "139 0000 0000")
    resident.press("提交异议")
    expect(resident.page.get_by_role("alert")).to_contain_text("请写您看到的情况")
    expect(resident.page.get_by_label("2 覆土栽植乔灌草118亩。")).to_be_checked()
    resident.fill("您看到了什么", _SEEN)
    resident.page.wait_for_timeout(_READING_MS)
    resident.press("提交异议")
    resident.sees("销号已暂停", "2026 年 3 月 17 日前应当答复", _SEEN, "已加密保存，不公开")
    code = resident.page.locator(".code").inner_text()
    assert re.fullmatch(r"([0-9A-Z]{2,4}[ -]?){6,7}", code), code
    assert read_code(resident.page.get_by_role("img", name="本回执二维码")) == resident.page.url
    return code
