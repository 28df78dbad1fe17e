"""A ledger goes out in the columns it came in with, and comes back the same."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.ledger.sheets import HEADERS
from xiaohao.documents.ledger.table import as_text, table_in
from xiaohao.documents.ledger.tasks import tasks_in
from xiaohao.documents.ledger.workbook import read_workbook
from xiaohao.documents.ledger.write import write_ledger

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
RISKY = st.sampled_from(["=HYPERLINK(1)", "+8613800000000", "-1+2", "@SUM(A1)"])
ROWS = st.lists(st.tuples(*[st.one_of(WORDS, RISKY)] * 6), min_size=1, max_size=8)


@given(ROWS)
@settings(max_examples=50, deadline=None)
def test_what_is_written_is_read_back(rows: list[tuple[str, ...]]) -> None:
    numbered = [(str(n), *row) for n, row in enumerate(rows, 1)]
    table = table_in(read_workbook(write_ledger(HEADERS, numbered, title="青禾县整改台账"), "x.xlsx").sheets[0])
    assert table is not None
    assert [column.header for column in table.columns] == list(HEADERS)
    assert [[as_text(value) for value in row.values] for row in table.rows] == [list(row) for row in numbered]
    again = write_ledger(HEADERS, [values for task in tasks_in(table, year=2025) for values in task.values])
    second = table_in(read_workbook(again, "x.xlsx").sheets[0])
    assert second is not None
    assert [task.values for task in tasks_in(second, year=2025)] == [task.values for task in tasks_in(table, year=2025)]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    content = write_ledger(HEADERS, [("1", "=CMD()", "+1", "-1", "@x", "", "")])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in sheet[2][1:5]] == [
        ("=CMD()", "s", True), ("+1", "s", True), ("-1", "s", True), ("@x", "s", True),
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_control_characters_and_endless_cells_do_not_break_the_file() -> None:
    content = write_ledger(HEADERS, [("1", "甲\x00乙\x0b\ud800", "字" * 40_000, "", "", "", "")])
    (sheet,) = read_workbook(content, "x.xlsx").sheets
    assert (sheet.rows[1][1], len(str(sheet.rows[1][2]))) == ("甲乙", 32_767)


def test_the_same_rows_are_the_same_columns_with_a_title_above() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_ledger(HEADERS, [("1",) * 7], title="台账"))).worksheets[0]
    assert (sheet["A1"].value, [cell.value for cell in sheet[2]], sheet.freeze_panes) == ("台账", list(HEADERS), "B3")
