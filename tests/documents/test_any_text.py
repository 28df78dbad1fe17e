"""Any text is read: nothing raises, every place lies in the text, and no text takes long out of proportion to its length."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaohao.documents.notice import read_notice
from xiaohao.documents.reading_json import reading_json
from xiaohao.dossier.bundle import read_bundle
from xiaohao.dossier.codec import dossier_to_json

AT = "2026-03-03T09:00:00+08:00"
PIECES = (
    "一、整改任务第二项", "整改目标", "整改措施：", "（一）", "（二）", "1.", "2.", "①", "一是", "\n", "\n", "。", "，", "；", "：", " ", "\t", "|", "责任单位：", "青禾县水利局", "市委督查室要加强督查", "2021年1月6日", "至", "12日", "2022年底", "公示时间：", "共5个工作日", "电话", "0953-5097025",
    "地址：太平路3号", "如有异议，请向我局反映", "召开会议23次", "种树1.2万余株", "每周一和周四学习", "多次约谈", "整改完成情况", "关于第1项整改措施落实情况。", "落实情况：", "序号", "反馈问题", "整改时限", "環(huán)境", "１２３", "《办法》", "“", "”", "（", "）", "附件", "扫一扫", "来源：", "同时，",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join).filter(len))
def test_every_text_is_read_and_every_place_lies_in_it(text):
    reading = read_notice(text, "any", at=AT)
    fields = reading.fields
    spans = [
        *fields.spans.values(),
        *(
            (part.start, part.end)
            for part in (*fields.goals, *fields.measures, *fields.completion_items, *fields.quantities, *reading.claims)
        ),
    ]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(item.text.strip() for item in (*fields.goals, *fields.measures, *fields.completion_items))
    for statement in reading.dossier.statements:
        assert all(0 <= span.start < span.end <= len(statement.text) for span in statement.spans)
    json.dumps(reading_json(reading), ensure_ascii=False)
    dossier, problems = read_bundle(json.dumps(dossier_to_json(reading.dossier), ensure_ascii=False).encode())
    assert problems == ()
    assert dossier.task.id == "task-1"


@pytest.mark.parametrize(
    "piece",
    ["1", " ", "监 ", "（", "第一、", "1.", "，", "一二三四", "整改", "整改目标\n", "2021年1月6日至", "向反", "《", "\t", "成立", "市委督查室、", "环(huan", "公示5天", "电话：0953-5097025", "这是一行足够长的正文内容\n", "序号\t整改任务\t整改目标\t整改措施\n1\t2\t3\t4\n"],
)  # fmt: skip
def test_no_text_takes_longer_than_its_length_explains(piece):
    text = piece * (30_000 // len(piece))
    began = time.process_time()
    read_notice(text, "long", at=AT)
    assert time.process_time() - began < 5  # seconds; each takes well under one


def test_a_flattened_table_of_thousands_of_lines_is_read():
    began = time.process_time()
    read_notice("序号\n反馈问题\n整改目标\n" + "行行\n" * 5000, "table", at=AT)
    assert time.process_time() - began < 5  # seconds


def test_the_same_text_gives_the_same_reading():
    text = "关于整改任务第3项的公示\n整改措施：清淤。\n整改完成情况：清淤3公里。"
    assert read_notice(text, "a", at=AT) == read_notice(text, "a", at=AT)
