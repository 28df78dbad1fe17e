"""The letter of return 退回函 and the group's opinion 验收意见 as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xiaohao.documents.typeset import set_pdf
from xiaohao.kernel.when import parse_when


def letter_pdf(
    *,
    unit: str,
    to: str,
    task: str,
    reason: str,
    asked: Sequence[tuple[str, str, str, str, str]],
    questions: Sequence[str],
    dissents: Sequence[tuple[str, str]],
    due: str,
    day: str,
    made_at: datetime,
    fonts: Path | None = None,
) -> bytes:
    """The letter of `unit` to `to` about `task`, as a PDF. `asked`: number, measure, opinion, what is lacking, what has to be done; `dissents`: who
    and what; `due` and `day` as 2026-04-30. Raises ValueError for a `made_at` without its offset."""
    sheet = {
        "title": f"退回函 {task}",
        "heading": "退回函",
        "unit": unit,
        "to": to,
        "opening": f"你单位申请验收的{task}，经审查不予通过，现予退回。",
        "paragraphs": [reason],
        "table_head": ["序号", "措施", "意见", "缺什么", "再次申请前要做到"],
        "rows": [list(row) for row in asked],
        "lists": _lists(questions, dissents),
        "closing": f"请于{_day(due)}前补齐后再次申请；再次申请时逐项说明落实情况。"
        if due
        else "请补齐后再次申请；再次申请时逐项说明落实情况。",
        "day": _day(day),
    }
    return set_pdf("letter", sheet, made_at=made_at, fonts=fonts)


def opinion_pdf(
    *,
    unit: str,
    task: str,
    where: str,
    group: Sequence[str],
    text: str,
    opinions: Sequence[tuple[str, str, str, str, str]],
    dissents: Sequence[tuple[str, str]],
    day: str,
    made_at: datetime,
    fonts: Path | None = None,
) -> bytes:
    """The acceptance group's opinion on `task`, as a PDF. `where`: day, place and way in words; `group`: a line for each member; `opinions`: number,
    measure, opinion, reason, what was looked at. Raises ValueError for a `made_at` without its offset."""
    sheet = {
        "title": f"验收意见 {task}",
        "heading": "验收意见",
        "unit": unit,
        "to": "",
        "opening": f"{task}，{where}。",
        "paragraphs": [text, "验收组：" + "；".join(group) + "。"],
        "table_head": ["序号", "措施", "意见", "理由", "看了什么"],
        "rows": [list(row) for row in opinions],
        "lists": _lists((), dissents),
        "closing": "",
        "day": _day(day),
    }
    return set_pdf("letter", sheet, made_at=made_at, fonts=fonts)


def _lists(questions: Sequence[str], dissents: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    parts: list[dict[str, object]] = [
        {"head": "没有答复的质询", "items": list(questions)},
        {"head": "验收组成员的不同意见", "items": [f"{person}：{words}" for person, words in dissents]},
    ]
    return [part for part in parts if part["items"]]


def _day(text: str) -> str:
    """2026年4月30日, or the words as they are."""
    when = parse_when(text)
    return f"{when.first.year}年{when.first.month}月{when.first.day}日" if when else text
