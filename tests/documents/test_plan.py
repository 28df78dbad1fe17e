"""A published plan of many tasks is read to one row a task, each beside its source."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfWriter

from xiaohao.documents.ledger.table import table_in
from xiaohao.documents.ledger.tasks import LedgerTask, tasks_in
from xiaohao.documents.ledger.to_bundle import bundle_of
from xiaohao.documents.plan import book_of, plan_sheet
from xiaohao.documents.text import Unreadable
from xiaohao.dossier.bundle import read_bundle
from xiaohao.dossier.codec import dossier_to_json

PLAN = """青禾县贯彻落实省生态环境保护督察反馈意见整改方案
为切实抓好整改，制定本方案。
一、总体要求
坚持问题导向。
二、整改措施清单
（一）落实责任不到位
1.污水直排青禾河。督察发现，6处排口直排。
责任单位：县住建局、青禾镇人民政府
督导单位：市生态环境局
整改目标：消除污水直排，断面稳定达到Ⅲ类。
整改时限：2025年12月底前
整改措施：
（1）封堵6处直排口；
（2）新建截污干管8.4公里；
（3）建立巡查制度。
2.畜禽粪污资源化利用不够。
责任单位：县农业农村局
整改目标：综合利用率达到85%以上。
整改时限：立行立改，长期坚持
整改措施：完善配套设施，加强执法。
（二）推进不力
3.垃圾堆放点未清理。
责任单位：县城管局
整改目标：清理到位。
整改时限：2025年9月底前
整改措施：（一）清理3处；（二）公示电话。
三、保障措施
加强领导。
"""


def _tasks(content: bytes, name: str) -> list[LedgerTask]:
    table = table_in(book_of(content, name).sheets[0])
    assert table is not None
    return list(tasks_in(table, year=2025))


def _docx(text: str) -> bytes:
    made, held = Document(), io.BytesIO()
    for line in text.split("\n"):
        made.add_paragraph(line)
    made.save(held)
    return held.getvalue()


def _table_docx() -> bytes:
    """The same tasks as a table of a Word file, one row each."""
    made, held = Document(), io.BytesIO()
    made.add_paragraph("青禾县整改措施清单")
    rows = (
        ("序号", "反馈问题", "整改目标", "整改措施", "责任单位", "整改时限"),
        ("1", "污水直排青禾河", "消除直排", "1.封堵排口；2.建干管", "县住建局", "2025年12月底前"),
        ("2", "畜禽粪污", "利用率85%", "配套设施", "县农业农村局", "长期坚持"),
    )
    table = made.add_table(rows=0, cols=6)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    made.save(held)
    return held.getvalue()


def _html(text: str) -> bytes:
    return f"<!doctype html><html><body>{''.join(f'<p>{line}</p>' for line in text.split(chr(10)))}</body></html>".encode()


@pytest.mark.parametrize("content", [PLAN.encode(), _docx(PLAN), _html(PLAN)], ids=["txt", "docx", "html"])
def test_tasks_goals_measures_units_and_dates_are_read(content: bytes) -> None:
    first, second, third = _tasks(content, "方案.docx")
    assert (first.number, first.problem, first.owners, first.supervisor, first.due) == (
        "1", "污水直排青禾河。督察发现，6处排口直排。", ("县住建局", "青禾镇人民政府"), "市生态环境局", "2025-12-31",
    )  # fmt: skip
    assert [m.text.strip("。") for m in first.measures] == ["封堵6处直排口", "新建截污干管8.4公里", "建立巡查制度"]
    assert (second.kind, [m.text for m in second.measures]) == ("long_term", ["完善配套设施，加强执法。"])
    assert [m.text.strip("。") for m in third.measures] == ["清理3处", "公示电话"]


def test_a_table_in_a_word_file_is_a_plan_too() -> None:
    first, second = _tasks(_table_docx(), "清单.docx")
    assert (first.number, first.problem, [m.text for m in first.measures], first.due) == (
        "1", "污水直排青禾河", ["封堵排口", "建干管"], "2025-12-31",
    )  # fmt: skip
    assert (second.number, second.kind) == ("2", "long_term")


def test_every_row_holds_its_source_word_for_word() -> None:
    sheet = plan_sheet(PLAN)
    assert sheet is not None
    for row in sheet.rows[1:]:
        assert str(row[1]) in PLAN
        assert len(str(row[1])) > 50


def test_dozens_of_tasks_keep_their_numbers() -> None:
    one = "{n}、第{n}个问题\n责任单位：县住建局\n整改目标：改好\n整改时限：2025年底\n整改措施：做\n"
    numerals = [*"一二三四五六七八九", "十", *(f"十{d}" for d in "一二三四五六七八九"), "二十", *(f"二十{d}" for d in "一二三四五六七八九")]
    text = "整改方案\n" + "".join(one.format(n=n) for n in numerals)
    assert [task.number for task in _tasks(text.encode(), "方案.txt")] == [str(n) for n in range(1, 30)]


def test_a_text_without_tasks_is_said_to_have_none() -> None:
    with pytest.raises(Unreadable) as wrong:
        book_of(_docx("通知\n今天下午开会。"), "通知.docx")
    assert "没有认出整改任务" in str(wrong.value.said)


def test_the_bundle_made_of_it_is_whole() -> None:
    import json

    dossier = bundle_of(_tasks(PLAN.encode(), "方案.txt"), title="整改方案", at="2026-03-03T09:00:00+08:00")
    again, problems = read_bundle(json.dumps(dossier_to_json(dossier)).encode())
    assert (problems, len(again.tasks), len(again.plans), len(again.plans[0].measures)) == ((), 3, 3, 3)


def test_a_pdf_s_lines_broken_at_the_margin_are_joined(tmp_path: Path) -> None:
    import typst
    from pylopdf_fonts_zh_cn import serif_path

    long = PLAN.replace(
        "6处排口直排。", "青禾县城区污水管网建设长期滞后，大量生活污水未经处理直接排入青禾河，下游群众反映强烈，县里多次研究没有解决。"
    )
    page = tmp_path / "plan.typ"
    page.write_text('#set text(font: "Noto Serif SC")\n' + "\n\n".join(long.split("\n")), "utf-8")
    pdf = typst.compile(str(page), font_paths=[str(Path(serif_path()).parent)])
    first, second, third = _tasks(pdf, "方案.pdf")
    assert first.problem.endswith("大量生活污水未经处理直接排入青禾河，下游群众反映强烈，县里多次研究没有解决。")
    assert (first.due, second.number, third.owners) == ("2025-12-31", "2", ("县城管局",))


def _scan() -> bytes:
    """A PDF with one page and no text, as a scanner makes it."""
    written, held = PdfWriter(), io.BytesIO()
    written.add_blank_page(595, 842)
    written.write(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7\n1 0 obj << broken", "PDF 文件已损坏"),
        ("a.pdf", b"\x00\x01\x02\x03" * 90, "PDF 文件打不开"),
        ("scan.pdf", _scan(), "PDF 里只有图片，没有文字"),
        ("b.docx", _docx("责任单位：青禾县住建局")[:900], "Word 文件已损坏"),
        ("b.docx", b"\x00\x01\x02\x03" * 90, "Word 文件打不开"),
        ("b.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "旧版 Word 或 WPS 文件"),
        ("c.docx", b"", "文件是空的"),
        ("d.bin", bytes(range(256)) * 20, "可以导入台账（.xlsx、.xls、.csv）或整改方案（.docx、.pdf、.html、.txt）"),
        ("e.xlsx", b"PK\x03\x04 not a zip", "表格文件已损坏"),
    ],
)
def test_a_file_that_is_not_read_is_refused_in_the_words_of_its_kind(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        book_of(content, name)
    assert words in str(wrong.value.said)
    assert "不是表格文件" not in str(wrong.value.said)
