"""A resident with a phone follows the code on a notice, objects, and keeps a receipt; closing is refused until the objection has its answer,
and an objection that is upheld sends the task back. With scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.county import County
from tests.journeys.phone_camera import read_code
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

_CASE = "北山砂石料场边坡裸露"
_SEEN = "东坪村北侧那片坡，2月28日去看，树苗大半枯死，一刮风还是满天灰。"
#: A form sent back sooner looks like a machine's (portal.objection_form); a resident reads first.
_READING_MS = 3_100


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_resident_s_objection_stops_the_closing_and_sends_the_task_back(visitor: NewVisitor, county: County, scripts: bool) -> None:
    resident = visitor(size=PHONE, scripts=scripts)
    resident.open("/")
    resident.press(_CASE)
    on_paper = read_code(resident.page.get_by_role("img", name="本页二维码"))
    assert on_paper == f"{county.address}/n/qh2025a-3-1"
    resident.open(on_paper)
    resident.sees("公示中", "还剩 5 个工作日")

    code = _object(resident)
    _look_up(visitor(size=PHONE, scripts=scripts), code)
    desk = visitor(scripts=scripts).sign_in("安可")
    _admit(desk)
    _closing_is_refused(visitor(scripts=scripts).sign_in("边晴"))
    _uphold(desk)

    resident.page.reload()
    resident.sees("成立，已退回", "树苗成活率不足四成，料场须补植")
    resident.open("/")
    returned = resident.page.locator("section").filter(has=resident.page.get_by_role("heading", name="被退回的"))
    expect(returned).to_contain_text(_CASE)
    resident.press(_CASE, within=returned)
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


def _look_up(neighbour: Visitor, code: str) -> None:
    """The code, read out over the fence and typed in small letters, finds the receipt."""
    neighbour.open("/")
    neighbour.page.get_by_role("contentinfo").get_by_role("link", name="查异议回执").click()
    neighbour.fill("回执号", code.lower().replace("-", " "))
    neighbour.press("查看")
    neighbour.sees(_SEEN, "销号已暂停")


def _closing_is_refused(closer: Visitor) -> None:
    """The window runs out, and still the task cannot be closed: the one gate left names the objection."""
    for _day in range(5):
        closer.next_workday()
    closer.go_to("今天")
    closer.page.get_by_role("link", name=f"销号 {_CASE}").click()
    _plan_the_watch(closer)
    closer.fill("销号意见", "公示期满，同意销号。")
    closer.tick("我对所作决定的真实性负责")
    closer.press("销号")
    assert closer.title == "现在不能销号，还缺 1 项"
    assert closer.page.locator("#main ol.gates h3").all_inner_texts() == ["有 1 件异议未答复，最早的收到于 2026-03-03。"]


def _plan_the_watch(closer: Visitor) -> None:
    closer.press("定观察计划")
    closer.page.locator("form").get_by_role("button").last.click()


def _admit(desk: Visitor) -> None:
    desk.go_to("异议")
    desk.page.get_by_role("link", name=_SEEN, exact=True).click()
    desk.sees(_SEEN, "加密保存，受理后只有承办人能看。")
    desk.tick("受理")
    desk.fill("理由（会公开）", "反映的是公示中的第2项措施，受理。")
    desk.press("决定，公开理由")
    desk.sees("已受理，理由已公开。")
    desk.press("查看")
    desk.sees("139 0000 0000", "这次查看已记入日志文件。")


def _uphold(desk: Visitor) -> None:
    desk.go_to("异议")
    desk.page.get_by_role("link", name=_SEEN, exact=True).click()
    desk.fill("对措施 2的核查结果", "3月6日会同林业技术员到场，抽查6个样方，成活率不足四成。")
    desk.fill("答复（会公开）", "反映的情况属实。树苗成活率不足四成，料场须补植后重新申请验收。")
    desk.fill("公开的异议内容（去掉姓名、住址、电话等）", "坡上的树苗大半枯死，刮风仍有扬尘。")
    desk.tick("成立，任务退回整改")
    desk.press("答复并公开")
    desk.sees("异议成立，任务已退回整改，答复已公开。")
