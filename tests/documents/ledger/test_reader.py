"""Ledgers are read as they are; what is wrong is named by its cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.ledger.sheets import HEADERS, county, old_xls, plain
from xiaohao.documents.ledger.columns import Meaning, meaning_of
from xiaohao.documents.ledger.deadline import deadline_of
from xiaohao.documents.ledger.table import Table, table_in, with_meanings
from xiaohao.documents.ledger.tasks import LedgerTask, tasks_in
from xiaohao.documents.ledger.workbook import cell_name, read_workbook

ROWS = (
    ("1", "渣土露天堆放", "覆盖到位", "1.覆盖；2.清运", "县住建局", "2025年6月底前", "已完成"),
    ("2", "管网混接", "改造到位", "改造", "县水务局", "立行立改", ""),
)


def _table(content: bytes, name: str = "台账.xlsx") -> Table:
    table = table_in(read_workbook(content, name).sheets[0])
    assert table is not None
    return table


def _tasks(content: bytes, **more: object) -> dict[str, LedgerTask]:
    return {task.number: task for task in tasks_in(_table(content), year=2025, **more)}


def test_a_county_s_ledger_is_read_whole() -> None:
    table = _table(county())
    assert table.titles == ("青禾县督察反馈问题整改措施清单", "填报单位：青禾县整改办")
    assert table.captions == ((8, "（二）固体废物方面"),)
    assert table.notes == ("注：本表一式两份",)
    assert [column.meaning for column in table.columns] == [
        Meaning.NUMBER, Meaning.PROBLEM, Meaning.GOAL, Meaning.MEASURE, Meaning.OWNER, Meaning.SUPERVISOR, Meaning.DUE, Meaning.PROGRESS,
    ]  # fmt: skip
    assert [sheet.hidden for sheet in read_workbook(county(), "x").sheets] == [False, True]


def test_rows_of_a_merged_task_are_its_measures_each_with_its_own_date() -> None:
    task = _tasks(county())["7"]
    assert [(m.number, m.text, m.owner, m.due) for m in task.measures] == [
        ("1", "封堵6处直排口", "县住建局", "2025-06-30"),
        ("2", "新建截污干管8.4公里", "县住建局", "2025-09-30"),
        ("3", "污水厂扩容", "县住建局", "2025-10-30"),
    ]
    assert (task.due, task.rows, task.stops, [g.text for g in task.goals]) == ("2025-10-30", (5, 6, 7), False, ["消除直排"])


def test_a_cell_with_many_numbered_measures_is_taken_apart() -> None:
    task = _tasks(county())["8"]
    assert [m.text for m in task.measures] == ["清理3处垃圾堆放点", "建立日巡查", "公示投诉电话"]
    assert [g.text for g in task.goals] == ["清理", "管住"]
    assert task.owners == ("县城管局", "青禾镇人民政府")


def test_errors_are_named_by_sheet_and_cell() -> None:
    tasks = _tasks(county())
    assert [str(p.said) for p in tasks["8"].problems] == ["工作表“清单”单元格 G9：没有 13 月"]
    assert [str(p.said) for p in tasks[""].problems] == ["工作表“清单”单元格 A11：缺任务编号"]
    assert tasks["8"].stops
    assert tasks[""].stops


def test_a_cell_put_right_by_hand_is_read_like_the_others() -> None:
    tasks = _tasks(county(), fixes={"G9": "2025-12-31", "A11": "11"})
    assert (tasks["8"].due, tasks["8"].problems, tasks["11"].problem) == ("2025-12-31", (), "散乱污企业")


def test_done_in_a_sheet_is_kept_as_words_only() -> None:
    task = _tasks(county())["7"]
    assert (task.progress, task.says_closed, task.closed_on) == ("已完成", False, None)


@pytest.mark.parametrize(
    ("status", "day", "closed"),
    [("已销号", "2023-05-20", True), ("未销号", "", False), ("申请销号", "", False), ("2023年完成销号", "2023.5.20", True)],
)
def test_only_a_ledger_that_says_closed_offers_to_carry_in(status: str, day: str, closed: bool) -> None:
    rows = [("1", "渣土露天堆放", "县住建局", "2023年6月底前", status, day)]
    task = _tasks(plain(*rows, headers=("序号", "存在问题", "责任单位", "整改时限", "销号情况", "销号时间")))["1"]
    assert (task.says_closed, task.closed_on) == (closed, "2023-05-20" if closed else None)


@pytest.mark.parametrize(
    ("cell", "due", "kind"),
    [
        ("2025年6月底前", "2025-06-30", "deadline"),
        ("2025.9.30", "2025-09-30", "deadline"),
        ("2025/9/30", "2025-09-30", "deadline"),
        ("2025年12月", "2025-12-31", "deadline"),
        ("2025-02", "2025-02-28", "deadline"),
        ("202506", "2025-06-30", "deadline"),
        (45838, "2025-06-30", "deadline"),
        (45838.0, "2025-06-30", "deadline"),
        (2025.6, "2025-06-30", "deadline"),
        (20250630, "2025-06-30", "deadline"),
        (date(2025, 6, 30), "2025-06-30", "deadline"),
        (datetime(2025, 6, 30), "2025-06-30", "deadline"),  # noqa: DTZ001 - a cell has no zone
        ("6月底前", "2025-06-30", "deadline"),
        ("年底前", "2025-12-31", "deadline"),
        ("上半年", "2025-06-30", "deadline"),
        ("三季度", "2025-09-30", "deadline"),
        ("2024年底", "2024-12-31", "deadline"),
        ("立行立改", None, "immediate"),
        ("立行立改，2025年3月底前完成", "2025-03-31", "immediate"),
        ("长期坚持", None, "long_term"),
        ("2026年3月底前，长期坚持", "2026-03-31", "long_term"),
        ("每年3–12月", None, "long_term"),
        ("", None, "deadline"),
        ("/", None, "deadline"),
    ],
)
def test_a_deadline_is_read_from_whatever_a_cell_holds(cell: object, due: str | None, kind: str) -> None:
    read = deadline_of(cell, year=2025)  # type: ignore[arg-type]
    assert (read.due, read.kind, read.wrong) == (due, kind, None)


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("13月底前", "没有 13 月"),
        ("2025年14月", "没有 14 月"),
        ("2025年2月30日前", "2 月没有 30 日"),
        ("2月29日", "2 月没有 29 日"),
        ("尽快", "“尽快”不是时限"),
    ],
)
def test_what_is_no_deadline_is_said(cell: str, what: str) -> None:
    read = deadline_of(cell, year=2025)
    assert (read.due, str(read.wrong)) == (None, what)


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("序号", Meaning.NUMBER), ("问题编号", Meaning.NUMBER), ("反馈问题", Meaning.PROBLEM), ("整改问题", Meaning.PROBLEM),
        ("存在问题", Meaning.PROBLEM), ("目标任务", Meaning.GOAL), ("重点措施", Meaning.MEASURE), ("完成时限", Meaning.DUE),
        ("整改期限", Meaning.DUE), ("整改实施主体", Meaning.OWNER), ("牵头部门", Meaning.LEAD), ("督导单位", Meaning.SUPERVISOR),
        ("验收单位", Meaning.ACCEPTOR), ("责任人", Meaning.PERSON), ("联系电话", Meaning.PHONE), ("整改措施落实情况", Meaning.PROGRESS),
        ("整改主要工作及成效", Meaning.PROGRESS), ("责 任 单 位", Meaning.OWNER), ("整改时限（年月）", Meaning.DUE), ("备注", Meaning.KEPT),
        ("审核单位", Meaning.REVIEWER), ("销号评估单位", Meaning.ASSESSOR), ("评估单位（省）", Meaning.ASSESSOR), ("评估时间", Meaning.ASSESSED_ON),
        ("评估结论", Meaning.ASSESSMENT),
    ],
)  # fmt: skip
def test_field_names_of_real_ledgers_are_known(header: str, meaning: Meaning) -> None:
    found = meaning_of(header)
    assert found is not None
    assert found[0] is meaning


def test_an_unknown_column_is_kept_and_a_person_may_say_what_it_is() -> None:
    table = _table(plain(("1", "渣土", "住建", "2025年底", "某某"), headers=("序号", "存在问题", "责任单位", "整改时限", "怎样做")))
    assert table.columns[4].meaning is Meaning.KEPT
    (task,) = tasks_in(with_meanings(table, {4: Meaning.MEASURE}), year=2025)
    assert [m.text for m in task.measures] == ["某某"]


def test_the_layout_is_the_headers_and_nothing_else() -> None:
    assert _table(plain(*ROWS)).layout == _table(plain(ROWS[0])).layout
    assert _table(plain(*ROWS)).layout != _table(plain(*ROWS, headers=(*HEADERS[:6], "进展"))).layout


def _said(tasks: dict[str, LedgerTask]) -> list[tuple[object, ...]]:
    return [(t.number, t.problem, t.due, t.kind, t.owners, [m.text for m in t.measures], t.progress) for t in tasks.values()]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (old_xls(*ROWS), "台账.xls"),
        ("\n".join(",".join(row) for row in (HEADERS, *ROWS)).encode(), "台账.csv"),
        ("\n".join(",".join(row) for row in (HEADERS, *ROWS)).encode("gb18030"), "台账.csv"),
        ("\n".join("\t".join(row) for row in (HEADERS, *ROWS)).encode("utf-16"), "台账.csv"),
        (plain(*ROWS), "叫错名字.csv"),
    ],
    ids=["xls", "csv utf-8", "csv gb18030", "tabs utf-16", "xlsx under another name"],
)
def test_every_kind_of_file_gives_the_same_tasks(content: bytes, name: str) -> None:
    (read,) = [table_in(sheet) for sheet in read_workbook(content, name).sheets if sheet.rows]
    assert read is not None
    assert _said({t.number: t for t in tasks_in(read, year=2025)}) == _said(_tasks(plain(*ROWS)))


def test_no_header_no_table() -> None:
    assert table_in(read_workbook("甲,乙\n一,二\n".encode(), "x.csv").sheets[0]) is None


@given(st.integers(0, 1_000_000), st.integers(0, 16_383))
def test_a_cell_s_name_is_that_of_the_sheet(row: int, column: int) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    assert cell_name(row, column) == xl_rowcol_to_cell(row, column)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=12), min_size=7, max_size=7), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_rows_below_a_header_are_read_without_a_traceback(rows: list[list[str]]) -> None:
    import csv
    import io

    held = io.StringIO()
    csv.writer(held).writerows([HEADERS, *rows])
    table = table_in(read_workbook(held.getvalue().encode("utf-8", "ignore"), "x.csv").sheets[0])
    assert table is not None
    for task in tasks_in(table, year=2025):
        assert task.number or task.stops
