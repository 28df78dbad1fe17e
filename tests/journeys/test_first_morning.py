"""A county's first morning: its own ledger of 20 tasks and 70 measures goes in as it is, and stands in the list with units, measures and days."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

_FILE = "台账（.xlsx、.xls、.csv）或整改方案（.docx、.pdf、.html）"
_UNITS = ("青禾县农业农村局", "青禾循环经济园区管理委员会", "青禾县住建局", "青禾县水务局")
_HEAD = ("序号", "存在问题", "责任单位", "整改目标", "整改措施", "整改时限", "进展情况")
#: 10 tasks with four measures and 10 with three: 70.
_MEASURES = (4, 3)


def test_a_county_brings_in_its_ledger_on_the_first_morning(visitor: NewVisitor) -> None:
    office = visitor().sign_in("周敏")
    office.go_to("导入台账")
    sheet: FilePayload = {"name": "青禾县整改台账.xlsx", "mimeType": "application/octet-stream", "buffer": _ledger()}
    office.page.get_by_label(_FILE).set_input_files(sheet)
    office.unfold("清单还没有，新建一份")
    office.fill("新清单的名称", "青禾县2026年春季排查清单")
    office.fill("新清单的代号（任务地址的前半，小写字母和数字）", "qh2026c")
    office.fill("哪一次督察", "青禾县2026年春季排查")
    office.choose("督察层级", "本级自查")
    office.choose("督察类型", "自查")
    office.choose("表中没有写牵头单位的，由谁牵头", "青禾县督察整改工作领导小组办公室")
    office.press("读台账")
    expect(office.page.locator("#main")).to_contain_text("20 项 可直接导入")
    office.press("导入 20 项")
    office.sees("导入了 20 项任务")

    office.go_to("全部任务")
    office.fill("筛选", "1 号沟渠")
    office.press("筛选")
    expect(office.page.get_by_role("link", name="第 1 号沟渠淤积发黑").first).to_be_visible()
    _its_unit_finds_the_plan_typed(visitor().sign_in("田禾"))


def _its_unit_finds_the_plan_typed(unit: Visitor) -> None:
    """What the ledger said is not typed a second time: goals and measures stand in the unit's draft of the plan."""
    unit.open("/desk/t/qh2026c-1/plan")
    measures = unit.page.get_by_label("措施", exact=True)
    expect(measures.first).to_have_value("清淤第1段。")
    expect(measures.nth(_MEASURES[0] - 1)).to_have_value("清淤第4段。")
    expect(measures.nth(_MEASURES[0])).to_be_empty()  # one more may be written


def _ledger() -> bytes:
    """As offices keep it: a merged title above, several measures in one cell, dates as words."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["青禾县督察反馈问题整改台账"])
    sheet.merge_cells("A1:G1")
    sheet.append(list(_HEAD))
    for number in range(1, 21):
        measures = "".join(f"{each}.清淤第{each}段。\n" for each in range(1, _MEASURES[(number - 1) % 2] + 1))
        unit = _UNITS[(number - 1) % len(_UNITS)]
        sheet.append(
            [number, f"第 {number} 号沟渠淤积发黑。", unit, "水面无漂浮物、无异味。", measures.strip(), "2026年6月底前", "正在推进"]
        )
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
