"""The whole case on paper: every part of the file is in it, under contents that lead to its page."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import datetime

from pypdf import PdfReader

from tests.cases import DEFAULT_ROUTE, REGION_ROUTE, works_case
from tests.evidence.pictures import jpeg
from xiaohao.documents.case_file.parts import FindingRow, ObjectionRow, Picture, TimelineRow
from xiaohao.documents.case_file.whole import whole_case_pdf
from xiaohao.dossier import Dossier
from xiaohao.kernel.when import CST
from xiaohao.publicity.notice import compose

AT = datetime(2026, 3, 3, 9, tzinfo=CST)
CASE = works_case("closed", route=DEFAULT_ROUTE)


def made(dossier: Dossier = CASE) -> bytes:
    posted = dossier.last_record(dossier.task.id, "publicity")
    assert posted is not None
    return whole_case_pdf(
        dossier,
        made_at=AT,
        journal="日志 log.qinghe.example/xiaohao 第 12 号",
        findings=[FindingRow("登记会议20次，说明写23次", "2025-12-01", "须答复", "漏登三次，已补", "采纳")],
        photos=[Picture(jpeg(), 64, 48, "整改后　石桥断面　2025年11月3日")],
        more_photos=3,
        notices=[(compose(dossier, posted.id), "以下公示已撤回")],
        objected=[ObjectionRow("2026年3月1日", "待答复", "", "")],
        entries=[
            TimelineRow(4, "2025-01-02 09:00", "立项", "周敏（青禾县整改办）"),
            TimelineRow(9, "2025-02-02 09:00", "发布公示", "", True),
        ],
    )


def plain(text: str) -> str:
    return re.sub(r"[\s\u2060()《》]", "", unicodedata.normalize("NFKC", text))


def text_of(pdf: bytes) -> str:
    return plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def test_every_part_of_the_file_is_in_it() -> None:
    text = text_of(made())
    task = CASE.task.id
    parts = [CASE.task.problem, *(m.text for m in CASE.measures_of(task)), *(g.text for g in CASE.goals_of(task))]
    parts += [row.text for row in CASE.records_of(task) if row.text and row.type != "personnel"]
    parts += [
        "登记会议20次，说明写23次",
        "漏登三次，已补",
        "另有照片3张",
        "以下公示已撤回",
        "（原文不公开）",
        "周敏（青禾县整改办）",
        "发布公示（被拒绝）",
    ]
    parts += ["整改后石桥断面2025年11月3日", "日志log.qinghe.example/xiaohao第12号"]
    assert [part for part in parts if plain(part.rstrip("。")) not in text] == []


def test_a_closing_assessment_is_in_it_item_by_item_and_row_by_row() -> None:
    region = works_case("closed", route=REGION_ROUTE)
    given = region.last_record(region.task.id, "closing_assessment")
    assert given is not None
    text = text_of(made(region))
    parts = ["评估单位" + region.org_name(given.org), *(one.reason for one in given.assessed), "现场与资料评估"]
    assert [part for part in parts if plain(part) not in text] == []
    assert "评估单位" not in text_of(made())


def test_contents_pages_and_pictures_are_there_and_the_bytes_are_the_same_again() -> None:
    reader = PdfReader(io.BytesIO(made()))
    chapters = [str(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    assert len(chapters) == 13
    contents = plain(reader.pages[0].extract_text())
    assert [title for title in chapters if plain(title) not in contents] == []
    assert [n for n, page in enumerate(reader.pages, 1) if f"—{n}—" not in plain(page.extract_text())] == []
    assert sum(len(page.images) for page in reader.pages) == 1
    assert made() == made()


def test_a_case_that_has_just_begun_says_that_there_is_nothing_yet() -> None:
    bare = works_case("given", route=DEFAULT_ROUTE)
    bare = replace(bare, plans=(), records=(), statements=(), files=())
    pdf = whole_case_pdf(bare, made_at=AT, journal="", findings=[], photos=[], more_photos=0, notices=[], objected=[], entries=[])
    assert text_of(pdf).count("无。") >= 9
