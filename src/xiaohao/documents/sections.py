"""The parts of a notice in the order in which they stand: each a heading and the stretch of text under it.

Works for headed notices, colon labels, glued labels, tables whose cells were flattened to lines, and rows of cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from xiaohao.documents.labels import CLOSING, GLUED_HEADING, TOP, Part, classify, heading, labels_within
from xiaohao.documents.page import Line, Page
from xiaohao.documents.tables import fill_columns
from xiaohao.evidence.numerals import ordinal


@dataclass(frozen=True, slots=True)
class Section:
    """One part: the words of its heading ("" for the opening words) and the stretch `start`..`end` under it, folded offsets. `lines` are the lines of the stretch."""

    part: Part
    heading: str
    heading_start: int
    start: int
    end: int
    lines: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        return not self.lines


@dataclass(slots=True)
class _Open:
    part: Part
    heading: str
    heading_start: int
    lines: list[Line]


def sections_of(page: Page, title_end: int = 0) -> tuple[Section, ...]:
    """Cut the page's body into its parts. The words before the first label, and all up to `title_end`, are a section of Part.OTHER with an empty heading."""
    opened = [_Open(Part.OTHER, "", page.lines[0].start if page.lines else 0, [])]
    lines = [part for line in page.lines for pair in _pairs_of_cells(line) for part in _unglued(pair)]
    at, last_number = 0, 0
    while at < len(lines) and lines[at].start < title_end:
        opened[0].lines.append(lines[at])
        at += 1
    while at < len(lines):
        if columns := _columns(lines, at):
            at = _flattened(lines, at, columns, opened)
            continue
        if cells := _row_of_cells(lines, at):
            at = _rows(lines, at, cells, opened)
            continue
        last_number = _line(lines[at], opened, last_number, page.lines)
        at += 1
    return tuple(_closed(each) for each in opened if each.lines or each.heading)


def _pairs_of_cells(line: Line) -> list[Line]:
    """A row of label | value | label | value as a line for each pair; any other line as it is."""
    cells = _cells(line) if "|" in line.text or "│" in line.text else []
    if (
        len(cells) < 4
        or len(cells) % 2
        or not all(classify(cell.text) for cell in cells[::2])
        or any(classify(cell.text) for cell in cells[1::2])
    ):
        return [line]
    return [
        Line(line.text[label.start - line.start : value.end - line.start], label.start, value.end)
        for label, value in zip(cells[::2], cells[1::2], strict=True)
    ]


def _unglued(line: Line) -> list[Line]:
    """A line that holds headings after its beginning (…突出。二、责任单位某县三、整改措施…), cut before each."""
    starts = [0, *(found.start() for found in GLUED_HEADING.finditer(line.text)), len(line.text)]
    pieces = [(first, line.text[first:last].rstrip()) for first, last in pairwise(starts)]
    return [Line(words, line.start + first, line.start + first + len(words)) for first, words in pieces if words]


def _closed(each: _Open) -> Section:
    start = each.lines[0].start if each.lines else each.heading_start
    end = each.lines[-1].end if each.lines else each.heading_start
    return Section(each.part, each.heading, each.heading_start, start, end, tuple(each.lines))


def _line(line: Line, opened: list[_Open], last_number: int, lines: tuple[Line, ...]) -> int:
    """Add one line to the parts: open what it opens, give the rest to the part that is open. Returns the last top-level number used by a heading."""
    head = heading(line.text)
    number = _top_number(line.text)
    rest = line
    if head and _answers_one_measure(head, opened[-1].part, lines):
        opened[-1].part = Part.MEASURES_AND_DONE
        opened[-1].lines.append(line)
        return last_number
    if head:
        part, label_at, content_at, words, top = head
        part = _as_desk(part, words, opened)
        opened.append(_Open(part, words, line.start + label_at, []))
        rest = _tail(line, content_at)
        last_number = number if top and number else last_number
        if rest.text and (inner := heading(rest.text)) and inner[2] > inner[1] and not inner[4] and _NAMES_WHO.get(inner[0]) is part:
            opened.append(_Open(inner[0], inner[3], rest.start + inner[1], []))  # 二、责任主体牵头单位：某局
            rest = _tail(rest, inner[2])
    elif (
        number
        and last_number
        and number == last_number + 1
        and len(line.text) <= 24
        and not line.text.endswith(("。", "；"))
        and opened[-1].part not in _HOLDS_NUMBERED
    ):
        opened.append(_Open(Part.OTHER, line.text, line.start, []))
        return number
    _content(rest, opened, lines)
    return last_number


_PROMISES = frozenset({Part.MEASURES, Part.GOALS_AND_MEASURES, Part.MEASURES_AND_DONE})


#: A label for one kind of unit may stand right behind the heading of all.
_NAMES_WHO = {Part.LEAD: Part.UNITS, Part.HELPERS: Part.UNITS}


