"""A published plan 整改方案 of many tasks, read as the ledger it could have been: one row for each task, the stretch of the source beside it.

Plans repeat the same labels for each task (责任单位：, 整改目标：, 整改时限：, 整改措施：), in running text or in a table. The label that comes first in the
plan begins each task; above it stands the task's heading, which is the problem. What the text does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiaohao.documents.ledger.columns import SURE, Meaning, meaning_of
from xiaohao.documents.ledger.package import NotASheet
from xiaohao.documents.ledger.workbook import Sheet, Workbook, read_workbook
from xiaohao.documents.text import Unreadable, read_text
from xiaohao.evidence.folding import fold
from xiaohao.evidence.numerals import ordinal
from xiaohao.kernel.said import say

#: The columns of the row that a task becomes. Behind the number stands the source, word for word.
_COLUMNS: tuple[tuple[str, Meaning], ...] = (
    ("序号", Meaning.NUMBER),
    ("反馈问题", Meaning.PROBLEM),
    ("整改目标", Meaning.GOAL),
    ("整改措施", Meaning.MEASURE),
    ("责任单位", Meaning.OWNER),
    ("配合单位", Meaning.CO_OWNER),
    ("牵头单位", Meaning.LEAD),
    ("督导单位", Meaning.SUPERVISOR),
    ("验收单位", Meaning.ACCEPTOR),
    ("审核单位", Meaning.REVIEWER),
    ("评估单位", Meaning.ASSESSOR),
    ("责任人", Meaning.PERSON),
    ("整改时限", Meaning.DUE),
    ("完成情况", Meaning.PROGRESS),
)
SOURCE = "方案原文"
#: What the sheet of a plan is called.
SHEET = "整改方案"
#: Ends of names of files with running text.
_WRITTEN = (".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".shtml", ".txt")

_LABEL = re.compile(
    r"^[\s　]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]?[\s　]*)?[【\[]?(?P<name>[一-鿿]{2,10})[】\]]?[\s　]*[：:][\s　]*"
)
_NUMERAL = r"[一二三四五六七八九十百]{1,5}"
#: How headings of tasks are numbered; one plan keeps to one of them.
_HEADINGS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"^[\s　]*(?:整改)?(?:任务|问题)[\s　]*(?P<no>{_NUMERAL}|\d{{1,3}})[\s　]*[：:、.．]?"),
    re.compile(rf"^[\s　]*第[\s　]*(?P<no>{_NUMERAL}|\d{{1,3}})[\s　]*(?:项|个|条)(?:整改)?(?:任务|问题)?[：:、.．]?"),
    re.compile(rf"^[\s　]*(?P<no>{_NUMERAL})、"),
    re.compile(rf"^[\s　]*[（(](?P<no>{_NUMERAL})[）)]"),
    re.compile(r"^[\s　]*(?P<no>\d{1,3})[、.．](?!\d)"),
    re.compile(r"^[\s　]*[（(](?P<no>\d{1,3})[）)]"),
)
#: A heading stands at most so many lines above the first label.
_ABOVE = 12
#: Labels that every task of a plan has one of; text without any two of them is no plan.
_TELLING = frozenset({Meaning.GOAL, Meaning.MEASURE, Meaning.DUE, Meaning.OWNER, Meaning.PROBLEM, Meaning.NUMBER})


@dataclass(frozen=True, slots=True)
class _Label:
    """A label: its line, what it means, and where in the line its value begins."""

    line: int
    meaning: Meaning
    value: int


def book_of(content: bytes, name: str) -> Workbook:
    """The sheets of a ledger, or the one that a plan in running text (.docx, .html, .pdf, .txt) is read to. Raises Unreadable."""
    try:
        return read_workbook(content, name)
    except Unreadable as wrong:
        if not isinstance(wrong, NotASheet) and not name.lower().endswith(_WRITTEN):
            raise
        try:
            read = read_text(content, name)
        except Unreadable as why:
            raise _what_is_wrong(content, name, why) from wrong
        if sheet := plan_sheet(_joined(fold(read.text).text) if read.media == "pdf" else read.text):
            return Workbook((sheet,), "plan")
        raise Unreadable(
            say("没有认出整改任务：{name}。方案里每项任务应写明“责任单位：”“整改目标：”“整改时限：”“整改措施：”。", name=name)
        ) from wrong


def _what_is_wrong(content: bytes, name: str, why: Unreadable) -> Unreadable:
    """What is said of a file that is neither: in the words of the kind that it is, or that its name says it is."""
    named = name.lower()
    if b"%PDF-" in content[:1024] or content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return why
    if content.strip(b"\x00 \t\r\n") and named.endswith(".pdf"):
        return Unreadable(say("PDF 文件打不开：{name}。文件已损坏，或里面不是 PDF。请重新导出后再提供。", name=name))
    if content.strip(b"\x00 \t\r\n") and named.endswith((".docx", ".doc", ".wps")):
        return Unreadable(say("Word 文件打不开：{name}。文件已损坏，或里面不是 Word。请另存为 .docx 后再提供。", name=name))
    if named.endswith(_WRITTEN):
        return why
    return Unreadable(say("认不出是什么文件：{name}。可以导入台账（.xlsx、.xls、.csv）或整改方案（.docx、.pdf、.html、.txt）。", name=name))


#: A line that is broken at the margin fills at least this share of the widest line.
_FULL = 0.85


def _joined(text: str) -> str:
    """A PDF breaks its lines at the margin: a full line that ends no sentence goes on in the next, unless that begins a label or a heading."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    widest = max(map(len, lines), default=0)
    whole: list[str] = []
    full = False
    for line in lines:
        begins = _LABEL.match(line) or any(style.match(line) for style in _HEADINGS)
        if full and not begins and whole[-1][-1] not in "。；！？：":
            whole[-1] += line
        else:
            whole.append(line)
        full = len(line) >= _FULL * widest
    return "\n".join(whole)


