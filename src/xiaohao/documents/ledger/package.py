"""What is looked at in an .xlsx before it is opened: how large it unpacks, and how large a grid its cells would span.

A grid is made for the rectangle from the first cell to the last, so two cells in opposite corners would ask for 17 billion: that is counted here.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from xiaohao.documents.text import Unreadable
from xiaohao.kernel.said import say

#: Bytes of all parts and of one sheet, unpacked; counted while unpacking, since the sizes written in a zip may be false.
#: 200,000 rows of 12 columns are some 120 MB of XML.
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_PARTS = 5_000
#: Cells of the rectangle of one sheet: 200,000 rows of 100 columns. A cell takes 32 bytes while it is read.
MOST_CELLS = 20_000_000
_CHUNK = 1024 * 1024

#: Places beyond column CZ or row 99,999; without any, a sheet has at most 104 × 99,999 cells.
_FAR = re.compile(rb""" r=["'](?:[A-Za-z]{3}|[D-Zd-z][A-Za-z]|[A-Za-z]{0,2}\d{6})""")
_PLACES = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})["']""")
#: Beginnings of a cell's tag. Where one is followed by something else than its place, or carries a prefix, every place is looked at.
_CELLS = (b"<c ", b"<c\t", b"<c\n", b"<c\r")


class NotASheet(Unreadable):
    """The file is whole, but no sheet: a Word file, a web page, running text."""


def require_harmless(content: bytes, name: str) -> frozenset[str]:
    """The names of the parts. Raises Unreadable for a broken zip, a bomb, a password, another kind of zip, or a sheet too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS:
                raise _too_large(name)
            _require_a_workbook(package, name)
            left = LARGEST_UNPACKED
            for part in parts:
                if part.flag_bits & 1:
                    raise Unreadable(say("文件加了密码：{name}。请去掉密码后重新提供。", name=name))
                left = _counted(package, part, left, name)
            return frozenset(part.filename for part in parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError, ValueError) as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable(say("表格文件已损坏，读不出来：{name}。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。", name=name)) from wrong


def _require_a_workbook(package: zipfile.ZipFile, name: str) -> None:
    names = package.namelist()
    if any(one.lower().endswith("xl/workbook.xml") for one in names):
        return
    if "word/document.xml" in names:
        raise NotASheet(say("这是 Word 文件，不是表格：{name}。里面也没有认出整改任务。", name=name))
    raise NotASheet(say("不是表格文件：{name}。可以导入 .xlsx、.xls 和 .csv。", name=name))


def _counted(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, name: str) -> int:
    is_sheet = "worksheets/" in part.filename.lower() and part.filename.lower().endswith(".xml")
    held: list[bytes] = []
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _too_large(name)
            if is_sheet:
                held.append(chunk)
    if is_sheet:
        _require_a_fair_grid(b"".join(held), part.filename.rpartition("/")[2], name)
    return left


def _require_a_fair_grid(xml: bytes, sheet: str, name: str) -> None:
    as_usual = xml.count(b'<c r="') == sum(map(xml.count, _CELLS)) and b":c " not in xml
    if as_usual and not _FAR.search(xml):
        return
    rows, columns = 1, 1
    for found in _PLACES.finditer(xml):
        rows = max(rows, int(found[2]))
        if found[1]:
            columns = max(columns, _column(found[1]))
    if rows * columns > MOST_CELLS:
        raise Unreadable(
            say(
                "{sheet} 的单元格铺得太开（{rows} 行 × {columns} 列）：{name}。请删去表格以外的单元格再导入。",
                sheet=sheet,
                rows=rows,
                columns=columns,
                name=name,
            )
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> Unreadable:
    return Unreadable(say("表格解开后过大：{name}。请拆成几份再导入。", name=name))