def _answers_one_measure(head: tuple[Part, int, int, str, bool], part: Part, lines: tuple[Line, ...]) -> bool:
    """Under a measure, a bare 落实情况：opens the answer to that measure, not the report of the whole task."""
    return part in _PROMISES and head[0] is Part.DONE and not head[4] and _is_per_measure(head[3], lines)


def _is_per_measure(words: str, lines: tuple[Line, ...]) -> bool:
    """The words open an answer to one measure when they come again, once for each measure."""
    if not _PER_MEASURE.fullmatch(words):
        return False
    answers = sum(line.text.count(words + "：") for line in lines)
    lists = sum(len(_MEASURES_AGAIN.findall(line.text)) for line in lines)
    return answers > max(lists, 1)


#: As many lists of measures as answers: several tasks in one notice, each reported as a whole.
_MEASURES_AGAIN = re.compile(r"(?:整改|主要|重点|具体|工作)措施：")
#: Answers to single measures are told by such words.
_PER_MEASURE = re.compile(r"(?:(?:整改)?(?:落实|完成|进展|办理)|整改)(?:情况|成效)|整改进展")

#: Inside these an unknown 一、… line is an item, not the heading of something else.
_HOLDS_NUMBERED = frozenset({Part.MEASURES, Part.DONE, Part.GOALS, Part.GOALS_AND_MEASURES, Part.MEASURES_AND_DONE})


def _top_number(text: str) -> int | None:
    found = re.match(TOP, text)
    digits = ordinal(re.sub(r"[^一二三四五六七八九十]", "", found.group())) if found else None
    return int(digits) if digits else None


def _content(line: Line, opened: list[_Open], lines: tuple[Line, ...]) -> None:
    """Give a line, or what is left of it, to the open part; labels and closing words within the line open parts of their own."""
    if not line.text:
        return
    if opened[-1].part in {Part.DONE, Part.MEASURES_AND_DONE} and _NEXT_STEPS.match(line.text):
        opened.append(_Open(Part.OTHER, "下一步", line.start, []))
    cuts = [
        (line.start + label_at, line.start + content_at, part, words) for part, label_at, content_at, words in labels_within(line.text, 0)
    ]
    if not cuts and len(lines) <= _FEW_LINES and not any(each.heading for each in opened) and (told := _SET_TO_WORK.search(line.text)):
        cuts.append((line.start + told.start(), line.start + told.end(), Part.DONE, told.group()))
    if opened[-1].part is not Part.OTHER or opened[-1].heading:
        cuts += [(line.start + at, line.start + at, Part.CLOSING, "") for at in _closings(line.text, opened[-1].part)]
    elif cuts:  # a notice in one paragraph: the closing words come behind its labels
        first = min(cut[0] for cut in cuts) - line.start
        cuts += [(line.start + at, line.start + at, Part.CLOSING, "") for at in _closings(line.text, opened[-1].part, first)]
    cuts.sort(key=lambda cut: cut[0])
    at = line.start
    for label_at, content_at, part, words in cuts:
        if label_at < at or (part is Part.CLOSING and opened[-1].part in _ENDED):
            continue
        if part is Part.DONE and opened[-1].part in _PROMISES and _is_per_measure(words, lines):
            opened[-1].part = Part.MEASURES_AND_DONE
            continue
        _give(line, at, label_at, opened)
        opened.append(_Open(_as_desk(part, words, opened), words, label_at, []))
        at = content_at
    _give(line, at, line.end, opened)


#: A notice of so few lines may tell everything in one paragraph: …问题，我镇立即组织整改，更换设备1套…。
_FEW_LINES = 8
_SET_TO_WORK = re.compile(
    r"(?:立即|迅速|认真|积极|及时|第一时间|高度重视，)(?:组织|开展|进行|落实|安排|推进)(?:了)?[^，。]{0,6}整改(?:工作)?[，。：](?=[^。]{0,60}(?:已|\d))"
)
#: What will be done next is no report of what was done.
_NEXT_STEPS = re.compile(r"(?:下一?步|今后|接下来|下阶段|下一阶段)[，：,]?")
_ENDED = frozenset({Part.CLOSING, Part.WINDOW, Part.DESK, Part.PHONE, Part.ADDRESS, Part.CONTACT, Part.PUBLISHER})


def _as_desk(part: Part, words: str, opened: list[_Open]) -> Part:
    """监督单位 behind the publicity is where objections go; in the plan it is who supervises the work."""
    told = any(each.part in {Part.WINDOW, Part.CLOSING} for each in opened)
    return Part.DESK if part is Part.SUPERVISOR and "监督" in words and told else part


def _closings(text: str, part: Part, since: int = 0) -> list[int]:
    """Where the closing words begin in a line, from `since` on: at its start or after a full stop."""
    if part in _ENDED:
        return []
    starts = [0, *(found.end() for found in re.finditer(r"[。；！] ?(?:\d{1,2}[.、] ?)?", text))]
    first = next((start for start in starts if start >= since and CLOSING.match(text, start)), None)
    return [] if first is None else [first]


