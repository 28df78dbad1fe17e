"""TARGET: the goal against the readings."""

from __future__ import annotations

from dataclasses import replace

from tests.screening.samples import honest, said, skipped, text
from tests.screening.trips import measured
from xiaohao.dossier.where import Where

ID = "TARGET"


def test_months_over_the_goal_block_and_are_named():
    (finding,) = said(measured((1.2, 1.8, 1.7)), ID)
    assert finding.severity == "block"
    assert finding.where == (Where("series-1", since="2023-10-01", until="2023-11-30"), Where("goal-1"))
    assert finding.figures == {"limit": 1.5, "operator": "<=", "unit": "mg/L", "failed": ["2023-10", "2023-11"], "values": [1.8, 1.7]}


def test_equal_to_the_limit_is_met():
    assert said(measured((1.5, 1.5, 1.5)), ID) == []


def test_the_acceptances_own_result_in_another_unit_is_held_to_the_goal():
    assert said(measured((1.2, 1.2, 1.2), result=1400), ID) == []
    (finding,) = said(measured((1.2, 1.2, 1.2), result=2250), ID)
    assert finding.points_at == ("goal-1", "rec-acceptance")
    assert finding.figures["values"] == [2.25]


def test_one_day_says_nothing_of_a_monthly_goal():
    case = measured((1.2, 1.2, 1.2), result=2250)
    day = tuple(replace(r, results=tuple(replace(x, at="2023-11-20") for x in r.results)) for r in case.records)
    assert said(replace(case, records=day), ID) == []


def test_what_cannot_be_judged_is_said():
    assert [one.reason for one in skipped(honest(), ID)] == ["目标没有可以核对的数字：“消除直排口”。方案说明：以封堵为准"]
    assert [one.reason for one in skipped(honest(plan={"goals": ()}), ID)] == ["没有写明整改目标"]
    assert [one.reason for one in skipped(measured((1.2,)), ID)] == ["判断目标需要 3 个数据过半的月均值，现有 1 个。"]
    unaccepted = replace(measured((1.2, 1.2, 1.2)), records=())
    assert [one.reason for one in skipped(unaccepted, ID)] == ["还没有验收记录，目标“石桥断面氨氮月均值不高于1.5毫克/升”尚不判断"]
    undated = measured((1.2, 1.2, 1.2))
    undated = replace(undated, tasks=(replace(undated.tasks[0], done_at=None),))
    assert [one.reason for one in skipped(undated, ID)] == ["没有登记完工日期，不知道从哪天起判断目标"]


def test_a_text_brings_no_readings():
    goals = measured((1.2,)).plans[0].goals
    assert [one.reason for one in skipped(text(plan={"goals": goals}), ID)] == [
        "文字材料没有监测数据可以对照目标“石桥断面氨氮月均值不高于1.5毫克/升”"
    ]