def plan_sheet(text: str) -> Sheet | None:
    """The tasks of a plan as the rows of a sheet, None where the text is none (fewer than two kinds of labels)."""
    lines = text.split("\n")
    labels = _labels(lines)
    kinds = {label.meaning for label in labels} & _TELLING
    if len(kinds) < 2:
        return None
    firsts = _firsts(labels)
    style = _style(lines, firsts[0])
    starts = [_heading(lines, first, style, _end_of(labels, first)) for first in firsts]
    blocks = [(start, firsts[n], starts[n + 1] if n + 1 < len(starts) else len(lines)) for n, start in enumerate(starts)]
    rows = [_row(lines, labels, *block, style=style, number=n) for n, block in enumerate(blocks, 1)]
    used = [n for n, (_, meaning) in enumerate(_COLUMNS) if meaning in (Meaning.NUMBER, Meaning.PROBLEM) or any(row[n] for row in rows)]
    headers = [_COLUMNS[0][0], SOURCE, *(_COLUMNS[n][0] for n in used[1:])]
    body = [[row[0], row[-1], *(row[n] for n in used[1:])] for row in rows]
    return Sheet(SHEET, [headers, *body])


def _labels(lines: Sequence[str]) -> list[_Label]:
    found = []
    for n, line in enumerate(lines):
        if (label := _LABEL.match(line)) and (known := meaning_of(label["name"])) and known[1] == SURE:
            found.append(_Label(n, known[0], label.end()))
    return found


def _firsts(labels: Sequence[_Label]) -> list[_Label]:
    """The label with which each task begins: the kind that comes first among those that every task has."""
    often = {meaning: sum(1 for label in labels if label.meaning is meaning) for meaning in _TELLING}
    most = max(often.values())
    common = {meaning for meaning, number in often.items() if number * 2 > most}
    first = next(label.meaning for label in labels if label.meaning in common)
    return [label for label in labels if label.meaning is first]


def _end_of(labels: Sequence[_Label], first: _Label) -> int:
    """The line of the last label before this one: a heading lies behind it."""
    return max((label.line for label in labels if label.line < first.line), default=-1)


def _style(lines: Sequence[str], first: _Label) -> re.Pattern[str] | None:
    """How the first task's heading is numbered: the nearest numbered line above its first label."""
    if first.meaning in (Meaning.NUMBER, Meaning.PROBLEM):
        return None
    for n in range(first.line - 1, max(-1, first.line - 1 - _ABOVE), -1):
        for style in _HEADINGS:
            if style.match(lines[n]):
                return style
    return None


def _heading(lines: Sequence[str], first: _Label, style: re.Pattern[str] | None, above: int) -> int:
    """The line with which the task begins: its heading where there is one, else the line above its first label, else that label itself."""
    if first.meaning in (Meaning.NUMBER, Meaning.PROBLEM):
        return first.line
    for n in range(first.line - 1, max(above, first.line - 1 - _ABOVE), -1):
        if style and style.match(lines[n]):
            return n
    return first.line - 1 if first.line - 1 > above and lines[first.line - 1].strip() else first.line


def _row(
    lines: Sequence[str], labels: Sequence[_Label], start: int, first: _Label, end: int, *, style: re.Pattern[str] | None, number: int
) -> list[str]:
    """The cells of one task in the order of the columns, its source last."""
    own = [label for label in labels if start <= label.line < end]
    held: dict[Meaning, list[str]] = {}
    for n, label in enumerate(own):
        stop = own[n + 1].line if n + 1 < len(own) else end
        following = lines[label.line + 1 : stop]
        if n + 1 == len(own):
            following = following[: _where_the_next_part_begins(following)]
        value = "\n".join([lines[label.line][label.value :], *following]).strip()
        if value:
            held.setdefault(label.meaning, []).append(value)
    heading = [line.strip() for line in lines[start : first.line] if line.strip()]
    mark = style.match(lines[start]) if style and heading else None
    printed = ordinal(mark["no"]) if mark else None
    if mark:
        heading[0] = lines[start][mark.end() :].strip()
    held.setdefault(Meaning.NUMBER, [printed or str(number)])
    held.setdefault(Meaning.PROBLEM, ["\n".join(line for line in heading if line)])
    return [*("\n".join(held.get(meaning, [])) for _, meaning in _COLUMNS), "\n".join(lines[start:end]).strip()]


#: A heading of a part is so short, in characters, and no sentence.
_LONGEST_HEADING = 30


def _where_the_next_part_begins(lines: Sequence[str]) -> int:
    """How many of the lines behind a task's last label are still its own: a heading of the plan's next part (（二）推进不力, 三、保障措施) is not,
    but items （一）（二） of the task itself are."""
    for style in (_HEADINGS[2], _HEADINGS[3]):
        numbers = [(n, ordinal(mark["no"])) for n, line in enumerate(lines) if (mark := style.match(line))]
        if not numbers or (numbers[0][1] == "1" and len(numbers) > 1):
            continue
        n = numbers[0][0]
        words = lines[n].strip()
        if len(words) <= _LONGEST_HEADING and words[-1:] not in "。；;":
            return min(n, _where_the_next_part_begins(lines[:n]) if n else 0)
    return len(lines)
