"""A notice's text is pasted in and becomes a task, which goes its whole route until a stranger's program verifies the closing.

The route is that of the notice itself: the county accepts, publishes and closes, and then the city reviews.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.county import County, run
from tests.journeys.head import sign
from tests.journeys.visitor import Visitor
from tests.shared import SHARED

pytestmark = pytest.mark.browser

_REAL = SHARED / "data" / "inputs" / "notice-taiyangshan-2021.txt"
_TWIN = Path(__file__).parents[2] / "src" / "xiaohao" / "documents" / "samples" / "qinghe-notice.txt"
#: The twin sends one more measure to a body of the city.
_MEASURES = 7 if _REAL.is_file() else 8
_CASE = "销号走过场，问题在原地打转"
_PARK, _SECRETARY, _DIRECTOR = "青禾循环经济园区管理委员会", "鲍国安", "柯明德"
_COUNTY_OFFICE = "青禾县督察整改工作领导小组办公室"
_UNITS = {
    "责任单位": _PARK,
    "牵头单位": _COUNTY_OFFICE,
    "督导单位": "青禾县政府督查室",
    "验收单位": "景澜市生态环境局青禾分局",
    "审核单位": "景澜市督察整改工作领导小组办公室",
    "公示单位": _COUNTY_OFFICE,
    "异议受理单位": "青禾县信访局",
    "销号单位": _COUNTY_OFFICE,
}
#: A word of a measure → whose it is, where it is not the park's.
_OF_THE_CITY = {"市生态环境局": "景澜市生态环境局", "督查室": "景澜市政府督查室"}
#: A word of a measure → what the park has done: (register, day, what it was, who was there).
_DONE: dict[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "学习": (
        ("学习", "2026-02-10", "学习生态环境保护法律法规", ()),
        ("学习", "2026-03-02", "学习督察通报的典型案例", ()),
        ("执法检查", "2026-02-12", "园区企业执法检查", ()),
        ("执法检查", "2026-02-26", "重点企业夜间检查", ()),
    ),
    "亲自": (
        ("主要负责人亲自研究或督办", "2026-02-11", "党工委书记主持研究整改任务、剖析原因", (_SECRETARY,)),
        ("主要负责人亲自研究或督办", "2026-02-25", "管委会主任到现场督办", (_DIRECTOR,)),
    ),
    "销号": (("会议", "2026-02-27", "销号评估会，逐项核对已销号任务", (_DIRECTOR,)),),
    "考核": (("会议", "2026-02-28", "研究考核结果运用和责任追究", (_SECRETARY, _DIRECTOR)),),
}
_SAID = {
    "学习": "组织学习2次，开展执法检查2次，从严监管执法。",
    "亲自": "党工委书记、管委会主任亲自研究部署1次、到现场督办1次，剖析原因，完善措施。",
    "销号": "召开销号评估会1次，逐项核对已销号的任务。",
    "考核": "召开会议1次，研究考核结果在绩效、选拔任用和资金安排中的运用，追究责任的办法一并明确。",
}


def test_a_notice_becomes_a_task_and_the_task_a_closing_that_anybody_can_verify(
    visitor: NewVisitor, county: County, tmp_path: Path
) -> None:
    office = visitor().sign_in("周敏")
    _paste_and_confirm(office, (_REAL if _REAL.is_file() else _TWIN).read_text("utf-8"))
    clerk = visitor().sign_in("骆芳")
    _explain_what_the_text_raised(clerk, office)
    _approve(visitor().sign_in("边晴"))
    _start_and_enter_what_was_done(clerk)
    _answer_measure_by_measure(clerk)
    sign(visitor().sign_in("柯明德"), _CASE)
    _accept(visitor().sign_in("尹思齐"))
    head_of_office = visitor().sign_in("商若溪")
    _check_for_secrets(head_of_office)
    _publish(office, clerk)
    _close(head_of_office)
    _review(visitor().sign_in("祝予安"))
    _verify(visitor(), county, tmp_path)


def _verify(reader: Visitor, county: County, folder: Path) -> None:
    """A stranger follows the closing from the public page to its proof, and believes only a program and the key from the handbook."""
    reader.open("/t/qh2025a-12")
    reader.sees("已审核", "销号以后")
    closing = reader.page.locator("ol.jr li").filter(has_text=f"销号 · {_COUNTY_OFFICE}")
    reader.click(closing.get_by_role("link", name=re.compile(r"^日志第 \d+ 号$")))
    reader.sees("等一等", "在日志里", "日志没有被改写", f"任务 qh2025a-12：{_COUNTY_OFFICE}销号")
    with reader.page.expect_download() as coming:
        reader.press("下载证明文件")
    proof = folder / coming.value.suggested_filename
    coming.value.save_as(proof)
    key = (county.home / "keys" / "journal.vkey").read_text().strip()

    told = run("xiaohao.cli.verify", str(proof), "--key", key, "--lang", "zh")
    assert (told.returncode, told.stderr, told.stdout.splitlines()[0]) == (0, "", "有效，但还没有见证")
    assert f"  任务 qh2025a-12，责任单位 {_PARK}" in told.stdout
    assert "  状态 公示中 → 已销号，观察中" in told.stdout.splitlines()
    proof.write_text(proof.read_text().replace("index ", "index 1"))
    assert run("xiaohao.cli.verify", str(proof), "--key", key, "--lang", "zh").returncode == 1

    exported = county.command("journal", "export", str(folder / "journal"))
    assert exported.returncode == 0, exported.stderr
    told = run("xiaohao.cli.verify", str(folder / "journal"), "--key", key, "--lang", "zh")
    assert (told.returncode, told.stderr, told.stdout.splitlines()[0]) == (0, "", "有效，但还没有见证")


def _open_case(someone: Visitor, room: str = "今天") -> None:
    someone.go_to(room)
    someone.click(someone.page.get_by_role("link", name=_CASE, exact=True))
    someone.sees("措施")
    someone.until_compared()


def _explain_what_the_text_raised(clerk: Visitor, judge: Visitor) -> None:
    """A measure copied from the city's list sounds like an order from above: whatever is noticed, the unit explains, and another one decides."""
    _open_case(clerk, "全部任务")
    while (card := clerk.page.get_by_role("article").filter(has=clerk.page.get_by_role("button", name="提交答复"))).count():
        card.first.get_by_label("答复").fill("措施照录市里的任务清单，本单位承担其中园区的部分。")
        clerk.press("提交答复", within=card.first)
        clerk.sees("措施照录市里的任务清单")
        _open_case(judge, "全部任务")
        answered = judge.page.get_by_role("article").filter(has=judge.page.get_by_role("button", name="采纳"))
        answered.get_by_label("理由").fill("与市级任务清单核对，照录属实。")
        judge.press("采纳", within=answered)
        judge.sees("与市级任务清单核对")
        _open_case(clerk, "全部任务")


