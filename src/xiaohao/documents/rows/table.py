"""Where the rows of a register lie in a workbook, and which column is which: known names are found, columns that say who complained are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xiaohao.documents.ledger.table import as_text
from xiaohao.documents.ledger.workbook import Sheet, read_workbook
from xiaohao.documents.text import Unreadable
from xiaohao.evidence.petitioner import says_who
from xiaohao.kernel.said import say

#: Rows above the table that hold its title and who filled it in.
_MOST_ABOVE = 15
#: A row with so many known names of columns is the header.
_LEAST_KNOWN = 2
_NOISE = re.compile(r"[\s（(【\[].*?[）)】\]]|[\s:：*＊、/]+")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row: where it stands (sheet and number as the sheet counts), and its cells by field, empty ones left out."""

    sheet: str
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FoundRows:
    """`columns` are (header, the usual name of what it was taken for), `unread` headers that mean nothing here, `dropped` those that say who complained,
    `hidden` the names of hidden sheets, which are left out."""

    rows: tuple[FoundRow, ...]
    columns: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    dropped: tuple[str, ...]
    hidden: tuple[str, ...]


def rows_in(
    content: bytes, name: str, fields: Mapping[str, tuple[str, ...]], *, needed: Iterable[str], personal: bool = False
) -> FoundRows:
    """The rows of every visible sheet under a header with the `needed` fields. `fields` has the names that offices use for each field; `personal`
    sheets are about complaints, so their columns about the petitioner are dropped. Raises Unreadable with a sentence."""
    held = FoundRows((), (), (), (), ())
    wanted = tuple(needed)
    for sheet in read_workbook(content, name).sheets:
        if sheet.hidden:
            held = FoundRows(held.rows, held.columns, held.unread, held.dropped, (*held.hidden, sheet.name))
        elif found := _of_sheet(sheet, fields, wanted, personal):
            held = FoundRows((*held.rows, *found.rows), held.columns or found.columns, held.unread or found.unread, held.dropped or found.dropped, held.hidden)  # fmt: skip
    if not held.rows:
        names = "、".join(fields[field][0] for field in wanted)
        raise Unreadable(say("没有找到表头。表里要有这些列：{names}。", names=names))
    return held


def _of_sheet(sheet: Sheet, fields: Mapping[str, tuple[str, ...]], needed: tuple[str, ...], personal: bool) -> FoundRows | None:
    by_name = {name: field for field, names in fields.items() for name in names}
    for at, row in enumerate(sheet.rows[:_MOST_ABOVE]):
        headers = [as_text(cell).replace("\n", "") for cell in row]
        told = _columns(headers, by_name, personal)
        if len(told) >= _LEAST_KNOWN and set(needed) <= set(told.values()):
            dropped = tuple(header for header in headers if personal and says_who(header) and header not in _known(headers, told))
            unread = tuple(header for n, header in enumerate(headers) if header and n not in told and header not in dropped)
            columns = tuple((headers[n], fields[field][0]) for n, field in sorted(told.items()))
            return FoundRows(tuple(_rows(sheet, at + 1, told, needed)), columns, unread, dropped, ())
    return None


def _columns(headers: list[str], by_name: Mapping[str, str], personal: bool) -> dict[int, str]:
    """Column → field; the first column of a meaning has it."""
    told: dict[int, str] = {}
    for n, header in enumerate(headers):
        field = by_name.get(_NOISE.sub("", header)) or by_name.get(header)
        if field and field not in told.values() and not (personal and says_who(header)):
            told[n] = field
    return told


def _known(headers: list[str], told: Mapping[int, str]) -> set[str]:
    return {headers[n] for n in told}


def _rows(sheet: Sheet, first: int, told: Mapping[int, str], needed: tuple[str, ...]) -> Iterator[FoundRow]:
    """Rows below the header that say something in a needed column; cells merged downwards speak for every row of their range."""
    filled = _merged(sheet, first)
    for at in range(first, len(sheet.rows)):
        cells = {}
        for n, field in told.items():
            value = sheet.rows[at][n] if n < len(sheet.rows[at]) else ""
            if words := as_text(value if value != "" else filled.get((at, n), "")):
                cells[field] = words
        if any(field in cells for field in needed) and len(cells) > 1:
            yield FoundRow(sheet.name, sheet.top + at + 1, cells)


def _merged(sheet: Sheet, first: int) -> dict[tuple[int, int], str]:
    filled = {}
    for merge in sheet.merges:
        top, left, bottom = merge.top - sheet.top, merge.left - sheet.left, merge.bottom - sheet.top
        if merge.left == merge.right and first <= top < len(sheet.rows) and 0 <= left < len(sheet.rows[top]):
            words = as_text(sheet.rows[top][left])
            filled.update({(at, left): words for at in range(top + 1, min(bottom + 1, len(sheet.rows)))})
    return filled
