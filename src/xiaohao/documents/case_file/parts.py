"""The blocks of which the printed case is made, as plain JSON values for `templates/case.typ`."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xiaohao.documents.typeset import unbroken

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph for the printed case: a JPEG without metadata, its size in pixels, and what is written below it."""

    jpeg: bytes
    width: int
    height: int
    caption: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One entry of the journal about the task: its number there, when, what, by whom ("" for the system), and whether it was refused."""

    number: int
    at: str
    what: str
    who: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with what became of it."""

    title: str
    raised: str
    severity: str
    answer: str
    decision: str


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """One objection as far as this reader may know it: when it came, how it stands, the public words and the answer."""

    came: str
    state: str
    words: str
    answer: str


def chapter(title: str, *blocks: Iterable[Block] | Block) -> list[Block]:
    """A chapter with its parts; one without any says that there is nothing."""
    parts = [part for block in blocks for part in ([block] if isinstance(block, dict) else block)]
    return [{"kind": "chapter", "text": title}, *(parts or [para("无。")])]


def section(title: str) -> Block:
    return {"kind": "heading", "text": title}


def para(text: str, label: str = "") -> Block:
    return {"kind": "para", "text": unbroken(text), "label": label, "first": False}


def paras(text: str) -> list[Block]:
    """A paragraph for each line that says something."""
    return [para(line) for line in text.split("\n") if line.strip()]


def table(columns: Sequence[tuple[str, str, int]], rows: Sequence[Mapping[str, str]]) -> list[Block]:
    """A table of `columns` (head, name in the row, share of the width); [] without rows."""
    if not rows:
        return []
    return [
        {
            "kind": "rows",
            "heads": [head for head, _, _ in columns],
            "widths": [width for _, _, width in columns],
            "rows": [[unbroken(row.get(name, "")) for _, name, _ in columns] for row in rows],
        }
    ]


def cells(rows: Sequence[Sequence[tuple[str, str]]]) -> Block:
    """Labels with what stands beside them, one or two in a row."""
    return {
        "kind": "cells",
        "rows": [
            [{"label": label, "text": unbroken(text), "sign": ""} for label, text in row] for row in rows if any(text for _, text in row)
        ],
    }


def pictures(found: Sequence[Picture]) -> list[Block]:
    """Photographs two in a row, drawn as SVG: the typesetter takes no bytes but those of text."""
    shown = [{"svg": _svg(one), "caption": one.caption} for one in found]
    return [{"kind": "pictures", "pictures": shown}] if shown else []


def _svg(picture: Picture) -> str:
    size = f'width="{picture.width}" height="{picture.height}"'
    data = base64.b64encode(picture.jpeg).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} viewBox="0 0 {picture.width} {picture.height}">'
        f'<image {size} xlink:href="data:image/jpeg;base64,{data}"/></svg>'
    )


def timeline(rows: Sequence[TimelineRow]) -> list[Block]:
    columns = (("日志编号", "number", 12), ("时间", "at", 22), ("办理", "what", 32), ("由谁", "who", 34))
    shown = [
        {"number": str(row.number), "at": row.at, "what": f"{row.what}（被拒绝）" if row.refused else row.what, "who": row.who}
        for row in rows
    ]
    return table(columns, shown)


def objections(rows: Sequence[ObjectionRow]) -> list[Block]:
    columns = (("收到", "came", 16), ("现状", "state", 18), ("说的是", "words", 30), ("答复", "answer", 36))
    hidden = "（原文不公开）"
    return table(columns, [{"came": r.came, "state": r.state, "words": r.words or hidden, "answer": r.answer} for r in rows])
