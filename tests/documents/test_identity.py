"""Which task, from which inspection, under which title."""

from __future__ import annotations

import pytest

from xiaohao.documents.notice import read_notice

AT = "2026-03-03T09:00:00+08:00"


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("青禾县整改任务第二十七项完成情况公示", "27"), ("青禾县第243号问题整改公示", "243"), ("关于反馈意见第3-1项整改任务的公示", "3-1"), ("青禾县督察反馈问题（三十一）整改情况公示", "31"), ("青禾县督察整改任务46销号公示", "46"), ("青禾县2023年自排查243号问题整改公示", "243"), ("青禾县督察整改销号公示（第52项）", "52"), ("我厅负责的38-2整改任务完成情况公示", "38-2"),
        ("青禾县第二轮督察整改情况公示", None), ("青禾县第21批信访件办理情况公示", None), ("青禾县督察整改任务第3、5、7项完成情况公示", None), ("关于第1项整改措施落实情况的公示", None), ("转办信访件反映问题3个（8个信访件）情况公示", None),
    ],
)  # fmt: skip
def test_the_printed_number_is_read_as_digits(title, number):
    assert read_notice(f"{title}\n现公示如下。", "n", at=AT).fields.task_no == number


@pytest.mark.parametrize(
    ("words", "inspection"),
    [
        ("第二轮中央生态环境保护督察反馈意见第3项整改任务", "第二轮中央生态环境保护督察"), ("东陆省第一轮生态环境保护督察“回头看”反馈", "东陆省第一轮生态环境保护督察“回头看”"), ("中央环保督察反馈", "中央环保督察"), ("景澜市2023年自排查问题", "景澜市2023年自排查"), ("长江经济带生态环境警示片披露", "长江经济带生态环境警示片"), ("我县开展整改", None),
    ],
)  # fmt: skip
def test_the_inspection_keeps_the_words_of_the_text(words, inspection):
    assert read_notice(f"关于{words}情况的公示\n正文。", "n", at=AT).fields.inspection == inspection


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("青禾县整改情况公示\n整改措施：清淤。", "青禾县整改情况公示"),
        (
            "中央生态环境保护督察反馈意见整改任务\n第二项完成情况公示\n一、整改任务\n河道淤积。",
            "中央生态环境保护督察反馈意见整改任务第二项完成情况公示",
        ),
        ("根据要求，现公示如下：\n整改措施：清淤。", None),
        ("一、整改问题\n河道淤积。", None),
    ],
)
def test_a_title_is_a_line_that_is_no_sentence(text, title):
    found = read_notice(text, "n", at=AT).fields.title
    assert (found.replace("\n", "") if found else found) == title
