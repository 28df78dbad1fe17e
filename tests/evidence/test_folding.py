"""Folding: one width, one script, no noise, and every place remembered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.evidence.folding import fold


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("２０２１年,整改(一)", "2021年，整改（一）"),
        ("生態(tài)環(huán)境保護督察", "生态环境保护督察"),
        ("石灰?guī)r礦", "石灰矿"),
        ("整改,,完成,。", "整改，完成。"),
        ("监 督 电 话：0953", "监督电话：0953"),
        ("2021 年 1 月 6 日", "2021年1月6日"),
        ("投资1,234万元", "投资1,234万元"),
        ("中共景澜市委 景澜市人民政府", "中共景澜市委 景澜市人民政府"),
    ],
)
def test_recognition_sees_one_form(source, folded):
    assert fold(source).text == folded


def test_lines_broken_at_a_margin_are_joined_and_paragraphs_are_not():
    wrapped = "督察发现，部分工业园区污水集中处理设施建\n设滞后，七个园区仅三个建成集中污水处理\n厂，其余园区污水直接进入城镇污水处理厂。\n一、整改目标\n全部建成。"
    assert fold(wrapped).text.count("\n") == 2
    assert fold("整改目标\n全部建成\n整改措施\n加快推进").text.count("\n") == 3


def test_the_blanks_that_a_scan_put_between_characters_are_left_out_and_a_few_aligned_labels_keep_theirs():
    words = "关于东湖污水直排问题整改完成情况的公示，现将有关情况公示如下，公示时间：2023年2月6日至2月10日，共5个工作日，联系人王某。"
    assert fold(" ".join(words)).text == words
    aligned = "整改问题 东湖污水直排\n责任单位 青禾县水利局\n整改时限 2023年底\n整改措施 封堵排口，新建管网，加强日常巡查"
    assert fold(aligned).text == aligned


@given(st.text(alphabet="生態(tài)環境，,。 １2年\n月日電話：an", max_size=60))
def test_every_folded_character_has_its_place_in_the_source(source):
    folded = fold(source)
    places = [folded.span(n, n + 1) for n in range(len(folded.text))]
    assert all(0 <= start < end <= len(source) for start, end in places)
    assert places == sorted(places)
