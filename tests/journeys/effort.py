"""How many clicks and characters the five commonest jobs cost: `python -m tests.journeys.effort` prints the table of docs/measurements.md.

Counted from the page on which the person stands when they begin: officials on their page of today, signed in; the resident on the notice that the
QR code led to. A click is a press, a box ticked, a field entered; a choice from a list counts two. Characters are those typed; forms that come
filled in cost none.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.chromium import chromium
from tests.journeys.county import County, make_seed, served
from tests.journeys.visitor import OFFICE, PHONE, Visitor

#: A form sent back sooner looks like a machine's (portal.objection_form).
_READING_MS = 3_100


def _record(clerk: Visitor) -> None:
    """One meeting goes into the register, bound to a measure."""
    clerk.click(clerk.page.get_by_role("link", name="整改销号流于形式", exact=True))
    clerk.press("补记录")
    clerk.fill("日期", "2026-03-02")
    clerk.fill("标题或事由", "党工委会议研究整改")
    clerk.tick("2 党政主要负责同志是整改第一责任人，亲自研究部署，亲自督办落实，剖析原因，完善措施。")
    clerk.press("登记")
    clerk.sees("已登记。")


def _answer(unit: Visitor) -> None:
    """A call for progress over four measures."""
    unit.go_to("调度")
    unit.press("答复 2026年2月整改进展调度 第 7 项")
    for measure in range(1, 5):
        unit.tick("达到序时进度", within=unit.group(f"第 {measure} 项措施的进展情况"))
        unit.fill(f"第 {measure} 项措施的具体情况", "按月推进，台账已补齐。")
    unit.press("答复")
    unit.sees("调度已答复")


def _apply(clerk: Visitor) -> None:
    """The application, whose text stands in the draft, goes to the head for signing."""
    clerk.click(clerk.page.get_by_role("link", name="申请验收 整改销号流于形式"))
    clerk.press("送柯明德签批")
    clerk.sees("已送柯明德签批。")


def _review(reviewer: Visitor) -> None:
    """Every item of a case looked at, and the opinion given."""
    reviewer.click(reviewer.page.get_by_role("link", name=re.compile(r".*清沅河石桥断面氨氮超标$")).last)
    reviewer.press("看下一条")
    items = reviewer.page.get_by_role("navigation", name="待审条目").get_by_role("listitem").count()
    for seen in range(1, items + 1):
        reviewer.tick("认可")
        reviewer.press("保存，看下一条")
        reviewer.sees(f"已看 {seen} / {items}")
    reviewer.press("出审核意见，通过")
    reviewer.sees("审核意见已出。")


def _object(resident: Visitor) -> None:
    """A resident says what they see, without leaving a number."""
    resident.press("我有异议")
    resident.tick("2 覆土栽植乔灌草118亩。")
    resident.fill("您看到了什么", "坡上的树苗大半枯死，刮风就起灰。")
    resident.page.get_by_role("radio", name="匿名").check()
    resident.clicks += 1
    resident.page.wait_for_timeout(_READING_MS)
    resident.press("提交异议")
    resident.sees("销号已暂停")


#: name -> (who, on what, where they begin, the job)
JOBS: tuple[tuple[str, str, dict[str, int], str, Callable[[Visitor], None]], ...] = (
    ("enter one meeting in the register", "骆芳", OFFICE, "/desk/", _record),
    ("answer a call for progress, four measures", "田禾", OFFICE, "/desk/", _answer),
    ("send an application, drafted before, to be signed", "骆芳", OFFICE, "/desk/", _apply),
    ("review a case", "祝予安", OFFICE, "/desk/", _review),
    ("object to a notice, on a phone", "", PHONE, "/n/qh2025a-3-1", _object),
)


def measured(browser: Browser, county: County) -> list[tuple[str, int, int]]:
    """(job, clicks, characters), each done once in the order of the table."""
    counted = []
    for name, who, size, where, job in JOBS:
        someone = Visitor(browser, county.address, size=size)
        if who:
            someone.sign_in(who)
        someone.open(where)
        someone.clicks = someone.strokes = 0
        job(someone)
        counted.append((name, someone.clicks, someone.strokes))
        assert someone.leave() == []
    return counted


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        seed = make_seed(Path(folder))
        with served(seed, Path(folder) / "running") as county, chromium() as browser:
            for name, clicks, characters in measured(browser, county):
                sys.stdout.write(f"| {name} | {clicks} | {characters} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
