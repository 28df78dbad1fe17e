"""NUM-CLAIM: numbers that the register does not hold."""

from __future__ import annotations

from dataclasses import replace

from tests.screening.samples import ANSWERS, PATROL, PIPE, honest, said, skipped, statement, text
from xiaohao.dossier.where import Where

ID = "NUM-CLAIM"


def claiming(words: str, **changes):
    return honest(statements=(statement((ANSWERS[0], (words, ("measure-2",)))), *changes.pop("more", ())), **changes)


def test_more_claimed_than_registered():
    case = claiming("（二）开展排水执法检查23次。")
    (finding,) = said(case, ID)
    start = case.statements[0].text.index("23次")
    rows = tuple(Where(f"rec-check-{n}") for n in (1, 2, 3))
    assert finding.where == (Where("st-1", start, start + 3), *rows)
    assert (
        finding.message
        == "自报“开展排水执法检查23次”，登记可对上的有 3 条。请补登记（执法检查记录：逐次的日期、人员、对象、笔录），或更正文字。"
    )
    assert finding.figures == {"claimed": 23, "found": 3, "unit": "次"}
    assert finding.key == "NUM-CLAIM:rec-check-1,rec-check-2,rec-check-3,st-1#1"


def test_the_same_claim_in_the_notice_is_one_finding():
    notice = statement((ANSWERS[0], ("（二）开展排水执法检查23次。", ("measure-2",))), id="st-2", kind="notice")
    assert len(said(claiming("（二）开展排水执法检查23次。", more=(notice,)), ID)) == 1


def test_another_number_in_the_notice_is_another_finding():
    notice = statement((ANSWERS[0], ("（二）开展排水执法检查30次。", ("measure-2",))), id="st-2", kind="notice")
    assert [f.figures["claimed"] for f in said(claiming("（二）开展排水执法检查3次。", more=(notice,)), ID)] == [30]


def test_numbers_that_count_no_acts():
    words = "（二）开展执法检查3次，受理点在305室，历时90天，第三次检查发现问题，建成管网9公里，发放宣传单2000份。"
    assert said(claiming(words), ID) == []


def test_without_a_register_nothing_is_held_against_anyone():
    assert [one.reason for one in skipped(claiming("（二）检查23次。", records=()), ID)] == ["案卷中没有登记可以对照"]
    assert [one.reason for one in skipped(text(), ID)] == ["文字材料没有登记可以对照，所报次数列为待核陈述"]
    assert [one.reason for one in skipped(honest(statements=()), ID)] == ["还没有完成情况或公示"]


def test_parts_that_only_together_exceed_the_register():
    (finding,) = said(claiming("（二）上半年排水执法检查3次，下半年排水执法检查2次。"), ID)
    assert finding.figures == {"claimed": 5, "found": 3, "unit": "次"}
    assert said(claiming("（二）上半年排水执法检查2次，下半年排水执法检查1次。"), ID) == []
    assert said(claiming("（二）2023年排水执法检查3次，其中上半年检查2次，下半年检查1次。"), ID) == []


def test_rows_of_the_version_before_count():
    again = replace(PATROL, id="measure-2-v2", was="measure-2")
    first = honest().plans[0]
    later = replace(first, id="plan-2", version=2, replaces="plan-1", date="2023-07-10", measures=(PIPE, again))
    answers = statement((ANSWERS[0], (ANSWERS[1][0], ("measure-2-v2",))))
    assert said(honest(plans=(first, later), statements=(answers,)), ID) == []


def test_rows_from_before_the_inspection_are_not_of_this_problem():
    old = tuple(replace(r, date="2021" + (r.date or "")[4:]) if r.id in ("rec-check-1", "rec-check-2") else r for r in honest().records)
    came = tuple(replace(one, start="2022-10-08") for one in honest().inspections)
    assert [f.figures["found"] for f in said(honest(records=old, inspections=came), ID)] == [1]
    since = claiming("（二）2021年以来开展排水执法检查3次。", records=old, inspections=came)
    assert said(since, ID) == []
