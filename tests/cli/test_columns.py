"""Text in columns: Han takes two, no line begins with a closing mark, nothing runs over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.cli.columns import cut, padded, width, wrapped


@pytest.mark.parametrize(("text", "columns"), [("公示", 4), ("PUB-DAYS", 8), ("“公示”", 8), ("", 0), ("e\u0301", 1)])
def test_width(text, columns):
    assert width(text) == columns


def test_padding_counts_columns():
    assert padded("已答", 6) == "已答  "
    assert padded("已答", 3) == "已答"


@pytest.mark.parametrize(
    ("text", "columns", "result"), [("公示期不足", 10, "公示期不足"), ("公示期不足", 8, "公示期…"), ("公示\n期", 8, "公示 期")]
)
def test_a_long_text_is_cut(text, columns, result):
    assert cut(text, columns) == result


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    assert list(wrapped("请补登记（纪要）。", 10)) == ["请补登记", "（纪要）。"]
    assert list(wrapped("一二三四五。六", 10)) == ["一二三四", "五。六"]


def test_words_and_numbers_are_kept_whole():
    assert list(wrapped("公示 2023-09-26 至", 14)) == ["公示", "2023-09-26 至"]


TEXTS = st.text(alphabet="公示期不足，。（）“”abc 123\n", max_size=80)


@given(TEXTS, st.integers(min_value=8, max_value=60))
def test_nothing_runs_over_and_nothing_is_lost(text, columns):
    lines = list(wrapped(text, columns))
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
