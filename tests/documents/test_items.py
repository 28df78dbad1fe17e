"""Items in every spelling of numbers, and in none."""

from __future__ import annotations

import pytest

from xiaohao.documents.notice import read_notice

AT = "2026-03-03T09:00:00+08:00"
THREE = [("1", "清理污泥。"), ("2", "立案查处。"), ("3", "覆土绿化。")]


def measures(words: str) -> list[tuple[str | None, str]]:
    return [(item.no, item.text) for item in read_notice(f"整改措施\n{words}\n整改完成情况\n已完成。", "n", at=AT).fields.measures]


@pytest.mark.parametrize(
    "words",
    [
        "（一）清理污泥。（二）立案查处。（三）覆土绿化。", "(一)清理污泥。\n(二)立案查处。\n(三)覆土绿化。", "1.清理污泥。2.立案查处。3.覆土绿化。", "1、清理污泥。\n2、立案查处。\n3、覆土绿化。", "①清理污泥。②立案查处。③覆土绿化。",
        "一是清理污泥。二是立案查处。三是覆土绿化。", "（1）清理污泥。（2）立案查处。（3）覆土绿化。", "1）清理污泥。\n2）立案查处。\n3）覆土绿化。", "措施一：清理污泥。措施二：立案查处。措施三：覆土绿化。", "第一，清理污泥。第二，立案查处。第三，覆土绿化。",
        "采取以下措施：一是清理污泥。二是立案查处。三是覆土绿化。",
    ],
)  # fmt: skip
def test_numbered_items_are_told_apart(words):
    assert measures(words) == THREE


def test_without_numbers_paragraphs_count_and_in_one_paragraph_sentences():
    assert measures("清理污泥，运走。\n立案查处。") == [(None, "清理污泥，运走。"), (None, "立案查处。")]
    assert measures("清理污泥；立案查处。") == [(None, "清理污泥；"), (None, "立案查处。")]


def test_the_inner_list_stays_inside_its_item():
    assert [no for no, _ in measures("（一）清理。\n1.清污泥。\n2.清垃圾。\n（二）查处。\n1.立案。")] == ["1", "2"]


def test_decimals_and_years_are_no_numbers_of_items():
    assert measures("1.新建管网1.5公里、2.5万吨水池。2.改造3.2公里。") == [("1", "新建管网1.5公里、2.5万吨水池。"), ("2", "改造3.2公里。")]


def test_a_closing_sum_is_not_part_of_the_last_item():
    done = read_notice(
        "整改措施：清淤。\n整改完成情况\n1.清淤3公里。\n2.植树20株。\n目前，该问题已完成整改。", "n", at=AT
    ).fields.completion_items
    assert [item.text for item in done] == ["清淤3公里。", "植树20株。"]
