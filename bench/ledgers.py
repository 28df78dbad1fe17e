"""Ledgers of 50,000 rows × 12 columns: reading beside openpyxl (read_only) and calamine alone, writing beside xlsxwriter alone.

    .venv/bin/python -m bench.ledgers [--quick]

Runs are interleaved in one process; figures are CPU seconds (a shared machine stretches only the clock). One JSON line for each.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from collections.abc import Callable, Iterator

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from xiaohao.documents.ledger.columns import Meaning
from xiaohao.documents.ledger.table import table_in
from xiaohao.documents.ledger.tasks import tasks_in
from xiaohao.documents.ledger.workbook import read_workbook
from xiaohao.documents.ledger.write import write_ledger

HEADERS = [
    "序号",
    "反馈问题",
    "整改目标",
    "整改措施",
    "责任单位",
    "牵头单位",
    "督导单位",
    "责任人",
    "联系电话",
    "整改时限",
    "完成情况",
    "备注",
]


def rows_of(count: int) -> Iterator[list[str]]:
    """Rows as a county writes them; every third one repeats nothing, dates are words."""
    for n in range(1, count + 1):
        yield [
            str(n), f"青禾县第{n}处入河排污口雨污混流，汛期溢流进入青禾河，影响断面水质", f"{n % 12 + 1}月底前消除溢流，断面稳定达到Ⅲ类",
            f"1.排查{n % 90 + 3}公里管网；2.改造混接点{n % 40 + 1}处；3.建立巡查制度", "青禾县住建局、青禾镇人民政府", "青禾县整改办", "市生态环境局",
            f"李{n % 97}", f"0953-{n % 10000000:07}", f"{2025 + n % 2}年{n % 12 + 1}月底前", f"已排查{n % 90}公里，正在推进", "",
        ]  # fmt: skip


def by_openpyxl(content: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for row in book.worksheets[0].iter_rows(values_only=True) if row)


def by_calamine(content: bytes) -> int:
    return len(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())


def by_us_rows(content: bytes) -> int:
    table = table_in(read_workbook(content, "ledger.xlsx").sheets[0])
    return len(table.rows) if table else 0


def by_us(content: bytes) -> int:
    table = table_in(read_workbook(content, "ledger.xlsx").sheets[0])
    return len(tasks_in(table, year=2025)) if table else 0


def written_by_xlsxwriter(rows: list[list[str]]) -> int:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"constant_memory": True})
    page = book.add_worksheet()
    plain = book.add_format({"border": 1, "text_wrap": True})
    for number, row in enumerate([HEADERS, *rows]):
        for column, value in enumerate(row):
            page.write_string(number, column, value, plain)
    book.close()
    return len(held.getvalue())


def written_by_us(rows: list[list[str]]) -> int:
    return len(write_ledger(HEADERS, rows, title="青禾县整改措施清单", meanings=[Meaning.KEPT] * 12))


def wide_sheet() -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADERS)
    for row in range(1, 6):
        for column in range(16_384):
            page.write_string(row, column, "甲")
    book.close()
    return held.getvalue()


def seconds(of: Callable[[], object]) -> float:
    begun = time.process_time()
    of()
    return time.process_time() - begun


def compare(rounds: int, **runs: Callable[[], object]) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            took[name].append(seconds(run))
    return {name: statistics.median(values) for name, values in took.items()}


def tell(figure: str, took: dict[str, float], **ratios: float) -> None:
    print(
        json.dumps(
            {"figure": figure, **{name: round(value, 3) for name, value in took.items()}, **{n: round(r, 2) for n, r in ratios.items()}},
            ensure_ascii=False,
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    count, rounds = (5_000, 3) if quick else (50_000, 3)
    rows = list(rows_of(count))
    content = write_ledger(HEADERS, rows, title="青禾县整改措施清单")
    assert by_us(content) == by_us_rows(content) == count
    took = compare(
        rounds,
        rows_merged=lambda: by_us_rows(content),
        tasks=lambda: by_us(content),
        calamine=lambda: by_calamine(content),
        openpyxl=lambda: by_openpyxl(content),
    )
    tell(
        f"read {count} rows x 12",
        took,
        openpyxl_over_tasks=took["openpyxl"] / took["tasks"],
        tasks_over_calamine=took["tasks"] / took["calamine"],
        rows_over_calamine=took["rows_merged"] / took["calamine"],
    )
    took = compare(rounds, ours=lambda: written_by_us(rows), xlsxwriter=lambda: written_by_xlsxwriter(rows))
    tell(f"write {count} rows x 12", took, ours_over_xlsxwriter=took["ours"] / took["xlsxwriter"])
    wide = wide_sheet()
    tell("read 16,384 columns", compare(rounds, ours=lambda: by_us_rows(wide)))


if __name__ == "__main__":
    main()
