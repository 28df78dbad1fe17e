from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.publicity.test_notice import DUTY_NOTICE, WORKS_NOTICE
from xiaohao.documents.notice_pdf import notice_pdf
from xiaohao.documents.refusal_pdf import refusal_pdf
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.when import CST
from xiaohao.publicity.notice import Notice, digest, notice_text

AT = datetime(2026, 3, 3, 10, 0, tzinfo=CST)
URL = "https://zhenggai.qinghe.example/n/qh2025a-7-1"
CHECKPOINT = "日志 zhenggai.qinghe.example/2026，规模 1804，树根 5bq0mUg2Vw1ZJb8dJmQ9oCkQy3x0m1V7s5rBq7o1n2E="


def made(notice: Notice, **more: object) -> bytes:
    return notice_pdf(notice, **{"url": URL, "checkpoint_line": CHECKPOINT, "made_at": AT, **more})  # type: ignore[arg-type]


def printed(pdf: bytes) -> str:
    """The text of the PDF without line breaks, spaces and compatibility forms; brackets go too, because a reader of PDF moves trimmed ones."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return plain(text)


def plain(text: str) -> str:
    return re.sub(r"[\s\u2060\u200b《》()]", "", unicodedata.normalize("NFKC", text))


def test_the_same_notice_at_the_same_moment_is_the_same_file():
    assert made(WORKS_NOTICE) == made(WORKS_NOTICE)
    assert made(WORKS_NOTICE) != made(WORKS_NOTICE, made_at=AT.replace(minute=1))


@pytest.mark.parametrize("notice", [WORKS_NOTICE, DUTY_NOTICE], ids=["works", "duty"])
def test_every_sentence_of_the_notice_is_on_the_paper(notice: Notice):
    text = printed(made(notice))
    parts = [
        notice.title,
        notice.number,
        notice.problem,
        notice.due,
        notice.calendar,
        notice.desk.phone,
        notice.desk.address,
        digest(notice),
        CHECKPOINT,
        URL,
    ]
    parts += [part for measure in notice.measures for part in (measure.text.rstrip("。"), measure.answer, *measure.records)]
    parts += [part for hand in notice.hands for part in (hand.unit, hand.note)]
    assert [part for part in parts if plain(part) not in text] == []


def test_the_paper_is_a4_archivable_and_says_who_made_it_when():
    reader = PdfReader(io.BytesIO(made(WORKS_NOTICE)))
    assert [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages] == [(595, 842)] * 2
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (WORKS_NOTICE.title, WORKS_NOTICE.issuer)
    assert reader.metadata.creation_date == AT
    assert reader.xmp_metadata is not None
    assert "<pdfaid:part>3</pdfaid:part>" in reader.xmp_metadata.stream.get_data().decode()


def test_the_proof_is_attached_as_it_is():
    proof = "c2sp.org/tlog-proof@v1\nindex 7\n"
    reader = PdfReader(io.BytesIO(made(WORKS_NOTICE, proof=proof)))
    assert reader.attachments == {"notice.tlog-proof": [proof.encode()]}
    assert PdfReader(io.BytesIO(made(WORKS_NOTICE))).attachments == {}


def test_words_that_look_like_a_program_are_printed_and_never_run():
    hostile = '#import "office.typ": * #panic("x") $x$ *粗* _斜_ `码` [括] \\ <标签> @引 // 注释 = 题'
    notice = replace(WORKS_NOTICE, problem=hostile, issuer=hostile[:20], self_acceptance=hostile)
    assert printed(made(notice)).count(plain(hostile)) == 2


@pytest.mark.parametrize("odd", ["\u0000\u0007\u202e", "𠮷野家𪚥龘", "\r\n\r\n", "🚧", "ａｂｃ", "x" * 3000, "（" * 200])
def test_odd_signs_do_not_stop_the_press(odd: str):
    notice = replace(WORKS_NOTICE, problem=f"问题{odd}", title=f"关于{odd}的公示", number=odd)
    assert made(notice).startswith(b"%PDF-1.7")


def test_a_sign_that_no_face_holds_is_printed_as_the_mark_for_a_missing_type():
    assert "安〓村和🚧".replace("🚧", "〓") in printed(made(replace(WORKS_NOTICE, problem="安\U0002a6a5村和🚧")))


def test_a_notice_of_many_measures_runs_over_pages_with_its_table_head():
    measure = replace(DUTY_NOTICE.measures[1], answer=DUTY_NOTICE.measures[1].answer * 6)
    long = replace(DUTY_NOTICE, measures=tuple(replace(measure, number=number) for number in range(1, 31)))
    reader = PdfReader(io.BytesIO(made(long)))
    assert len(reader.pages) > 4
    assert [plain(page.extract_text()).count("登记和佐证") for page in reader.pages[:4]] == [1] * 4


def test_an_unanswered_measure_says_so_on_paper_too():
    notice = replace(WORKS_NOTICE, measures=(replace(WORKS_NOTICE.measures[0], answer="", records=()),))
    assert "未答复" in printed(made(notice))


def test_a_folder_without_faces_changes_nothing_and_a_naive_moment_is_refused(tmp_path: Path):
    assert made(WORKS_NOTICE, fonts=tmp_path) == made(WORKS_NOTICE)
    with pytest.raises(ValueError, match="offset"):
        made(WORKS_NOTICE, made_at=datetime(2026, 3, 3))  # noqa: DTZ001


def test_the_plain_text_and_the_paper_name_the_same_dates():
    days = re.findall(r"\d{4}年\d+月\d+日", notice_text(WORKS_NOTICE))
    assert [day for day in days if day not in printed(made(WORKS_NOTICE))] == []


def test_the_list_of_what_is_missing_names_every_gap_with_its_way():
    gaps = tuple(Unmet(gate=f"g{n}", fact=f"缺第{n}样", basis=f"依据{n}", way=f"补第{n}样", who="公示单位") for n in range(1, 4))
    pdf = refusal_pdf(task="第7项 清沅河氨氮超标", unit="青禾县住房和城乡建设局", step="发布公示", unmet=gaps, made_at=AT)
    text = printed(pdf)
    assert [word for gap in gaps for word in (gap.fact, gap.basis, gap.way) if word not in text] == []
    assert "2026年3月3日10:00" in text
    assert "还有3项没有满足" in text
