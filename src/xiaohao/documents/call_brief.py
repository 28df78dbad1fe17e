"""A call for progress as a brief 简报 in Word, with the faces that official papers use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH

from xiaohao.documents.call_paper import HEADERS, CallPaper, PaperRow
from xiaohao.documents.word_paper import CELL, CELL_HEAD, FIRST, SECOND, TEXT, TITLE, dress, line, new_paper, packed

#: Columns of the progress table that have room on an upright sheet.
_SHOWN = (0, 1, 2, 3, 5, 7)


def call_brief(paper: CallPaper, *, behind: str, overdue: str) -> bytes:
    """The brief: what was asked, who answered, how far the measures are, what is behind, who owes an answer, and the table. `behind` and
    `overdue` are the words of that status and of that standing."""
    page = new_paper(title=f"{paper.title}简报", author=paper.issuer, at=paper.at)
    line(page, f"{paper.title}简报", TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    line(page, "　".join(part for part in (paper.number, paper.issuer, _day(paper.at)) if part), SECOND, align=WD_ALIGN_PARAGRAPH.CENTER)
    for heading, lines in _sections(paper, behind, overdue):
        line(page, heading, FIRST, indent=True)
        for text in lines:
            line(page, text, TEXT, indent=True)
    line(page, "附：调度表", FIRST, indent=True)
    _table(page, paper.rows)
    return packed(page)


def _sections(paper: CallPaper, behind: str, overdue: str) -> list[tuple[str, list[str]]]:
    standings = Counter({row.number: row.standing for row in paper.rows}.values())
    statuses = Counter(row.status for row in paper.rows if row.status)
    tasks = len({row.number for row in paper.rows})
    answered = f"{paper.start}至{paper.end}的进展，要求{paper.due}前答复。共调度{tasks}项任务、{len(paper.rows)}项措施：{_counts(standings, '项任务')}。"
    late = [
        f"{row.unit}：第{row.number}项《{row.task}》，{row.measure}（时限{row.due or '未写'}）。{row.text}"
        for row in paper.rows
        if row.status == behind
    ]
    owing = dict.fromkeys(f"{row.unit}：第{row.number}项《{row.task}》" for row in paper.rows if row.standing == overdue)
    return [
        ("一、调度情况", [answered]),
        ("二、措施进展", [f"{_counts(statuses, '项措施')}。" if statuses else "尚无答复。"]),
        ("三、未达到序时进度的措施", late or ["无。"]),
        ("四、逾期未答复的单位", list(owing) or ["无。"]),
    ]


def _counts(counted: Counter[str], what: str) -> str:
    return "，".join(f"{word}{count}{what}" for word, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _day(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日"


def _table(page: Paper, rows: Sequence[PaperRow]) -> None:
    table = page.add_table(rows=1, cols=len(_SHOWN), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, _SHOWN, strict=True):
        dress(cell.paragraphs[0].add_run(HEADERS[column]), CELL_HEAD)
    for row in rows:
        written = row.cells()
        for cell, column in zip(table.add_row().cells, _SHOWN, strict=True):
            dress(cell.paragraphs[0].add_run(written[column]), CELL)