def _approve(city: Visitor) -> None:
    _open_case(city)
    city.press("批准方案")
    city.sees("条件都已满足。")
    city.press("批准方案")
    city.sees("方案已批准，目标和时限从此锁定。")


def _start_and_enter_what_was_done(clerk: Visitor) -> None:
    _open_case(clerk)
    clerk.press("开始整改")
    clerk.press("开始整改")
    clerk.sees("已开始整改。")
    clerk.press("补记录")
    measures = clerk.group("归到哪几项措施").get_by_role("checkbox")
    texts = [label.inner_text() for label in clerk.group("归到哪几项措施").locator("label").all()]
    assert len(texts) == measures.count() == _MEASURES
    for text in texts:
        for kind, day, what, people in _DONE.get(_word(text), ()):
            _enter(clerk, kind, day, what, people, text)


def _enter(clerk: Visitor, kind: str, day: str, what: str, people: tuple[str, ...], measure: str) -> None:
    clerk.press(kind, within=clerk.page.get_by_role("navigation", name="登记哪一类"))
    clerk.fill("日期", day)
    clerk.fill("标题或事由", what)
    clerk.tick(measure)
    if people:
        clerk.unfold("谁参加")
        for person in people:
            clerk.group("谁参加").get_by_label(person).check()
    clerk.press("登记，再来一条")
    clerk.sees("已登记。")


def _answer_measure_by_measure(clerk: Visitor) -> None:
    _open_case(clerk)
    clerk.press("申请验收")
    clerk.fill("整改完成日期", "2026-03-03")
    for section in clerk.page.locator("section.ans-d").all():
        word = _word(section.get_by_role("heading").inner_text())
        if word in _SAID:
            section.get_by_role("textbox").fill(_SAID[word])
    clerk.press("先自查")
    expect(clerk.page.locator("#check ol.gates h3")).to_have_text(["没有签署真实性承诺。"])
    clerk.press("送柯明德签批")
    clerk.sees("已送柯明德签批。")


def _accept(group: Visitor) -> None:
    _open_case(group)
    group.press("提交验收意见")
    for member in ("尹思齐", "卓然"):
        group.group("验收组成员").get_by_label(member).check()
    group.tick("到现场并查资料", "我对验收结论的真实性负责")
    group.choose("现场地点", "青禾循环经济园区")
    group.choose("组长", "尹思齐（景澜市生态环境局青禾分局 环评股股长）")
    for number in range(1, group.page.locator("section.ans-d").count() + 1):
        group.group(f"第 {number} 项措施的意见").get_by_label("完成", exact=True).check()
        group.fill(f"第 {number} 项措施：看了什么", f"第{number}项的登记和原件")
        group.fill(f"第 {number} 项措施：理由", f"第{number}项与登记一致，抽看无误。")
    group.fill("总的情况：看到了什么，结论是什么", "抽查学习和执法登记，核对会议纪要，与所报一致，同意通过验收。")
    group.press("提交验收意见")
    group.sees("验收意见已提交。", "已验收")


def _check_for_secrets(head: Visitor) -> None:
    """Whoever looks for secrets is not whoever publishes."""
    _open_case(head, "全部任务")
    head.press("发布公示")
    head.tick("我已逐字看过下面的公示稿，没有国家秘密、商业秘密和个人信息")
    head.press("签保密审查")
    head.sees("保密审查已签。")


