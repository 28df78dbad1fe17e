"""VAGUE: answers without a fact."""

from __future__ import annotations

import pytest

from tests.screening.samples import ANSWERS, PIPE, honest, record, said, skipped, statement, text, with_records
from xiaohao.dossier.plan import Measure
from xiaohao.evidence.checkable import facts_in

ID = "VAGUE"


def answered(first: str, second: str, **changes):
    return honest(statements=(statement(((first, ("measure-1",)), (second, ("measure-2",)))),), **changes)


def test_half_is_not_most():
    assert said(answered("（一）高度重视，扎实推进。", ANSWERS[1][0]), ID) == []


def test_most_measures_without_a_fact():
    (finding,) = said(answered("（一）高度重视，扎实推进。", "（二）2018年以来切实加强执法。"), ID)
    assert (finding.severity, finding.figures) == ("warn", {"measures": 2, "with_fact": 0})
    assert [pointer.id for pointer in finding.where] == ["st-1", "st-1"]


def test_works_that_were_answered_with_meetings_hold_no_fact():
    meetings = tuple(record(f"meeting-{n}", "meeting", f"2023-0{n}-05", org="org-county", measures=("measure-1",)) for n in (2, 3))
    case = answered(
        "（一）召开推进会2次。", "（二）切实加强执法。", records=with_records(*meetings, without=("rec-contract", "rec-log-1", "rec-log-2"))
    )
    assert said(case, ID)[0].figures == {"measures": 2, "with_fact": 0}


def test_the_day_and_room_of_a_sitting_are_no_facts_of_works():
    hold = "（二）切实加强执法。"
    meeting = "（一）主要领导听取汇报,会议于2023年5月9日在石桥村召开。"
    assert said(answered(meeting, hold), ID)[0].figures == {"measures": 2, "with_fact": 0}
    assert said(answered(f"{meeting}2023年8月30日竣工验收。", hold), ID) == []


def test_a_check_on_site_is_not_answered_by_the_day_of_a_meeting():
    hold = "（一）切实加快建设。"
    assert said(answered(hold, "（二）分管领导主持召开碰头会，会议纪要已于2023年6月1日印发。"), ID)[0].figures["with_fact"] == 0
    assert said(answered(hold, "（二）6月1日会议后执法检查3次。"), ID) == []


def test_a_duty_whose_work_is_meetings_is_answered_by_recorded_meetings():
    study = Measure(id="measure-2", number=2, text="组织学习。", kind="study", owner="org-water")
    case = answered(
        "（一）高度重视。",
        "（二）深入学习，武装头脑。",
        plan={"measures": (PIPE, study)},
        records=with_records(record("study-1", "study", "2023-04-03", org="org-water", measures=("measure-2",))),
    )
    assert said(case, ID) == []


def test_short_and_concrete_is_not_vague():
    assert said(text(statements=(statement((("裸土已全部覆盖。", ("measure-1", "measure-2")),), id="st-2", kind="notice"),)), ID) == []


def test_nothing_tied_to_measures_is_skipped():
    assert [one.reason for one in skipped(honest(statements=()), ID)] == ["没有能与措施逐条对应的答复"]


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("2022年2月23日测量（自然函〔2022〕12号）", ["day", "document"]),
        ("在每周一和周四学习", ["rhythm"]),
        ("印发《青禾县排水管理办法》", ["document"]),
        ("严格落实《中华人民共和国水污染防治法》", []),
        ("2018年以来高度重视，一岗双责", []),
        ("建成截污干管", ["thing"]),
        ("清沅河石桥断面达标", ["place"]),
        ("各园区认真落实", []),
    ],
)
def test_facts(sentence, kinds):
    assert [fact.kind for fact in facts_in(sentence)] == kinds


def test_registered_names_are_facts():
    assert [fact.text for fact in facts_in("青柳沟已整治", ("青柳沟",))] == ["青柳沟"]
