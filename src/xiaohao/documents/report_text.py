"""The result report of a list in plain lines: what units countersign, and where two versions of it differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from xiaohao.documents.forms.facts import complete
from xiaohao.documents.forms.rows import signed_rows
from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.procedure.countersigning import Line
from xiaohao.publicity.words import day_words, when_words


def report_text(facts: Mapping[str, Any]) -> str:
    """The words of the report from the facts that its form is filled with (documents.forms.region), a line for each task. The day of printing and the
    line of the journal are the system's, not the report's: two reports that say the same have the same text."""
    told = [
        f"{facts['督察']}反馈的任务共{facts['任务总数']}项：已销号{facts['已销号数']}项，公示中{facts['公示中数']}项，"
        f"已申请验收、尚未公示{facts['待办结数']}项，整改中{facts['整改中数']}项，方案尚未批准{facts['未动工数']}项，"
        f"系统启用前已销号、本系统没有核对的{facts['转入数']}项。",
        f"过了整改时限仍没有销号的{facts['逾期数']}项，退回重新整改过的{facts['退回数']}项。"
        f"共有整改措施{facts['措施总数']}条，其中有落实情况的{facts['已答复措施数']}条。",
    ]
    return "\n".join(
        (
            "一、总体情况", *told, "二、各项任务", *(_task(row) for row in facts["任务"]), "三、过了时限没有销号的", str(facts["逾期情况"]),
            "四、退回重新整改过的", str(facts["退回情况"]),
        )
    )  # fmt: skip


def _task(row: Mapping[str, str]) -> str:
    named = (("责任单位", "责任单位"), ("时限", "时限"), ("状态", "状态"), ("措施有落实情况的", "措施"), ("最近情况", "情况"))
    return f"第{row['序号']}项　{row['任务']}　" + "；".join(f"{words}：{row[name]}" for words, name in named if row.get(name))


def changed_lines(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """(`del` or `ins`, line) of every line that only one of two texts has, in their order; () for texts that are the same."""
    old, new = before.split("\n"), after.split("\n")
    found: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            found += [("del", line) for line in old[a:b]]
            found += [("ins", line) for line in new[c:d]]
    return tuple(found)


def report_sheet_facts(dossier: Dossier, sheet: Record, lines: Iterable[Line], *, listing: str, today: date) -> dict[str, Any]:
    """What is filled into the form 会签单 of a report: `dossier` holds the units and people named, `listing` is the name of the list."""
    facts = {
        "制表日期": day_words(today),
        "本件事项": listing,
        "本件标题": sheet.title or "",
        "本件单位": dossier.org_name(sheet.org),
        "本件日期": when_words(sheet.date),
        "答复期限": when_words(sheet.end),
        "本件正文": sheet.text or "",
        "会签": signed_rows(dossier, lines),
    }
    return complete(facts, ("task", "row"))
