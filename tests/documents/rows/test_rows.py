"""Rows out of offices' own sheets: titles above, merged cells, dates in words, petitioners' columns dropped, doubts by cell."""

from __future__ import annotations

from datetime import date

import pytest
from xlsxwriter.worksheet import Worksheet

from tests.documents.ledger.sheets import book
from xiaohao.documents.rows.petitions import petitions_in
from xiaohao.documents.rows.registers import register_rows_in
from xiaohao.documents.rows.values import count_of, day_of
from xiaohao.documents.text import Unreadable


def write(sheet: Worksheet, *rows: tuple[object, ...], first: int = 0) -> None:
    for at, row in enumerate(rows, first):
        for column, value in enumerate(row):
            sheet.write(at, column, value.isoformat() if isinstance(value, date) else value)


def petitions() -> bytes:
    def draw(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 9, "青禾县边督边改转办件办理情况一览表")
        write(
            sheet,
            ("序号", "受理编号", "批次", "举报人", "联系电话", "交办问题\n基本情况", "行政区域", "污染类型", "是否属实", "是否办结"),
            (1, "D3SX202505280018", "第三批", "贺兰亭", "13900001234", "石桥河水发黑", "青柳镇", "水、大气", "属实", "已办结"),
            (2, "*X3SX202506010011", 3, "匿名", "", "夜间噪音", "青柳镇", "噪音", "部分属实", "阶段性办结"),
            (3, "2025-77", "", "", "", "扬尘", "青柳镇", "扬尘", "大概吧", ""),
            ("合计", "", "", "", "", "", "", "", "", ""),
            first=1,
        )

    return book(draw)


def test_petitions_are_read_in_the_words_of_the_table() -> None:
    rows, found = petitions_in(petitions(), "转办件.xlsx")
    first, second, third = rows
    assert (first.number, first.batch, first.received, first.text) == ("D3SX202505280018", 3, "2025-05-28", "石桥河水发黑")
    assert (first.pollution, first.truth, first.status, first.wrong) == (("水", "大气"), "true", "done", ())
    assert (second.batch, second.received, second.truth, second.status) == (3, "2025-06-01", "partly_true", "stage_done")
    assert [field for field, _words in third.wrong] == ["received", "truth"]
    assert third.row.number == 5
    assert found.unread == ("序号",)


def test_columns_about_the_petitioner_are_not_read_at_all() -> None:
    rows, found = petitions_in(petitions(), "转办件.xlsx")
    assert found.dropped == ("举报人", "联系电话")
    assert "贺兰亭" not in str(rows)
    assert "13900001234" not in str(rows)


def test_a_register_of_meetings_with_merged_dates_and_dates_in_words() -> None:
    def draw(sheet: Worksheet) -> None:
        write(sheet, ("会议台账",), ("会议时间", "会议名称", "参会人员", "纪要文号", "措施序号"))
        write(sheet, ("2025年5月14日", "专题会", "李岚、王某", "青政纪〔2025〕12号", "1、3"), ("", "调度会", "", "", ""), first=2)
        sheet.merge_range(2, 0, 3, 0, "2025年5月14日")
        write(sheet, ("下周", "说不清的会"), first=4)

    rows, _found = register_rows_in(book(draw), "会议.xlsx")
    assert [(row.date, row.title, row.people, row.measures) for row in rows[:2]] == [
        ("2025-05-14", "专题会", ("李岚", "王某"), ("1", "3")),
        ("2025-05-14", "调度会", (), ()),
    ]
    assert [field for field, _words in rows[2].wrong] == ["date"]


def test_a_csv_is_read_the_same() -> None:
    rows, _found = register_rows_in("日期,事由,金额\n2025/5/14,罚款一起,2万元\n2025-05-15,罚款,若干\n".encode("gb18030"), "处罚.csv")
    assert (rows[0].date, rows[0].money) == ("2025-05-14", 20000.0)
    assert [field for field, _words in rows[1].wrong] == ["money"]


def test_a_sheet_without_the_columns_says_which_are_needed() -> None:
    with pytest.raises(Unreadable, match="受理编号、反映问题"):
        petitions_in("甲,乙\n1,2\n".encode(), "表.csv")


@pytest.mark.parametrize(
    ("words", "day"),
    [("2025/6/5", "2025-06-05"), ("2025.06", "2025-06"), ("2025年6月5日", "2025-06-05"), ("2025-13-01", None), ("下周", None), ("", None)],
)
def test_days(words: str, day: str | None) -> None:
    assert day_of(words) == day


def test_batches() -> None:
    assert [count_of(words) for words in ("3", "第12批", "第三批", "无")] == [3, 12, 3, None]
