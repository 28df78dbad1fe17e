"""A first call for progress: three units are asked, two answer measure by measure, the third lets the day pass and it goes to the supervisor."""

from __future__ import annotations

import io

import docx
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

_CALL = "2026年3月整改进展调度"
_PARK, _FARMS, _HEATING = "第 2 项 整改销号流于形式", "第 7 项 畜禽养殖粪污直排", "第 11 项 园区集中供热替代进展缓慢"


def _answer(unit: Visitor, number: int, measures: int, status: str) -> None:
    unit.go_to("调度")
    unit.press(f"答复 {_CALL} 第 {number} 项")
    for measure in range(1, measures + 1):
        unit.tick(status, within=unit.group(f"第 {measure} 项措施的进展情况"))
        unit.fill(f"第 {measure} 项措施的具体情况", "按月推进，台账已补齐。")
    unit.press("答复")
    unit.sees("调度已答复", "按时答复", status)


def test_a_call_is_answered_by_the_units_and_the_overdue_one_reaches_the_supervisor(visitor: NewVisitor) -> None:
    office = visitor().sign_in("周敏")
    office.go_to("调度")
    office.press("发调度")
    choices = office.group("调度哪些任务").get_by_role("checkbox")
    for box in choices.all():
        box.uncheck()
    for task in (_PARK, _FARMS, _HEATING):
        office.group("调度哪些任务").get_by_label(task).check()
    office.fill("答复期限", "2026-03-05")
    office.press("发调度")
    office.sees("调度已发出", "待答复")

    farms = visitor(size=PHONE).sign_in("田禾")
    farms.sees(f"{_CALL}：请在 2026-03-05 前答复第 7 项")
    _answer(farms, 7, 4, "达到序时进度")
    expect(farms.page.get_by_text(_HEATING)).to_have_count(0)  # of others it sees nothing
    _answer(visitor().sign_in("骆芳"), 2, 4, "未达到序时进度")

    for _day in range(3):
        office.next_workday()
    supervisor = visitor().sign_in("计星河")
    for _look in range(20):  # the worker looks every second
        supervisor.open("/desk/")
        if supervisor.page.get_by_text(f"{_CALL}：青禾县工业和信息化局的第 11 项逾期未答复").count():
            break
        supervisor.page.wait_for_timeout(500)
    supervisor.press(f"{_CALL}：青禾县工业和信息化局的第 11 项逾期未答复（2026-03-05 到期）")
    supervisor.sees("逾期未答复", "2026-03-06 已报主要负责人和督导单位")

    with office.page.expect_download() as coming:
        office.go_to("调度")
        office.press(_CALL)
        office.press("简报（DOCX）")
    brief = docx.Document(io.BytesIO(coming.value.path().read_bytes()))
    said = "\n".join(paragraph.text for paragraph in brief.paragraphs)
    assert "按时答复2项任务，逾期未答复1项任务" in said
    assert "青禾县工业和信息化局：第11项《园区集中供热替代进展缓慢》" in said
