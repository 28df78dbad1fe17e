"""Quantities: what counts, what does not, and how much it is."""

from __future__ import annotations

import pytest

from xiaohao.evidence.quantities import quantities_in


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "upper", "qualifier"),
    [
        ("罚款10万元", 100_000, "元", None, None),
        ("投入1200余万元", 12_000_000, "元", None, "over"),
        ("治理2.5万余亩", 25_000, "亩", None, "over"),
        ("投资1,234.5万元", 12_345_000, "元", None, None),
        ("补贴1.08亿元", 108_000_000, "元", None, None),
        ("栽植十余万株", 100_000, "株", None, "over"),
        ("约三百五十吨/日", 350, "吨/日", None, "about"),
        ("围网6.3千米", 6.3, "千米", None, None),
        ("苜蓿草种10斤", 10, "斤", None, None),
        ("巡查3至5次", 3, "次", 5, None),
        ("下降20%-30%", 20, "%", 30, None),
        ("每户补贴10万至20万元", 100_000, "元", 200_000, None),
        ("百分之三十五", 35, "%", None, None),
        ("修复面积不到矿区三分之一", 0.3333, "比例", None, None),
        ("不低于90%", 90, "%", None, "at_least"),
        ("不高于1.5毫克/升", 1.5, "毫克/升", None, "at_most"),
        ("80公顷以上", 80, "公顷", None, "at_least"),
        ("近20处", 20, "处", None, "about"),
        ("不足30%", 30, "%", None, "under"),
        ("两座", 2, "座", None, None),
        ("召开推进会十一场", 11, "场", None, None),
        ("先后检查三十一次", 31, "次", None, None),
        ("三万五千亩", 35_000, "亩", None, None),
        ("一亿二千万元", 120_000_000, "元", None, None),
        ("三百零五户", 305, "户", None, None),
        ("１２台", 12, "台", None, None),
        ("终止承包合同6份", 6, "份", None, None),
        ("安装视频监控12路", 12, "路", None, None),
        ("优良天数312天", 312, "天", None, None),
        ("监测到洄游鱼类7种", 7, "种", None, None),
    ],
)
def test_a_quantity_is_multiplied_out_with_its_unit_as_written(sentence, value, unit, upper, qualifier):
    assert [(a.value, a.unit, a.upper, a.qualifier) for a in quantities_in(sentence)] == [(value, unit, upper, qualifier)]


@pytest.mark.parametrize(
    "sentence",
    [
        "第三项", "第3、5、7项任务", "第二十一批", "1号点", "305室", "2号街", "青政发〔2021〕5号", "2021年1月6日", "5个工作日", "连续6个月", "0953-5097025", "一岗双责", "三线一单", "五位一体", "一河一策",
        "六个百分百", "绿水青山就是金山银山的两山理念", "一户一档", "十四五", "第三方", "三元催化", "一期工程", "一次性", "一项任务", "每月巡查1次", "PM2.5", "省道S311线K3+200处", "水十条", "一、", "（二）", "3.", "一部分", "一个标准", "二级保护区", "一张网",
        "王家湾村1组", "四不两直", "百姓", "一级A标准", "四面环山", "八方支援",
    ],
)  # fmt: skip
def test_ordinals_places_numbers_of_papers_and_set_phrases_are_none(sentence):
    assert quantities_in(sentence) == ()


def test_the_number_of_an_item_is_not_part_of_its_count():
    assert [(a.value, a.unit) for a in quantities_in("1.3台挖掘机")] == [(3, "台")]


def test_offsets_are_those_of_the_source_even_where_it_is_folded():
    text = "修復(fù)面積，，１２ 公頃，8座礦山"
    assert [text[a.start : a.end] for a in quantities_in(text)] == [a.text for a in quantities_in(text)]
    assert [(a.value, a.unit) for a in quantities_in(text)] == [(12, "公顷"), (8, "座")]
