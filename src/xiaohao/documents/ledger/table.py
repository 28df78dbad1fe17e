"""Where the table lies in a sheet: titles above it, header of one or several rows, rows unrolled out of their merged cells, notes below."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from xiaohao.documents.ledger.columns import GUESSED, LONGEST_HEADER, Column, Meaning, meaning_of
from xiaohao.documents.ledger.workbook import Sheet, Value
from xiaohao.documents.text import Unreadable
from xiaohao.kernel.said import say

#: A header is looked for in so many rows, and has at most so many.
_WITHIN, _DEEPEST = 40, 4
#: Known names that make a row a header.
_FEWEST = 2
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表人|填报人|填报单位|审核人|制表|合计|总计|小计|联系人|单位负责人|附件)[：:\s、1１]|^(?:合计|总计|小计)$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: `number` as the sheet counts it (from 1), its values in the order of the columns, and which of them were
    filled from the first row of their merged range (column → that row)."""

    number: int
    values: Sequence[Value]
    merged_from: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """What was found in one sheet. `titles` stood above, `captions` between the rows, `notes` below; `layout` names this arrangement of columns."""

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    titles: tuple[str, ...]
    captions: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]
    left: int
    header_rows: tuple[int, ...]

    @property
    def layout(self) -> str:
        """The same for every sheet with the same headers in the same order."""
        return hashlib.sha256("\n".join(column.header for column in self.columns).encode()).hexdigest()[:32]

    def column(self, meaning: Meaning) -> Column | None:
        """The surest column of that meaning."""
        return max((c for c in self.columns if c.meaning is meaning), key=lambda c: c.confidence, default=None)


def table_in(sheet: Sheet) -> Table | None:
    """The table of a sheet, None where no header is found."""
    head = _header_of(sheet)
    if head is None:
        return None
    first, last = head
    columns = _columns(sheet, first, last)
    body, captions, notes = _body(sheet, last + 1)
    titles = tuple(text for row in sheet.rows[:first] for text in dict.fromkeys(as_text(v) for v in row) if text)
    table = Table(sheet.name, columns, body, titles, captions, notes, sheet.left, (first + sheet.top + 1, last + sheet.top + 1))
    return replace(table, columns=_by_content(table))


def with_meanings(table: Table, chosen: Mapping[int, Meaning]) -> Table:
    """The table with columns as a person says (index → meaning)."""
    columns = tuple(replace(c, meaning=chosen[c.index], confidence=1.0) if c.index in chosen else c for c in table.columns)
    return replace(table, columns=columns)


def as_text(value: Value) -> str:
    """A cell in words: 7 for 7.0, 2025-06-30 for a day, the text without its edges."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta | time):
        return str(value)
    return str(value)


# The header -------------------------------------------------------------------------------------------------------------------------


def _header_of(sheet: Sheet) -> tuple[int, int] | None:
    """First and last row of the header, in rows of the sheet's own."""
    scored = [(_known(row), n) for n, row in enumerate(sheet.rows[:_WITHIN])]
    best = max((score for score, _ in scored), default=0)
    if best < _FEWEST:
        return None
    last = next(n for score, n in scored if score >= max(_FEWEST, best - 1))
    first = last
    while first > 0 and last - first + 1 < _DEEPEST and _is_heading_over(sheet, first - 1, first):
        first -= 1
    while last + 1 < len(sheet.rows) and last - first + 1 < _DEEPEST and _is_heading_under(sheet, first, last + 1):
        last += 1
    return first, last


def _known(row: Sequence[Value]) -> int:
    """How many cells of the row are names of fields; 0 where fewer than half are."""
    words = [str(v).strip() for v in row if v != ""]
    known = sum(1 for one in words if len(one) <= LONGEST_HEADER + 10 and meaning_of(one) is not None)
    return known if known * 2 >= len(words) else 0


def _is_heading_over(sheet: Sheet, upper: int, lower: int) -> bool:
    """A row above whose cells are merged down into the header, or that groups several columns under one known name."""
    at = upper + sheet.top
    into = [m for m in sheet.merges if m.top == at and m.bottom > at and m.bottom >= lower + sheet.top]
    grouped = [m for m in sheet.merges if m.top == m.bottom == at and 1 <= m.right - m.left < len(sheet.rows[upper]) - 2]
    return bool(into) or (len(grouped) > 0 and _known(sheet.rows[upper]) > 0)


def _is_heading_under(sheet: Sheet, first: int, row: int) -> bool:
    """A row that header cells above are merged into, or that only holds the columns' own numbers (1 2 3 …)."""
    at = row + sheet.top
    words = [as_text(v) for v in sheet.rows[row] if v != ""]
    if any(first + sheet.top <= m.top < at <= m.bottom for m in sheet.merges):
        return all(len(one) <= LONGEST_HEADER for one in words)
    return len(words) > 2 and words == [str(n) for n in range(1, len(words) + 1)]


def _columns(sheet: Sheet, first: int, last: int) -> tuple[Column, ...]:
    parts = [_spread(sheet, n) for n in range(first, last + 1)]
    columns = []
    for index in range(len(sheet.rows[first]) if sheet.rows else 0):
        words = list(dict.fromkeys(part[index] for part in parts if part[index] and not part[index].isdecimal()))
        header = "/".join(re.sub(r"\s+", "", one) for one in words)
        found = next((m for one in (words[-1:] or [""]) + words[::-1] + [header] if (m := meaning_of(one))), None)
        meaning, sure = found or (Meaning.KEPT, 0.0)
        if header or any(row[index] != "" for row in sheet.rows[last + 1 : last + 40]):
            columns.append(Column(index, header, meaning, sure))
    return _one_each(columns)


