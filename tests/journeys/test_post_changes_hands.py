"""A head's signature on paper is entered, the post goes to somebody else, and from then on each has signed in their own days only."""

from __future__ import annotations

import re
from pathlib import Path

from tests.journeys.conftest import NewVisitor

SHEET = "关于供热管网建设滞后情况的报告"


def test_a_leader_signs_on_paper_and_the_post_changes_hands(visitor: NewVisitor, tmp_path: Path) -> None:
    scan = tmp_path / "签字页.txt"
    scan.write_text("尚清和 2026年3月2日", "utf-8")
    clerk = visitor().sign_in("裴知秋")
    clerk.open("/desk/countersigns")
    clerk.click(clerk.page.locator("main").get_by_role("link", name=SHEET).first)
    clerk.sees("青禾县自然资源局的意见")
    clerk.choose("谁签的", "尚清和（局长）")
    clerk.fill("哪天签的", "2026-03-02")
    clerk.page.get_by_label("签字页扫描件").set_input_files(scan)
    clerk.press("同意，会签")
    clerk.sees("没有等本单位会签的文件")

    office = visitor().sign_in("周敏")
    office.open("/desk/units/org-land")
    office.click(office.page.get_by_role("link", name=re.compile("交接 局长")))
    office.fill("名单里没有的，填姓名", "高远")
    office.fill("接任日期", "2026-03-03")
    office.fill("任职文件文号", "青组〔2026〕11号")
    office.press("办理交接")
    office.sees("已交接")
    office.sees("高远")

    clerk.open("/desk/t/qh2025b-9/pledge/apply")
    clerk.page.get_by_text("负责人签在纸上，由我录入").click()
    clerk.tick("纸质签批，由我录入")
    clerk.choose("谁签的", "高远（局长）")
    clerk.fill("哪天签的", "2026-03-02")
    clerk.page.get_by_label("签字页扫描件").set_input_files(scan)
    clerk.press("签")
    clerk.sees("当天在任的人（卞长青、尚清和）")
    clerk.choose("谁签的", "尚清和（原局长，2022-11-01 至 2026-03-03）")
    clerk.page.get_by_label("签字页扫描件").set_input_files(scan)
    clerk.press("签")
    clerk.sees("承诺已签")