def _publish(office: Visitor, clerk: Visitor) -> None:
    """The notice quotes the measures: where one of them was asked about in the plan, it is asked about once more."""
    _open_case(office)
    office.press("发布公示")
    office.sees("2026 年 3 月 3 日至 3 月 9 日，共 5 个工作日")
    office.press("发布公示")
    if office.title.startswith("现在不能发布公示"):
        _explain_what_the_text_raised(clerk, office)
        _open_case(office)
        office.press("发布公示")
        office.press("发布公示")
    office.sees("公示已发布。", "公示中")


def _close(closer: Visitor) -> None:
    """Too early it is refused; when the window is over and the watch is planned, it is done."""
    _open_case(closer)
    closer.press("销号备案")
    expect(closer.page.locator("#main ol.gates h3")).to_have_text(["公示到 2026-03-09 为止，还剩 5 个工作日。", "没有观察计划。"])
    for _day in range(5):
        closer.next_workday()
    _open_case(closer)
    closer.press("销号备案")
    closer.press("定观察计划")
    closer.click(closer.page.locator("form").get_by_role("button").last)
    closer.fill("销号意见", "公示期满，没有异议，同意销号备案。")
    closer.tick("我对所作决定的真实性负责")
    closer.press("销号备案")
    closer.sees("已销号，开始观察。")


def _review(reviewer: Visitor) -> None:
    reviewer.go_to("今天")
    reviewer.click(reviewer.page.get_by_role("link", name=re.compile(f".+ {_CASE}$")))
    reviewer.press("看下一条")
    items = reviewer.page.get_by_role("navigation", name="待审条目").get_by_role("listitem")
    for seen in range(1, items.count() + 1):
        reviewer.tick("认可")
        reviewer.press("保存，看下一条")
        reviewer.sees(f"已看 {seen} / {items.count()}")
    reviewer.press("出审核意见，通过")
    reviewer.sees("审核意见已出。")


def _word(measure: str) -> str:
    """The word by which a measure of the park is known; "" for one of the city."""
    of_the_city = _whose(measure.split(" ", 1)[-1]) != _PARK
    return "" if of_the_city else next(word for word in ("学习", "亲自", "销号", "考核") if word in measure)


def _paste_and_confirm(office: Visitor, text: str) -> None:
    """Paste the text, look at what was read, choose what it does not say, and hand the task out with its plan."""
    office.go_to("新建任务")
    office.fill("公示或清单的文字", text)
    office.press("读成草稿")
    expect(office.page.get_by_role("complementary", name="原文").locator("mark").filter(has_text="措施 1")).to_have_count(1)
    expect(office.page.get_by_label("问题（照录原文）")).to_have_value(re.compile("督察"))
    assert office.page.get_by_label("时限类型").locator("option:checked").inner_text() == "长期坚持"

    office.fill("简称", _CASE)
    office.choose("工程类还是非工程类", "非工程类")
    office.fill("整改时限", "2026-03")
    for label, unit in _UNITS.items():
        office.page.locator("section").filter(has_text="谁做、谁验、谁审、谁收异议").get_by_label(label, exact=True).select_option(
            label=unit
        )
    office.choose("哪一份清单", "青禾县第三轮督察整改清单（qh2025a）")
    office.fill("第几项", "12")
    office.unfold("整改第一责任人")
    office.tick(*(f"{name}（{_PARK} {post}）" for name, post in ((_SECRETARY, "党工委书记"), (_DIRECTOR, "管委会主任"))))
    office.tick("县级验收销号、市级审核规程")
    _complete_the_goals(office)
    _complete_the_measures(office)
    office.press("确认，交办")
    office.sees("任务已交办。方案已报送，等上一级批准。")


def _rows(office: Visitor, name: str) -> list[Locator]:
    """The filled rows of the plan's form."""
    rows = office.page.get_by_role("group", name=re.compile(rf"^{name} \d+$"))
    return [row for row in rows.all() if row.get_by_label(name, exact=True).input_value()]


def _complete_the_goals(office: Visitor) -> None:
    """The text gives no figure: one goal is read from the ledger, for the others the reason is public."""
    for number, row in enumerate(_rows(office, "目标")):
        if number == 0:
            row.get_by_label("怎样衡量").select_option(label="由系统台账计算")
            row.get_by_label("要求").select_option(label="不低于")
            row.get_by_label("数值", exact=True).fill("100")
        else:
            row.get_by_label("没有数值的理由（会公开）").fill("原文没有数值，由已销号任务的守住率一并衡量。")


def _complete_the_measures(office: Visitor) -> None:
    for row in _rows(office, "措施"):
        text = row.get_by_label("措施", exact=True).input_value()
        row.get_by_label("责任单位").select_option(label=_whose(text))
        row.get_by_label("完成时限").fill("2026-03")


def _whose(measure: str) -> str:
    return next((unit for word, unit in _OF_THE_CITY.items() if measure.startswith(word) or f"市委{word}" in measure[:8]), _PARK)
