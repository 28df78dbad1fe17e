"""Sheets as offices make them, built here: merged cells, two header rows, a title, notes, dates of every kind."""

from __future__ import annotations

import io
from collections.abc import Callable

import xlsxwriter
import xlwt
from xlsxwriter.worksheet import Worksheet

HEADERS = ("序号", "反馈问题", "整改目标", "整改措施", "责任单位", "整改时限", "完成情况")


def book(draw: Callable[[Worksheet], None], name: str = "清单") -> bytes:
    """An .xlsx with one sheet, drawn by `draw`."""
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True})
    draw(made.add_worksheet(name))
    made.close()
    return held.getvalue()


def plain(*rows: tuple[object, ...], headers: tuple[str, ...] = HEADERS) -> bytes:
    """Headers in the first row, then these rows."""

    def draw(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, headers)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)

    return book(draw)


def county() -> bytes:
    """A county's ledger as found: title, reporting unit, header of two rows, one task over three merged rows, a caption between, one cell
    with many measures, a month that does not exist, a row without a number, a note below, and a hidden sheet."""
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = made.add_worksheet("清单")
    sheet.merge_range("A1:H1", "青禾县督察反馈问题整改措施清单")
    sheet.write("A2", "填报单位：青禾县整改办")
    for column, header in enumerate(("序号", "反馈问题", "整改目标", "整改措施")):
        sheet.merge_range(2, column, 3, column, header)
    sheet.merge_range("E3:F3", "单位")
    sheet.write_row("E4", ("责任单位", "督导单位"))
    sheet.merge_range("G3:G4", "整改时限")
    sheet.merge_range("H3:H4", "完成情况")
    for column, words in (("A", 7), ("B", "污水直排青禾河"), ("C", "消除直排")):
        sheet.merge_range(f"{column}5:{column}7", words)
    for row, (measure, due) in enumerate(
        (("封堵6处直排口", "2025年6月底前"), ("新建截污干管8.4公里", "2025.9.30"), ("污水厂扩容", 45960)), 5
    ):
        sheet.write_row(f"D{row}", (measure, "县住建局", "", due, "已完成"))
    sheet.merge_range("A8:H8", "（二）固体废物方面")
    sheet.write_row("A9", ("八", "垃圾堆放点未清理", "一是清理；二是管住", "1.清理3处垃圾堆放点；2.建立日巡查；3.公示投诉电话"))
    sheet.write_row("E9", ("县城管局、青禾镇人民政府", "县生态环境局", "13月底前", "推进中"))
    sheet.write_row("A11", ("", "散乱污企业", "", "散乱污企业清零", "县工信局", "", "2025年底", "已完成"))
    sheet.write_row("A12", (9, "畜禽粪污", "综合利用率达到85%", "配套设施", "县农业农村局", "", "长期坚持", "83%"))
    sheet.write("A13", "注：本表一式两份")
    made.add_worksheet("旧表").hide()
    made.close()
    return held.getvalue()


def old_xls(*rows: tuple[object, ...]) -> bytes:
    """The same plain ledger as a file of Excel 97."""
    held = io.BytesIO()
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("清单")
    for number, row in enumerate((HEADERS, *rows)):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    sheet.write_merge(len(rows) + 1, len(rows) + 1, 0, len(HEADERS) - 1, "注：本表一式两份")
    made.save(held)
    return held.getvalue()
