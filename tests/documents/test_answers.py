"""Which measure an answer belongs to: by name, by number, by content; and none where nothing fits."""

from __future__ import annotations

from xiaohao.documents.notice import read_notice

AT = "2026-03-03T09:00:00+08:00"


def answered(measures: str, done: str) -> dict[str, list[str]]:
    text = f"整改措施\n{measures}\n整改完成情况\n{done}\n公示时间：2023年5月8日至5月12日。"
    dossier = read_notice(text, "n", at=AT).dossier
    completion = dossier.last_statement("task-1", "completion")
    return {
        measure.id: [completion.text[s.start : s.end] for s in completion.spans if measure.id in s.measures]
        for measure in dossier.measures_of("task-1")
    }


def test_an_answer_that_names_its_measure_belongs_to_it_whatever_its_place():
    found = answered(
        "1.清理污泥。\n2.立案查处。", "（一）关于第2项整改措施落实情况。罚款10万元。\n（二）关于第1项整改措施落实情况。清理30吨。"
    )
    assert found == {"measure-1": ["清理30吨。"], "measure-2": ["罚款10万元。"]}


def test_one_answer_may_name_two_measures():
    found = answered(
        "1.清理污泥。\n2.覆土绿化。\n3.立案查处。",
        "关于第1、2项整改措施落实情况：清理污泥30吨并覆土绿化5亩。\n关于第3项整改措施落实情况：罚款10万元。",
    )
    assert found == {
        "measure-1": ["清理污泥30吨并覆土绿化5亩。"],
        "measure-2": ["清理污泥30吨并覆土绿化5亩。"],
        "measure-3": ["罚款10万元。"],
    }


def test_numbered_answers_belong_to_the_measures_of_their_numbers():
    found = answered("1.清理污泥。\n2.立案查处。", "1.清理30吨。\n2.罚款10万元。")
    assert found == {"measure-1": ["清理30吨。"], "measure-2": ["罚款10万元。"]}


def test_answers_in_another_order_are_matched_by_what_they_say():
    found = answered(
        "1.新建截污干管，封堵沿河排污口。\n2.关停取缔非法采砂船只。\n3.栽植护岸林木恢复湿地植被。",
        "1.关停取缔非法采砂船只14艘。\n2.栽植护岸林木3万株，恢复湿地植被20亩。\n3.新建截污干管5公里，封堵沿河排污口12个。",
    )
    assert found["measure-1"] == ["新建截污干管5公里，封堵沿河排污口12个。"]
    assert found["measure-2"] == ["关停取缔非法采砂船只14艘。"]
    assert found["measure-3"] == ["栽植护岸林木3万株，恢复湿地植被20亩。"]


def test_a_report_in_a_lump_is_dealt_out_sentence_by_sentence():
    found = answered("1.新建截污干管。\n2.取缔非法采砂船只。\n3.开展夜间执法检查。", "新建截污干管5公里。取缔非法采砂船只14艘。")
    assert found == {"measure-1": ["新建截污干管5公里。"], "measure-2": ["取缔非法采砂船只14艘。"], "measure-3": []}


def test_a_measure_that_nothing_answers_has_no_answer():
    found = answered("（一）清理污泥。（二）立案查处。（三）追究管护单位责任。", "（一）清理30吨。（二）罚款10万元。")
    assert found["measure-3"] == []


def test_half_a_sentence_may_answer_a_measure_of_its_own():
    found = answered(
        "（一）成立专班。（二）落实验收办法。（三）把考核结果作为干部选用的依据。",
        "（一）成立专班。（二）落实验收办法，完成9项验收，同时纳入年度考核。",
    )
    assert found["measure-3"] == ["同时纳入年度考核。"]


def test_the_answer_under_each_measure_is_its_own():
    text = "整改措施及落实情况\n1.回填整平8公顷。落实情况：回填8.2公顷。\n2.植树7640株。落实情况：植树7700株。"
    dossier = read_notice(text, "n", at=AT).dossier
    completion = dossier.last_statement("task-1", "completion")
    assert [(completion.text[s.start : s.end], s.measures) for s in completion.spans] == [
        ("回填8.2公顷。", ("measure-1",)),
        ("植树7700株。", ("measure-2",)),
    ]


def test_in_a_lump_a_clause_answers_the_measure_whose_act_only_it_tells():
    found = answered("责令限期拆除；开展植被恢复；举一反三排查其他违建。", "4座木屋已于2020年8月拆除，栽植乔木150株，全县共排查点位62个。")
    assert all(found.values())


def test_in_a_lump_a_measure_of_which_only_a_common_word_is_repeated_has_no_answer():
    found = answered(
        "1.建设再生水厂2座，规模6万吨/日。\n2.建设再生水管网38公里。\n3.理顺再生水价格机制。\n4.将再生水利用纳入最严格水资源管理考核。",
        "建成再生水厂2座，铺设再生水管网41公里，再生水主要用于工业冷却、景观补水和市政杂用。",
    )
    assert [bool(spans) for spans in found.values()] == [True, True, False, False]
