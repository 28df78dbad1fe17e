"""A superior asks for four long-term tasks to be closed: entered as an instruction, shared out among three units, one share returned, one board."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

_UNITS = ("青禾县住房和城乡建设局", "青禾县自然资源局", "青禾县农业农村局")
_NEW = (("20", "沿河餐饮隔油池清掏制度不落实"), ("21", "建筑垃圾随意倾倒"))
_TASKS = (*(title for _number, title in _NEW), "整改销号流于形式", "灌区农药包装废弃物乱弃")


def test_four_tasks_over_three_units_on_one_board(visitor: NewVisitor) -> None:
    office = visitor().sign_in("周敏")
    for number, title in _NEW:
        _open_task(office, number, title)
    for address in ("qh2025a-20", "qh2025a-21", "qh2025a-2", "qh2025b-2"):
        _share_out(office, address)

    _file_share_plan(visitor().sign_in("李岚"))
    _return_it(visitor().sign_in("祝予安"))

    office.go_to("销号批次")
    office.press("录入来文")
    office.fill("来文标题", "关于抓紧完成4项长期坚持任务销号工作的通知")
    office.fill("文号", "景整改办〔2026〕9号")
    office.choose("来文单位", "景澜市督察整改工作领导小组办公室")
    office.fill("来文日期", "2026-03-02")
    office.fill("办结期限", "2026-06-30")
    for title in _TASKS:
        office.page.locator("label", has_text=title).get_by_role("checkbox").check()
    office.tick("来文可以公开：公开页上列出任务、单位和进度")
    office.press("录入")

    office.sees("来文已录入，各单位的缺项列在下面。", "12 个部分，已销号 0 个")
    board = office.page.locator("table.board")
    expect(board.get_by_role("columnheader")).to_have_count(2 + len(_UNITS))
    expect(board.locator("tbody tr")).to_have_count(4)
    returned = board.locator("tbody tr", has_text="沿河餐饮")
    expect(returned).to_contain_text("退回，没有重新申请")
    expect(board.get_by_text("退回，没有重新申请")).to_have_count(1)
    returned.locator("summary").first.click()
    expect(returned).to_contain_text("没有登记第一责任人")

    office.open("/desk/t/qh2025a-20")
    office.sees("3 个部分，3 个没有销号；全部销号后，整项才能销号", "退回，没有重新申请")

    office.go_to("销号批次")
    office.press("关于抓紧完成4项长期坚持任务销号工作的通知")
    office.press("公开的这张表")
    office.sees("景整改办〔2026〕9号", "12 个部分，已销号 0 个")
    expect(office.page.locator("main details")).to_have_count(0)


def _open_task(office: Visitor, number: str, title: str) -> None:
    office.open("/desk/new")
    office.press("读成草稿")
    office.fill("问题（照录原文）", f"{title}，长期没有解决。")
    office.fill("简称", title)
    office.fill("第几项", number)
    office.choose("时限类型", "长期坚持")
    office.choose("工程类还是非工程类", "非工程类")
    office.fill("整改时限", "2026-06-30")
    office.page.get_by_label("哪一份清单", exact=True).select_option("list-qh2025a")
    office.page.locator("#id_owner").select_option(label=_UNITS[0])
    office.choose("牵头单位", "青禾县督察整改工作领导小组办公室")
    office.choose("验收单位", "景澜市生态环境局")
    office.choose("审核单位", "景澜市督察整改工作领导小组办公室")
    office.choose("公示单位", "青禾县人民政府")
    office.choose("异议受理单位", "景澜市信访局")
    office.choose("销号决定单位", "景澜市人民政府") if office.page.get_by_label("销号决定单位", exact=True).count() else office.choose(
        "销号单位", "景澜市人民政府"
    )
    office.page.get_by_role("radio").first.check()
    office.press("确认，交办")
    office.sees("任务已交办。")


def _share_out(office: Visitor, address: str) -> None:
    office.open(f"/desk/t/{address}/shares")
    while office.page.get_by_label("承办单位", exact=True).count() < len(_UNITS):
        office.press("再加一个单位")
    for place, unit in enumerate(_UNITS):
        office.page.get_by_label("承办单位", exact=True).nth(place).select_option(label=unit)
    office.press("分解承办")
    office.sees("已分解承办，各部分单独办理。")


def _file_share_plan(unit: Visitor) -> None:
    unit.open("/desk/t/qh2025a-20-1/plan")
    unit.page.get_by_label("目标", exact=True).first.fill("餐饮店隔油池按周清掏。")
    unit.page.get_by_label("怎样衡量", exact=True).first.select_option(label="没有数值，公开说明理由")
    unit.unfold("没有数值，或由台账计算")
    unit.page.get_by_label("没有数值的理由（会公开）", exact=True).first.fill("清掏没有统一的计量。")
    unit.page.get_by_label("措施", exact=True).first.fill("逐店建立清掏台账。")
    unit.page.get_by_label("责任单位", exact=True).first.select_option(label=_UNITS[0])
    unit.page.get_by_label("完成时限", exact=True).first.fill("2026-05")
    unit.press("报送方案")
    unit.sees("方案已报送，等上一级批准。")


def _return_it(above: Visitor) -> None:
    above.open("/desk/t/qh2025a-20-1/do/return_plan")
    above.fill("退回的理由", "没有写明多少家店、多久查一次。")
    above.press("退回方案")
    above.sees("方案已退回。")
