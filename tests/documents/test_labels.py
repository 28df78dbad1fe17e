"""Headings and labels: which part each opens, and what only looks like one."""

from __future__ import annotations

import pytest

from xiaohao.documents.labels import Part, classify, heading, labels_within


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("一、整改问题", Part.PROBLEM), ("一、整改任务第二项", Part.PROBLEM), ("一、第二轮省生态环境保护督察反馈问题", Part.PROBLEM), ("一、任务序号及整改问题", Part.PROBLEM), ("二、整改目标及措施", Part.GOALS_AND_MEASURES),
        ("四、目标任务", Part.GOALS), ("三、重点措施", Part.MEASURES), ("三、整改措施及落实情况", Part.MEASURES_AND_DONE), ("五、整改措施落实情况", Part.DONE), ("六、整改完成时间。2021年9月", Part.DONE_ON), ("五、完成时限", Part.DEADLINE),
        ("二、整改实施主体", Part.UNITS), ("责任单位：青禾县水利局", Part.UNITS), ("牵头单位  青禾县水利局", Part.LEAD), ("【整改目标】河道畅通", Part.GOALS), ("（六）整改完成情况", Part.DONE), ("公示时间：2021年1月6日", Part.WINDOW),
        ("四、目标任务货车抛洒滴漏得到有效遏制。", Part.GOALS), ("一、第11项：河道非法采砂问题。", Part.PROBLEM), ("四、整改主要工作及成效；", Part.DONE), ("牵头部门（责任单位） | 青禾县水利局", Part.LEAD), ("是否办结：办结", Part.OTHER),
        ("受理部门：青禾县水利局", Part.DESK), ("联系电话：0970", Part.PHONE), ("联系地址：太平路", Part.ADDRESS), ("序号", Part.NUMBER), ("【落实】措施一：建成干管1200米。", Part.DONE), ("【受理】市整改办", Part.DESK), ("整改主要工作及成效", Part.DONE), ("整改时限及目标", Part.GOALS),
    ],
)  # fmt: skip
def test_a_heading_opens_its_part(line, part):
    assert heading(line)[0] is part


@pytest.mark.parametrize(
    "line",
    [
        "（一）关于第1项整改措施落实情况。清理30吨。",
        "一、加强组织领导，落实责任。",
        "加大执法力度",
        "以上整改情况向社会公示",
        "建立长效机制：一是巡查",
        "1.建设污水处理厂",
        "开发区成立了整改工作领导小组。",
    ],
)
def test_an_item_is_no_heading(line):
    assert heading(line) is None


def test_labels_glued_into_a_line_are_found_where_they_begin():
    text = "责任单位：青禾县水利局整改时限：2022年底整改目标：河道畅通。"
    assert [(part, label) for part, _, _, label in labels_within(text, 1)] == [(Part.DEADLINE, "整改时限"), (Part.GOALS, "整改目标")]


def test_the_name_of_an_answer_is_not_cut_as_a_label():
    assert labels_within("关于第1项整改措施落实情况：清理30吨。", 0) == []


def test_an_unknown_word_opens_nothing():
    assert classify("天气情报") is None
