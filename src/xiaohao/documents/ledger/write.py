"""A ledger written as .xlsx, row after row in constant memory: the same columns as it came in, or the usual ones.

Text stays text: a cell that begins with = + - @ is written as a string with its quote prefix, so that no program takes it for a formula
(the way in which a sheet could otherwise run something on the reader's machine).
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xiaohao.documents.ledger.columns import Meaning

#: Characters of one cell that Excel opens.
LONGEST_CELL = 32_767
#: Width of a column in characters, by what it holds.
_WIDTHS = {
    Meaning.NUMBER: 8,
    Meaning.PROBLEM: 40,
    Meaning.GOAL: 30,
    Meaning.MEASURE: 44,
    Meaning.PROGRESS: 40,
    Meaning.DUE: 16,
    Meaning.OWNER: 20,
}
_WIDTH = 14
#: What a program could take for a formula or a command (OWASP, "CSV Injection").
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment at a cell: `row` counts the rows below the header from 0, `column` the columns."""

    row: int
    column: int
    text: str


def write_ledger(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    sheet: str = "台账",
    meanings: Sequence[Meaning] = (),
    comments: Sequence[Comment] = (),
) -> bytes:
    """The .xlsx of these rows: a title over the whole width, one header row that stays in sight, thin lines, wrapped text, A4 across."""
    import xlsxwriter  # late: most pages write no sheet

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(_sheet_name(sheet))
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "宋体", "font_size": 10})
    quoted = book.add_format(
        {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "宋体", "font_size": 10, "quote_prefix": True}
    )
    heading = book.add_format(
        {
            "border": 1,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
            "font_name": "黑体",
            "font_size": 10,
            "bg_color": "#EDF1F3",
        }
    )
    above = book.add_format({"font_name": "方正小标宋简体", "font_size": 16, "align": "center", "valign": "vcenter"})
    for column in range(len(headers)):
        page.set_column(column, column, _WIDTHS.get(meanings[column], _WIDTH) if column < len(meanings) else _WIDTH)
    first = 0
    if title:
        page.set_row(0, 30)
        if len(headers) > 1:
            page.merge_range(0, 0, 0, len(headers) - 1, title, above)
        else:
            page.write_string(0, 0, title, above)
        first = 1
    for column, header in enumerate(headers):
        page.write_string(first, column, _cell(header), heading)
    said: dict[int, dict[int, list[str]]] = {}
    for comment in comments:
        said.setdefault(first + 1 + comment.row, {}).setdefault(comment.column, []).append(comment.text)
    write = page.write_string
    for number, row in enumerate(rows, first + 1):
        for column, value in enumerate(row):
            text = _cell(value)
            if text:
                write(number, column, text, quoted if text.startswith(_RISKY) else plain)
            else:
                page.write_blank(number, column, None, plain)
        for column, texts in said.get(number, {}).items():  # with its row: a row that is out of memory takes no comment any more
            page.write_comment(number, column, "\n".join(texts), {"author": "销号", "x_scale": 2})
    page.freeze_panes(first + 1, 1)
    page.set_landscape()
    page.set_paper(9)  # A4 (ECMA-376 part 1, 18.3.1.63)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, first)
    book.close()
    return held.getvalue()


def harmless(value: str) -> str:
    """The words as a cell of a .csv: with a quotation mark before what a program could take for a formula, in full width too."""
    return f"'{value}" if unicodedata.normalize("NFKC", value[:1]).startswith(_RISKY) else value


def _cell(value: str) -> str:
    """The words as a cell can hold them: no control characters but line ends, not longer than a cell."""
    if not value.isprintable():
        value = "".join(sign for sign in value if sign == "\n" or sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
    return value[:LONGEST_CELL]


def _sheet_name(name: str) -> str:
    """At most 31 characters, none of those that Excel refuses."""
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\'" and sign.isprintable())[:31]
    return plain or "台账"
