"""A later due date in an approved plan: refused without words, refused without the consent of the level above, then consented and public."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewVisitor

pytestmark = pytest.mark.browser

_CASE = "/desk/t/qh2025b-1"


def test_a_change_is_refused_and_then_consented(visitor: NewVisitor) -> None:
    unit = visitor().sign_in("周敏")
    unit.open(f"{_CASE}/plan")
    unit.page.get_by_label("完成时限", exact=True).first.fill("2026-12")
    unit.press("报送方案")
    unit.sees("第 3 版改动 1 处，没有写明理由。")

    unit.open(f"{_CASE}/plan")
    unit.fill("改动说明（为什么调整，会公开）", "汛期提前，隔离网分两段施工。")
    unit.press("报送方案")
    unit.sees("方案已报送，等上一级批准。")
    unit.click(unit.page.get_by_role("link", name="方案各版", exact=True))
    unit.sees("报批中，没有生效", "第 1 项措施的时限由", "须上一级同意")

    above = visitor().sign_in("祝予安")
    above.open(_CASE)
    above.until_compared()
    above.open(f"{_CASE}/do/approve_plan")
    above.sees("这一版改了什么", "第 1 项措施的时限由")
    above.press("批准方案")
    above.sees("没有上一级同意调整的文件")
    above.sees("未答复 1 条（擅自调整）。")

    above.open(f"{_CASE}/do/approve_plan")
    above.fill("同意调整的文号", "景整改办〔2026〕11号")
    above.fill("文件日期", "2026-03-03")
    above.press("批准方案")
    above.sees("方案已批准，目标和时限从此锁定。")

    resident = visitor()
    resident.open("/t/qh2025b-1")
    resident.unfold("方案调整过")
    resident.sees("景整改办〔2026〕11号", "汛期提前，隔离网分两段施工。", "公开于")
