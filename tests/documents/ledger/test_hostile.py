"""Hostile and broken files give rows or one Chinese sentence, never a traceback and never the machine's memory."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.ledger.sheets import HEADERS, book, old_xls, plain
from xiaohao.documents.ledger import package
from xiaohao.documents.ledger.table import table_in
from xiaohao.documents.ledger.tasks import tasks_in
from xiaohao.documents.ledger.workbook import MOST_COLUMNS, read_workbook
from xiaohao.documents.text import Unreadable

ROW = ("1", "渣土露天堆放", "覆盖到位", "覆盖", "县住建局", "2025年6月底前", "已完成")
GOOD = plain(ROW)


def _with(part: str, change: tuple[bytes, bytes] | bytes, content: bytes = GOOD) -> bytes:
    """The workbook with one part replaced, or a piece of it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                data = change if isinstance(change, bytes) else data.replace(*change)
            new.writestr(name, data)
        if part not in old.namelist():
            assert isinstance(change, bytes)
            new.writestr(part, change)
    return held.getvalue()


def _refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as wrong:
        read_workbook(content, "台账.xlsx")
    return str(wrong.value.said)


SHEET = "xl/worksheets/sheet1.xml"


def test_a_bomb_is_refused_before_it_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 1_000_000)
    assert _refused(_with("xl/media/bomb.bin", bytes(2_000_000))) == "表格解开后过大：台账.xlsx。请拆成几份再导入。"


@pytest.mark.parametrize(
    "reference",
    [b'r="XFD1048576"', b"r='XFD1048576'", b'r = "XFD1048576"', b'r="CA900000"'],
    ids=["plain", "single", "spaced", "two letters"],
)
def test_two_cells_in_opposite_corners_are_refused(reference: bytes) -> None:
    far = b'<row r="1048576"><c ' + reference + b' t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    assert "铺得太开" in _refused(_with(SHEET, (b"</sheetData>", far)))


def test_a_sheet_of_16384_columns_is_read_and_says_what_it_left_out() -> None:
    def draw(sheet: object) -> None:
        sheet.write_row(0, 0, HEADERS)  # type: ignore[attr-defined]
        sheet.write_row(1, 0, ROW)  # type: ignore[attr-defined]
        sheet.write_row(1, 7, ["甲"] * 16_377)  # type: ignore[attr-defined]

    sheet = read_workbook(book(draw), "宽.xlsx").sheets[0]
    assert sheet.cut == 16_384 - MOST_COLUMNS
    table = table_in(sheet)
    assert table is not None
    assert [task.problem for task in tasks_in(table, year=2025)] == ["渣土露天堆放"]


def test_macros_are_not_looked_at() -> None:
    content = _with("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen")
    assert read_workbook(content, "宏.xlsm").sheets[0].rows[1][1] == "渣土露天堆放"


def test_a_formula_is_read_as_the_value_that_was_saved_with_it() -> None:
    def draw(sheet: object) -> None:
        sheet.write_row(0, 0, HEADERS)  # type: ignore[attr-defined]
        sheet.write_formula(1, 0, "=CMD()", value=7)  # type: ignore[attr-defined]

    assert read_workbook(book(draw), "x.xlsx").sheets[0].rows[1][0] == 7


def test_a_password_is_named() -> None:
    assert "密码" in _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))


def test_outside_entities_are_not_fetched() -> None:
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
    content = _with(SHEET, (b"<worksheet", doctype))
    try:
        rows = read_workbook(content, "x.xlsx").sheets[0].rows
    except Unreadable:
        return
    assert "root:" not in str(rows)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "空的"),
        (b"PK\x03\x04 not a zip", "已损坏"),
        (GOOD[: len(GOOD) // 2], "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "已损坏"),
        (bytes(range(256)) * 20, "不是表格文件"),
        (b"<html><table></table></html>", "不是表格文件"),
        (_with("xl/workbook.xml", b"<broken"), "已损坏"),
        (_with(SHEET, b"<worksheet><sheetData><row"), "已损坏"),
    ],
    ids=["empty", "no zip", "half", "no ole", "bytes", "html", "broken workbook", "broken sheet"],
)
def test_a_broken_file_is_named(content: bytes, what: str) -> None:
    assert what in _refused(content)


def test_a_word_file_is_called_one() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("word/document.xml", "<w:document/>")
    assert "Word" in _refused(held.getvalue())


def test_too_many_merged_cells_are_refused() -> None:
    many = b"".join(b'<mergeCell ref="A%d:A150000"/>' % n for n in range(3, 40))
    last = b'<row r="150000"><c r="A150000"><v>1</v></c></row></sheetData><mergeCells>' + many + b"</mergeCells>"
    sheet = read_workbook(_with(SHEET, (b"</sheetData>", last)), "x.xlsx").sheets[0]
    with pytest.raises(Unreadable):
        table_in(sheet)


@pytest.mark.parametrize("content", [GOOD, old_xls(ROW)], ids=["xlsx", "xls"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_file_with_bytes_changed_gives_rows_or_a_sentence(content: bytes, data: st.DataObject) -> None:
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        book = read_workbook(bytes(changed), "台账.xlsx")
        for sheet in book.sheets:
            if table := table_in(sheet):
                tasks_in(table, year=2025)
    except Unreadable as wrong:
        assert re.search(r"[一-鿿].*。", str(wrong.said))  # noqa: PT017


@pytest.mark.parametrize(
    "cell",
    [b'<c s="1" r="XFD1048576"/>', b'<c\nr="XFD1048576"/>', b'<x:c xmlns:x="u" r="XFD1048576"/>'],
    ids=["second", "newline", "prefix"],
)
def test_a_far_cell_is_found_however_it_is_spelled(cell: bytes) -> None:
    assert "铺得太开" in _refused(_with(SHEET, (b"</sheetData>", b'<row r="1048576">' + cell + b"</row></sheetData>")))
