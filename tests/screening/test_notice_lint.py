"""NOTICE-LINT: a notice beside itself and beside the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.screening.samples import NOTICE, ORGS, honest, notice, publicity, said, skipped, statement, text, with_records
from xiaohao.screening.notice_text import NoticeText, plain

ID = "NOTICE-LINT"


def printed(before: str = "", after: str = "", **changes):
    return honest(statements=(statement(), notice(NOTICE.replace(before, after) if before else NOTICE)), **changes)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("整改任务第五项完成", "整改任务第十项完成", "公示标题为第10项，正文为第5项。请更正。"),
        ("氨氮3.9毫克", "氨氮1.9毫克", "公示引用的问题“青阜镇污水直排清沅河，石桥断面氨氮1.9毫克/升”与清单原文“青阜镇污水直排清沅河，石桥断面氨氮3.9毫克/升”不一致。请按原文引用。"),
        ("县水务局", "县农业农村局", "公示的责任单位“县农业农村局”与台账“青禾县水务局”不一致。请核对。"),
        ("0999-5550101", "0999-5550109", "公示电话 09995550109 与登记的“景澜市整改办”电话 0999-5550101 不一致。请核对。"),
        ("11月17日止", "11月20日止", "公示写 2023-11-06 至 2023-11-20，登记为 2023-11-06 至 2023-11-17。请核对。"),
        ("共10个工作日", "共7个工作日", "公示写 7 天，登记为 10 天。请核对。"),
        ("\n2023年11月6日", "\n2023年11月8日", "公示落款 2023-11-08 晚于公示开始 2023-11-06。请更正日期，或自落款之日起重新计算。"),
    ],
)  # fmt: skip
def test_each_contradiction_is_one_finding(before, after, message):
    assert [finding.message for finding in said(printed(before, after), ID)] == [message]


PROBLEM = "青阜镇污水直排清沅河，石桥断面氨氮3.9毫克/升。"


@pytest.mark.parametrize("label", ["【问题】", "一、反馈问题:", "整改问题："])
@pytest.mark.parametrize(("before", "after"), [("3.9", "1.9"), ("直排", "少量流入")])
def test_a_problem_under_its_label_is_not_altered(label, before, after):
    told = NOTICE.replace(f"第五项：“{PROBLEM}”", f"{label}{PROBLEM.replace(before, after)}")
    assert len(said(honest(statements=(statement(), notice(told))), ID)) == 1


@pytest.mark.parametrize("words", [PROBLEM, "青阜镇污水直排清沅河……", "青阜镇污水直排问题突出，群众反映强烈。", f"{PROBLEM}（第五项）"])
def test_a_problem_under_its_label_may_be_told_in_short_or_in_other_words(words):
    told = NOTICE.replace(f"第五项：“{PROBLEM}”", f"【问题】{words}")
    assert said(honest(statements=(statement(), notice(told))), ID) == []


def test_a_number_that_is_not_the_lists():
    case = printed(task={"number": 8})
    (finding,) = said(case, ID)
    assert finding.message == "公示写的是第5项，清单上本任务是第8项。请核对。"
    assert NOTICE[finding.where[0].start : finding.where[0].end] == "五"


def test_an_end_before_the_beginning():
    case = printed("11月17日", "11月1日", records=with_records(publicity(end="2023-11-01"), without=("rec-publicity",)))
    assert [finding.message for finding in said(case, ID)] == ["公示截止 2023-11-01 早于开始 2023-11-06。请更正日期。"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("第五项", "第5项"),
        ("“青阜镇污水直排清沅河，", "“青阜镇污水……"),
        ("3.9毫克/升", "３．９毫克／升"),
        ("县水务局", "青禾县水务局、青禾县财政局"),
        ("县水务局", "各级党委和政府"),
        ("0999-5550101", "（0999）5550101"),
        ("有异议的", "第一项措施由县局负责。有异议的"),
        ("\n2023年11月6日", "\n2023年11月3日"),
    ],
)
def test_innocent_spellings_are_no_findings(before, after):
    assert said(printed(before, after), ID) == []


def test_a_text_is_only_held_beside_itself():
    wrong = NOTICE.replace("整改任务第五项完成", "整改任务第十项完成").replace("县水务局", "县农业农村局")
    case = text(statements=(notice(wrong),))
    assert [finding.message for finding in said(case, ID)] == ["公示标题为第10项，正文为第5项。请更正。"]


def test_a_period_that_crosses_the_year_ends_in_the_next():
    end = NoticeText.of("公示时间：2020年12月28日至1月3日，共7天。").period()
    assert (end[0].isoformat(), end[1].isoformat(), end[2]) == ("2020-12-28", "2021-01-03", 7)


@pytest.mark.parametrize("line", ["【责任单位】县水务局", "责任单位　县水务局", "四、时限。2022年底。五、责任单位。县水务局。"])
def test_responsible_units_are_seen_in_boxes_and_behind_blanks(line):
    assert [one.value for one in NoticeText.of(line).units()] == ["县水务局"]


def test_without_a_notice_the_check_is_skipped():
    assert [one.reason for one in skipped(honest(statements=(statement(),)), ID)] == ["没有公示文本"]


def test_what_a_notice_prints():
    read = NoticeText.of(NOTICE)
    title, body = read.task_numbers()
    assert ([one.value for one in title], [one.value for one in body]) == (["5"], ["5"])
    assert [one.value for one in read.units()] == ["县水务局"]
    assert read.period()[:3] == (date(2023, 11, 6), date(2023, 11, 17), 10)
    assert [one.value for one in read.phones()] == ["09995550101"]
    assert read.signed_on()[0] == date(2023, 11, 6)


def test_a_unit_with_an_and_in_its_name_is_one_unit():
    fishery = tuple(replace(org, name="青禾县海洋与渔业局", aliases=()) if org.id == "org-water" else org for org in ORGS)
    line = "责任单位：{}海洋与渔业局"
    for county, count in (("白榆县", 1), ("青禾县", 0)):
        told = NOTICE.replace("责任单位：县水务局", line.format(county))
        assert len(said(honest(statements=(statement(), notice(told)), orgs=fishery), ID)) == count


def test_the_number_before_the_inspections_own_word_is_the_tasks():
    title, body = NoticeText.of("青禾县第七项督察整改任务整改情况公示\n现将第三十九项整改任务完成情况公示如下。").task_numbers()
    assert ([one.value for one in title], [one.value for one in body]) == (["7"], ["39"])


def test_the_short_title_in_a_heading_is_no_quotation_of_the_problem():
    read = NoticeText.of("关于青禾县整改清单第3项“北山砂石料场边坡裸露”整改完成情况的公示\n第3项：“北山砂石料场停采后，边坡长期裸露。”")
    assert [one.value for one in read.problems()] == ["北山砂石料场停采后，边坡长期裸露。"]


@pytest.mark.parametrize("words", ["", "第一条", "公示期自2022年13月40日至2022年11月24日", "2022年11月22日至202211243个工作日", "电话"])
def test_damaged_text_yields_nothing_instead_of_a_guess(words):
    read = NoticeText.of(words)
    assert read.period() is None
    assert read.phones() == ()
    assert read.task_numbers() == ((), ())


def test_plain_texts_differ_only_in_what_they_say():
    assert plain("石桥断面氨氮３.９毫克/升，共二十三次") == plain("石桥断面氨氮3.9 mg/L、共23次。")
    assert plain("第五项") != plain("第六项")
