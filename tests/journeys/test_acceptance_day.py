"""An acceptance batch: one group goes to see three tasks on one day, holds each measure by itself, passes two and returns one by a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.county import County, run, served
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

_STRAW, _DRIFT, _CINDER = "秸秆临时堆场没有遮盖", "石桥断面上游水面漂浮物", "园区东门雨水口堆放煤渣"
_GROUP = ("沈启明（景澜市生态环境局 总量科科长）", "何佳宁（景澜市生态环境局 监测科工程师）")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    """Three small tasks that wait for the city's acceptors, and nothing else: made in seconds."""
    made = run("tests.journeys.acceptance_day", str(tmp_path / "made"))
    assert made.returncode == 0, made.stdout + made.stderr
    with served(tmp_path / "made", tmp_path / "county") as running:
        yield running


def test_three_tasks_are_seen_on_one_day_and_one_goes_back(visitor: NewVisitor) -> None:
    acceptor = visitor().sign_in("沈启明")
    acceptor.go_to("验收安排")
    for title in (_STRAW, _DRIFT, _CINDER):
        acceptor.page.locator("label", has_text=title).get_by_role("checkbox").check()
    acceptor.tick(*_GROUP)
    acceptor.choose("组长", _GROUP[0])
    acceptor.fill("路线和分工（可以不填）", "先看灌区，再乘船，最后到园区东门。")
    acceptor.press("安排验收")
    acceptor.sees("验收已安排。每项任务分别写意见。", "还有 3 项没有意见", "先看灌区，再乘船，最后到园区东门。")
    day = acceptor.page.url

    _begin(acceptor, _DRIFT)
    _hold(acceptor, 1, "完成", "中转站过磅单37吨", "过磅单和照片都对得上。")
    _hold(acceptor, 2, "完成", "到场登记2次", "两次到场都有登记。")
    _submit(acceptor, "石桥上行一公里，只见零星落叶。", measured="37")
    acceptor.sees("验收意见已提交。", "已验收")

    acceptor.open(day)
    acceptor.sees("还有 2 项没有意见")
    _begin(acceptor, _CINDER)
    _hold(acceptor, 1, "完成", "东门两处雨水口", "煤渣已清，格栅装牢。")
    _hold(acceptor, 2, "基本完成", "夜间到场登记", "到场2次，夜班还没有排到人。")
    _submit(acceptor, "东门地面干净，没有新倒的煤渣。", measured="64")
    acceptor.sees("验收意见已提交。", "已验收")

    acceptor.open(day)
    _begin(acceptor, _STRAW)
    _hold(acceptor, 1, "未完成", "堆场北侧", "北侧200平方米的棚顶被风掀开，没有修。")
    _hold(acceptor, 2, "完成", "到场登记3次", "三次到场都有登记。")
    _submit(acceptor, "北侧棚顶没有修好，不能通过。", measured="620")
    acceptor.sees("第 1 项措施的意见是“未完成”，不能通过验收。")
    acceptor.open(f"{_address(acceptor)}/return")
    acceptor.sees("验收意见草稿里的验收组、逐项意见和不同意见，会一起写进退回函。")
    acceptor.fill("退回的理由（会发给责任单位，并记入日志）", "防雨棚没有全部完好。")
    acceptor.fill("第 1 项措施：再次申请前要做到什么", "修好北侧棚顶，雨后再看一次。")
    acceptor.press("发退回函")
    acceptor.sees("已退回责任单位。")

    acceptor.open(day)
    acceptor.sees("每项都有了意见", "完成 2 项，基本完成 0 项", "完成 1 项，基本完成 1 项", "2026-03-03 退回")

    unit = visitor().sign_in("田禾")
    unit.go_to("全部任务")
    unit.click(unit.page.get_by_role("link", name=re.compile(_STRAW)).first)
    unit.sees("整改中")
    unit.press("退回函")
    unit.sees("修好北侧棚顶，雨后再看一次。", "北侧200平方米的棚顶被风掀开，没有修。")


def _begin(acceptor: Visitor, title: str) -> None:
    """From the day's page to the form of one of its tasks; day and group stand in it, no opinion does."""
    acceptor.click(acceptor.page.locator("tr", has_text=title).get_by_role("link", name="写这一项的意见"))
    acceptor.sees("逐项意见")
    expect(acceptor.page.get_by_label(_GROUP[0], exact=True)).to_be_checked()
    expect(acceptor.page.locator("input[name^=verdict_]:checked")).to_have_count(0)


def _hold(acceptor: Visitor, number: int, verdict: str, looked: str, reason: str) -> None:
    """What the group holds of one measure."""
    one = acceptor.page.locator("section.ans-d").nth(number - 1)
    acceptor.tick(verdict, within=one)
    acceptor.fill(f"第 {number} 项措施：看了什么", looked)
    acceptor.fill(f"第 {number} 项措施：理由", reason)


def _submit(acceptor: Visitor, text: str, *, measured: str) -> None:
    acceptor.tick("到现场并查资料")
    acceptor.page.get_by_label("现场地点", exact=True).select_option(index=1)
    acceptor.page.get_by_label(re.compile(r"^第 1 项措施实测")).fill(measured)
    acceptor.fill("总的情况：看到了什么，结论是什么", text)
    acceptor.tick("我对验收结论的真实性负责")
    acceptor.press("提交验收意见")


def _address(someone: Visitor) -> str:
    """The address of the task of this page."""
    found = re.search(r"/desk/t/qh2025b-\d+", someone.page.url) or re.search(r"qh2025b-\d+", someone.page.url)
    assert found
    return found[0] if found[0].startswith("/") else f"/desk/t/{found[0]}"