def _give(line: Line, start: int, end: int, opened: list[_Open]) -> None:
    piece = line.text[start - line.start : end - line.start]
    bare = piece.strip(" 　")
    if bare:
        first = start + piece.index(bare)
        opened[-1].lines.append(Line(bare, first, first + len(bare)))


def _tail(line: Line, at: int) -> Line:
    bare = line.text[at:].lstrip(" ：:】]")
    start = line.end - len(bare)
    return Line(bare, start, line.end)


# Tables ---------------------------------------------------------------------------------------------------------------------

#: So many labels one under another with nothing between them are the header of a flattened table.
_FEWEST_COLUMNS = 3


def _columns(lines: list[Line], at: int) -> list[tuple[Part, Line]]:
    """The header cells from line `at` on: short lines without punctuation, most of them labels. [] where there is no flattened table."""
    columns: list[tuple[Part, Line]] = []
    for line in lines[at:]:
        part = classify(line.text) if len(line.text) <= 16 else None
        if part is None and (not columns or not _MAYBE_HEADER.fullmatch(line.text)):
            break
        columns.append((part or Part.OTHER, line))
    while columns and columns[-1][0] is Part.OTHER:
        columns.pop()
    known = sum(part is not Part.OTHER for part, _ in columns)
    return columns if known >= _FEWEST_COLUMNS and known >= 0.6 * len(columns) else []


_MAYBE_HEADER = re.compile(r"[一-鿿（）]{2,12}(?:情况|单位|时间|问题|类型|区域|地点|部门|名称|内容|意见|结果|要求|人|号)")


def _flattened(lines: list[Line], at: int, columns: list[tuple[Part, Line]], opened: list[_Open]) -> int:
    """Read a table whose cells came one per line: header cells first, then the values. Returns the line after it."""
    first = at + len(columns)
    last = first
    while last < len(lines) and not _ends_table(lines[last]):
        last += 1
    filled = fill_columns([part for part, _ in columns], lines[first:last])
    for (part, header), cell in zip(columns, filled, strict=True):
        opened.append(_Open(part, header.text, header.start, list(cell)))
    return last


def _ends_table(line: Line) -> bool:
    return bool(CLOSING.match(line.text)) or bool(heading(line.text)) or bool(re.match(r"特此|附件|注：|备注：", line.text))


_CELL = re.compile(r"(?: *(?:\t|\||│|丨) *| {3,})")
_BLANK = re.compile(" ")


def _row_of_cells(lines: list[Line], at: int) -> list[Part | None]:
    """The parts of a header row whose cells stand side by side (tabs became blanks, or bars), if the next line has as many cells."""
    line = lines[at].text
    if line.count(" ") + line.count("\t") + line.count("|") + line.count("│") + line.count("丨") < _FEWEST_COLUMNS - 1 or "。" in line:
        return []
    cells = _cells(lines[at])
    if len(cells) < _FEWEST_COLUMNS:
        cells = _cells(lines[at], _BLANK)  # cells parted by single blanks: only where the next line has as many
        if at + 1 >= len(lines) or len(cells) != len(_cells(lines[at + 1], _BLANK)):
            return []
    if len(cells) < _FEWEST_COLUMNS or at + 1 >= len(lines):
        return []
    parts = [classify(cell.text) for cell in cells]
    known = sum(part is not None for part in parts)
    return parts if known >= _FEWEST_COLUMNS and known >= len(parts) - 2 else []


def _cells(line: Line, edge: re.Pattern[str] = _CELL) -> list[Line]:
    cells: list[Line] = []
    at = 0
    for piece in edge.split(line.text.strip("|│")):
        begin = line.text.index(piece, at) if piece else at
        cells.append(Line(piece.strip(), line.start + begin, line.start + begin + len(piece.strip())))
        at = begin + len(piece)
    return [cell for cell in cells if cell.text]


def _rows(lines: list[Line], at: int, parts: list[Part | None], opened: list[_Open]) -> int:
    """Read the rows under a header row, as long as they have its number of cells; each row opens all the parts anew. Returns the line after them."""
    edge = _CELL if len(_cells(lines[at])) == len(parts) else _BLANK
    headers = _cells(lines[at], edge)
    row = at + 1
    while row < len(lines) and len(cells := _cells(lines[row], edge)) == len(parts):
        if [cell.text for cell in cells] == [header.text for header in headers]:
            break  # the header again
        for part, header, cell in zip(parts, headers, cells, strict=True):
            opened.append(_Open(part or Part.OTHER, header.text, cell.start, [cell]))
        row += 1
    if row == at + 1:
        opened.append(_Open(Part.OTHER, lines[at].text, lines[at].start, []))
    return row