def _spread(sheet: Sheet, row: int) -> list[str]:
    """The words of a header row, those of a merged cell over all its columns."""
    words = [as_text(v) for v in sheet.rows[row]]
    for m in sheet.merges:
        if m.top <= row + sheet.top <= m.bottom:
            top = m.top - sheet.top
            if 0 <= top < len(sheet.rows) and 0 <= m.left - sheet.left < len(words):
                for column in range(m.left - sheet.left, min(m.right - sheet.left + 1, len(words))):
                    words[column] = words[column] or as_text(sheet.rows[top][m.left - sheet.left])
    return words


#: Meanings of which several columns may be taken together (two columns of measures, two owners).
_MANY = frozenset({Meaning.KEPT, Meaning.PERSON, Meaning.PHONE, Meaning.PROGRESS, Meaning.CO_OWNER, Meaning.OWNER})


def _one_each(columns: list[Column]) -> tuple[Column, ...]:
    """Where two columns claim one meaning, the surer (or first) has it and the other is kept as it stands."""
    holder: dict[Meaning, Column] = {}
    for column in columns:
        held = holder.get(column.meaning)
        if held is None or column.confidence > held.confidence:
            holder[column.meaning] = column
    return tuple(c if c.meaning in _MANY or holder[c.meaning] is c else replace(c, meaning=Meaning.KEPT, confidence=0.5) for c in columns)


def _by_content(table: Table) -> tuple[Column, ...]:
    """A first column without a name that counts the rows is the number."""
    if table.column(Meaning.NUMBER) or not table.columns:
        return table.columns
    first = table.columns[0]
    values = [as_text(row.values[first.index]) for row in table.rows[:50]]
    counting = [v for v in values if re.fullmatch(r"\d{1,4}|第?[一二三四五六七八九十]+项?", v)]
    if first.meaning is Meaning.KEPT and values and len(counting) * 2 >= len(values):
        return (replace(first, meaning=Meaning.NUMBER, confidence=GUESSED), *table.columns[1:])
    return table.columns


# The rows ---------------------------------------------------------------------------------------------------------------------------


def _body(sheet: Sheet, first: int) -> tuple[tuple[Row, ...], tuple[tuple[int, str], ...], tuple[str, ...]]:
    filled, wide = _fillings(sheet, first)
    rows: list[Row] = []
    captions: list[tuple[int, str]] = []
    nothing: Mapping[int, int] = {}
    for n in range(first, len(sheet.rows)):
        values = sheet.rows[n]
        number = n + sheet.top + 1
        if n in filled:
            changed = list(values)
            sources = {}
            for column, (source, value) in filled[n].items():
                changed[column] = value
                sources[column] = source + sheet.top + 1
            rows.append(Row(number, changed, sources))
        elif n in wide or _is_alone(values):
            if text := next((as_text(v) for v in values if v != ""), ""):
                captions.append((number, text))
        else:
            rows.append(Row(number, values, nothing))
    end = rows[-1].number if rows else 0
    notes = tuple(text for number, text in captions if number > end or _NOTE.match(text))
    between = tuple((number, text) for number, text in captions if number < end and not _NOTE.match(text))
    return tuple(rows), between, notes


def _is_alone(values: Sequence[Value]) -> bool:
    """A blank row, a row of one sentence, or one that begins like a note."""
    count = len(values) - values.count("")
    if count > 1:
        head = values[0] if values[0] != "" else values[1] if len(values) > 1 else ""
        return isinstance(head, str) and head[:1] in "注备说填审制合总小联单附" and _NOTE.match(head.strip()) is not None
    if count == 0:
        return True
    return any(v != "" for v in values[:2]) and len(values) > 2


#: Cells below the first of a merged range that are filled, in all; no ledger of 200,000 rows merges more.
_MOST_FILLED = 2_000_000


def _fillings(sheet: Sheet, first: int) -> tuple[dict[int, dict[int, tuple[int, Value]]], set[int]]:
    """Row → column → (row it comes from, value) for cells below the first of a range that is merged downwards; and the rows that one cell
    spans by half or more."""
    filled: dict[int, dict[int, tuple[int, Value]]] = {}
    wide: set[int] = set()
    count = 0
    for m in sheet.merges:
        top, left = m.top - sheet.top, m.left - sheet.left
        if top < first or top >= len(sheet.rows) or not 0 <= left < len(sheet.rows[top]):
            continue
        if (m.right - m.left + 1) * 2 > len(sheet.rows[top]) and m.right > m.left:
            wide.add(top)
            continue
        value = sheet.rows[top][left]
        count += min(m.bottom - sheet.top, len(sheet.rows)) - top
        if count > _MOST_FILLED:
            raise Unreadable(say("工作表“{sheet}”的合并单元格太多，请取消表格以外的合并再导入。", sheet=sheet.name))
        for n in range(top + 1, min(m.bottom - sheet.top + 1, len(sheet.rows))):
            filled.setdefault(n, {})[left] = (top, value)
    return filled, wide
