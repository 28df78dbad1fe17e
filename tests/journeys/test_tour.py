"""The six steps of the README, clicked as a newcomer clicks them: every command and every name on a button comes from there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.county import County, run
from tests.journeys.head import sign

pytestmark = pytest.mark.browser

_ROOT = Path(__file__).parents[2]
_README = (_ROOT / "README.md").read_text("utf-8")
_CASE, _NOTICE = "整改销号流于形式", "北山砂石料场边坡裸露"


def _step(number: int) -> str:
    """The text of one step of the tour."""
    found = re.search(rf"^\*\*{number}\. .*?(?=^\*\*{number + 1}\. |^## |^!\[)", _README, re.DOTALL | re.MULTILINE)
    assert found, f"the README has no step {number}"
    return found[0]


def _names(number: int, *words: str) -> None:
    """The step says these words to the newcomer."""
    assert [word for word in words if word not in _step(number)] == []


def test_the_tour_s_first_step_asks_what_a_notice_proves() -> None:
    command = re.search(r"^\.venv/bin/xiaohao (.+)$", _step(1), re.MULTILINE)
    assert command
    what, sample = shlex.split(command[1])
    told = run("xiaohao", what, str(_ROOT / sample))
    assert told.stderr == ""
    for words in ("5 个工作日", "自己验收自己", "措施漏答", "要有登记才算数的话  8 句", "31次", "14次", "多次约谈"):
        assert words in told.stdout


def test_the_tour_s_other_steps_lead_from_a_refusal_to_a_proof(visitor: NewVisitor, county: County, tmp_path: Path) -> None:
    newcomer = visitor()

    # 2: what residents see
    _names(2, _NOTICE)
    newcomer.open("/")
    newcomer.press(_NOTICE)
    newcomer.sees("还剩 5 个工作日", "2 月 28 日是调休上班日，计入。", "每项措施做到了没有", "整改前", "谁做、谁验、谁审")

    # 3: be refused
    _names(3, "骆芳", "申请验收", "Five conditions")
    newcomer.click(newcomer.page.get_by_role("contentinfo").get_by_role("link", name="工作人员登录"))
    newcomer.click(newcomer.page.get_by_role("button", name="骆芳"))
    newcomer.click(newcomer.page.get_by_role("link", name=f"申请验收 {_CASE}"))
    newcomer.press("申请验收")
    assert newcomer.title == "现在不能申请验收，还缺 5 项"

    # 4: mend it
    _names(
        4,
        "补本人记录",
        "2025-10-15",
        "谁参加",
        "鲍国安",
        "登记",
        "，多次约谈企业主要负责人",
        "公文",
        "《青禾循环经济园区整改成效考核办法》",
        "送柯明德签批",
    )
    newcomer.press("补本人记录")
    newcomer.fill("日期", "2025-10-15")
    newcomer.fill("标题或事由", "党工委书记到场督办")
    newcomer.tick("2 党政主要负责同志是整改第一责任人，亲自研究部署，亲自督办落实，剖析原因，完善措施。")
    newcomer.unfold("谁参加")
    newcomer.group("谁参加").get_by_label("鲍国安").check()
    newcomer.press("登记")
    newcomer.sees("已登记。")
    newcomer.press("申请验收")
    said = newcomer.page.get_by_label("第 2 项措施的落实情况").input_value()
    newcomer.fill("第 2 项措施的落实情况", said.replace("，多次约谈企业主要负责人", ""))
    fourth = newcomer.page.locator("section").filter(has=newcomer.page.get_by_label("第 4 项措施的落实情况"))
    newcomer.unfold("记录：", within=fourth)
    newcomer.unfold("公文", within=fourth.locator(".by-register"))
    fourth.get_by_label("《青禾循环经济园区整改成效考核办法》").check()
    newcomer.press("送柯明德签批")
    _names(4, "柯明德", "签批", "抽查件")
    sign(newcomer.sign_in("柯明德"), _CASE)

    # 5: object
    _names(5, "我有异议", "匿名", "因异议暂停", "边晴", "销号")
    newcomer.click(newcomer.page.get_by_role("button", name="柯明德 · 退出"))
    newcomer.press(_NOTICE)
    newcomer.press("我有异议")
    newcomer.fill("您看到了什么", "坡上还有好几片光的。")
    newcomer.page.get_by_role("radio", name="匿名").check()
    newcomer.page.wait_for_timeout(3_100)
    newcomer.press("提交异议")
    newcomer.sees("异议回执", "销号已暂停")
    newcomer.click(newcomer.page.get_by_role("link", name=_NOTICE))
    newcomer.sees("因异议暂停")
    notice = newcomer.page.url
    newcomer.sign_in("边晴")
    newcomer.click(newcomer.page.get_by_role("link", name=f"销号 {_NOTICE}"))
    newcomer.sees("现在办理会被拒绝", "有 1 件异议未答复，最早的收到于 2026-03-03。")

    # 6: trust nobody
    _names(6, "下载证明文件", "xiaohao-verify", "keys/journal.vkey", "有效，但还没有见证", "无效")
    newcomer.open(notice)
    newcomer.click(newcomer.page.get_by_role("link", name=re.compile(r"^日志第 \d+ 号$")))
    newcomer.sees("等一等")
    newcomer.unfold("技术细节")
    with newcomer.page.expect_download() as coming:
        newcomer.press("下载证明文件")
    proof = tmp_path / coming.value.suggested_filename
    coming.value.save_as(proof)
    assert re.fullmatch(r"entry-\d+\.tlog-proof", proof.name)
    key = (county.home / "keys" / "journal.vkey").read_text().strip()
    assert run("xiaohao.cli.verify", str(proof), "--key", key, "--lang", "zh").stdout.startswith("有效，但还没有见证\n")
    text = proof.read_text()
    proof.write_text(text.replace("extra e", "extra f", 1))
    expect(newcomer.page.get_by_role("status")).to_contain_text("等一等")
    told = run("xiaohao.cli.verify", str(proof), "--key", key, "--lang", "zh")
    assert (told.returncode, told.stdout[:2]) == (1, "无效")
