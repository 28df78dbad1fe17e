from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from tests.publicity.test_notice import DUTY_NOTICE, WORKS_NOTICE
from xiaohao.documents.notice_sheet import NOT_YET_LOGGED, in_groups, notice_sheet, qr_svg, title_runs
from xiaohao.documents.typeset import unbroken
from xiaohao.publicity.notice import digest

URL = "https://zhenggai.qinghe.example/n/qh2025a-7-1"


def test_the_sheet_holds_every_part_of_the_notice_in_words():
    sheet = notice_sheet(WORKS_NOTICE, url=URL, checkpoint_line="规模 1804")
    assert (sheet["issued_on"], sheet["window"], sheet["due"]) == (
        "2025年11月5日",
        "公示时间：2025年11月5日至2025年11月18日，共10个工作日。",
        "2025年底前（限期整改）",
    )
    assert [measure["number"] for measure in sheet["measures"]] == [1, 2, 3]
    assert [way["label"] for way in sheet["ways"]] == ["受理部门：", "联系电话：", "联系地址："]
    assert (sheet["checkpoint"], sheet["digest"]) == ("规模 1804", digest(WORKS_NOTICE))


def test_before_the_journal_the_sheet_says_so():
    assert notice_sheet(DUTY_NOTICE, url=URL, checkpoint_line="")["checkpoint"] == NOT_YET_LOGGED


@pytest.mark.parametrize(
    "title",
    [
        WORKS_NOTICE.title,
        "关于督察反馈意见第3项“北山砂石料场边坡裸露”整改完成情况的公示",
        "关于青禾县整改清单第十二项“一句很长很长很长很长很长很长很长很长的题目”整改完成情况的公示",
        "没有引号的标题",
    ],
)
def test_a_title_in_runs_is_still_the_title(title: str):
    assert "".join(title_runs(title)) == title


def test_the_task_is_never_cut_in_a_title():
    assert list(title_runs(WORKS_NOTICE.title)) == ["关于", "青禾县整改清单", "第7项", "“清沅河氨氮超标”", "整改完成情况的公示"]


def test_the_qr_code_is_a_drawing_of_its_own_with_a_quiet_zone():
    drawing = ET.fromstring(qr_svg(URL))
    assert (drawing.tag, drawing.get("width")) == ("{http://www.w3.org/2000/svg}svg", drawing.get("height"))


def test_units_stay_on_one_line_and_other_strokes_may_break():
    assert unbroken("1.5mg/L，毫克/升，2026/3") == "1.5mg/\u2060L，毫克/升，2026/3"


def test_a_digest_is_read_in_groups():
    assert in_groups("0123456789abcdef01") == "01234567 89abcdef 01"
