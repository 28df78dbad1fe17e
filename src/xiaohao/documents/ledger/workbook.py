"""Bytes to sheets: cells as the file holds them, with the ranges that are merged and the sheets that are hidden.

Told apart by content, not by name. Limits are counted before anything is unpacked into memory: a sheet that would fill the machine, a bomb, a
password, a broken zip give one sentence (Unreadable) and nothing else. Macros are never looked at.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from xiaohao.documents.ledger.package import NotASheet, require_harmless
from xiaohao.documents.text import Unreadable, decode
from xiaohao.kernel.said import say

#: What a cell may hold; an empty one is "".
Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta

#: Bytes of a file: 50,000 rows of 12 columns of running text are some 10 MB.
LARGEST_BYTES = 50 * 1024 * 1024
#: Rows of one sheet that are taken in; a province's petitions of a round are some 50,000.
MOST_ROWS = 200_000
#: Columns that are looked at. Wide sheets are read, what lies beyond is left out and said.
MOST_COLUMNS = 256

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns from 0 and counted as in the sheet, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` of cells of equal length; the first cell is row `top` and column `left` of the sheet, both from 0. `cut` says how many columns lie beyond."""

    name: str
    rows: Sequence[Sequence[Value]]
    top: int = 0
    left: int = 0
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file in their order, hidden ones included; `media` is xlsx, xls or csv."""

    sheets: tuple[Sheet, ...]
    media: str


def read_workbook(content: bytes, name: str) -> Workbook:
    """The sheets of a file. Raises Unreadable with one Chinese sentence."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(say("文件是空的：{name}。请核对后重新提供。", name=name))
    if len(content) > LARGEST_BYTES:
        raise Unreadable(say("文件过大：{name}，超过 {limit} MB。请拆成几份再导入。", name=name, limit=LARGEST_BYTES // (1024 * 1024)))
    if content.startswith(b"PK"):
        return Workbook(_sheets(content, name, require_harmless(content, name)), "xlsx")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _locked(name)
        return Workbook(_sheets(content, name, None), "xls")
    return Workbook((_csv_sheet(content, name),), "csv")


def _sheets(content: bytes, name: str, known: frozenset[str] | None) -> tuple[Sheet, ...]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = tuple(
            _sheet(book.get_sheet_by_name(meta.name), name, meta.visible is not SheetVisibleEnum.Visible)
            for meta in book.sheets_metadata
            if meta.typ is SheetTypeEnum.WorkSheet
        )
    except PasswordError:
        raise _locked(name) from None
    except (CalamineError, OSError, ValueError) as wrong:
        raise Unreadable(say("表格文件已损坏，读不出来：{name}。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。", name=name)) from wrong
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(say("表格里没有内容：{name}。", name=name))
    return sheets


def _sheet(sheet: CalamineSheet, name: str, hidden: bool) -> Sheet:
    if sheet.start is None:
        return Sheet(sheet.name, (), hidden=hidden)
    if sheet.height > MOST_ROWS:
        raise Unreadable(say("工作表“{sheet}”超过 {limit} 行：{name}。请拆成几份再导入。", sheet=sheet.name, limit=MOST_ROWS, name=name))
    top, left = sheet.start
    merges = tuple(Merge(a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    rows: Sequence[Sequence[Value]] = sheet.to_python()
    cut = max(0, sheet.width - MOST_COLUMNS)
    if cut:
        rows = [row[:MOST_COLUMNS] for row in rows]
    return Sheet(sheet.name, rows, top, left, merges, hidden, cut)


def _csv_sheet(content: bytes, name: str) -> Sheet:
    try:
        text, _ = decode(content, name)
    except Unreadable as wrong:
        raise _no_table(name) from wrong
    head = text[:20_000].lstrip("\ufeff").lower()
    if head.lstrip().startswith(("<!doctype", "<html", "<?xml", "%pdf")) or "\x00" in head:
        raise _no_table(name)
    mark = max(",\t;，", key=lambda mark: head.count(mark))
    if _is_running_text(head, mark):
        raise _no_table(name)
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark))
    except csv.Error as wrong:
        raise Unreadable(say("CSV 文件读不出来：{name}。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。", name=name)) from wrong
    if len(rows) > MOST_ROWS:
        raise Unreadable(say("工作表“{sheet}”超过 {limit} 行：{name}。请拆成几份再导入。", sheet=name, limit=MOST_ROWS, name=name))
    width = max(map(len, rows), default=0)
    kept = min(width, MOST_COLUMNS)
    return Sheet("CSV", [(row + [""] * (kept - len(row)))[:kept] for row in rows], cut=width - kept)


def _is_running_text(head: str, mark: str) -> bool:
    """Most lines of a sheet hold its mark; those of a plan hold a colon behind a label."""
    lines = [line for line in head.split("\n") if line.strip()][:200]
    marked = sum(1 for line in lines if mark in line)
    labelled = sum(1 for line in lines if "：" in line[:12])
    return labelled >= 3 and labelled * 5 > len(lines) and (mark == "，" or marked * 2 < len(lines))


def _no_table(name: str) -> NotASheet:
    return NotASheet(say("不是表格文件：{name}。可以导入 .xlsx、.xls 和 .csv。", name=name))


def _locked(name: str) -> Unreadable:
    return Unreadable(say("文件加了密码：{name}。请去掉密码后重新提供。", name=name))


def cell_name(row: int, column: int) -> str:
    """F12 for row 11, column 5 (both from 0)."""
    return f"{column_name(column)}{row + 1}"


@lru_cache(maxsize=512)
def column_name(column: int) -> str:
    """F for column 5 (from 0)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
