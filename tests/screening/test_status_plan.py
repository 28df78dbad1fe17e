"""STATUS-PLAN: progress that does not add up, and words that contradict completion."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.samples import ANSWERS, PIPE, REPORTS, TASK, honest, record, said, skipped, statement, text, with_records
from xiaohao.dossier.plan import Plan

ID = "STATUS-PLAN"


def reported(*percents: tuple[str, float], **changes):
    reports = tuple(
        replace(REPORTS[0], id=f"st-p{n}", date=day, recorded_at=f"{day}T10:00:00+08:00", percent=p) for n, (day, p) in enumerate(percents)
    )
    return honest(statements=reports, **changes)


def test_a_jump_without_records_of_the_works():
    (finding,) = said(reported(("2023-06-01", 15), ("2023-06-21", 100)), ID)
    assert finding.message == "上期报 15%，20 天后报 100%，期间施工、运输、开票等记录不足以说明。请补这段时间的记录。"
    assert finding.figures == {"before": 15, "after": 100, "days": 20}
    assert finding.points_at == ("st-p0", "st-p1")


@pytest.mark.parametrize(
    "case",
    [
        reported(("2023-06-01", 15), ("2023-09-21", 100)),
        reported(("2023-09-10", 25), ("2024-01-08", 75)),
        reported(("2023-06-01", 15), ("2023-06-21", 50)),
        reported(("2023-08-20", 15), ("2023-08-31", 100)),
        reported(("2023-06-01", 15), ("2023-06-21", 100), task={"kind": "immediate"}),
    ],
    ids=["works on record", "one report left out", "a small step", "half of the works lie between", "immediate"],
)
def test_innocent_steps(case):
    assert said(case, ID) == []


def test_progress_that_goes_back():
    (finding,) = said(reported(("2023-05-01", 60), ("2023-06-01", 40)), ID)
    assert finding.message == "上期报 60%，31 天后报 40%，进度倒退。请说明哪一期有误。"


def test_a_return_or_a_new_plan_explains_going_back():
    returned = record("return", "return", "2023-05-15")
    assert said(reported(("2023-05-01", 60), ("2023-06-01", 40), records=with_records(returned)), ID) == []
    later = Plan(
        id="plan-2", task=TASK, version=2, author="org-county", date="2023-05-10", recorded_at="2023-05-11T09:00:00+08:00", measures=(PIPE,)
    )
    case = reported(("2023-05-01", 60), ("2023-06-01", 40))
    assert said(replace(case, plans=(*case.plans, later)), ID) == []


def test_a_forecast_after_the_due_date():
    (finding,) = said(honest(statements=(replace(REPORTS[0], expects_done="2024-03"),)), ID)
    assert finding.message == "整改时限为 2023-10，本期预计 2024-03 完成，未见调整时限的方案。请说明按哪个时限办理。"


def test_a_forecast_speaks_without_a_percentage_beside_it():
    (finding,) = said(honest(statements=(replace(REPORTS[0], percent=None, expects_done="2024-03"),)), ID)
    assert finding.figures == {"due": "2023-10", "expects": "2024-03"}


def test_a_forecast_that_may_lie_in_time_is_fine():
    assert said(honest(task={"due": "2023-10-28"}, statements=(replace(REPORTS[0], expects_done="2023-10"),)), ID) == []


def test_done_although_its_own_words_say_how_far_it_got():
    st = statement(opening="任务完成情况如下，拆除达到总量的61%，整治初见成效。")
    (finding,) = said(honest(statements=(st,)), ID)
    assert finding.message == "报整改完成，文中却写“达到总量的61%”“初见成效”。请写明未完部分何时完成，或按实际进度填报。"
    assert finding.figures == {"words": ["达到总量的61%", "初见成效"], "share": 61}
    assert [st.text[w.start : w.end] for w in finding.where] == ["达到总量的61%", "初见成效"]


def test_what_cover_says_of_an_answer_is_not_said_twice():
    st = statement((("（一）截污干管正在加快推进。", ("measure-1",)), ANSWERS[1]))
    assert said(honest(statements=(st,)), ID) == []


def test_the_goals_own_words_are_no_confession():
    case = honest(statements=(statement(opening="主体已完工。"),))
    goal = replace(case.plans[0].goals[0], text="10月底前主体已完工。")
    assert said(case, ID) != []
    assert said(replace(case, plans=(replace(case.plans[0], goals=(goal,)),)), ID) == []


def test_a_text_is_read_for_its_own_words():
    st = statement((("（一）干管主体已完工。", ("measure-1",)), ANSWERS[1]), id="st-2", kind="notice")
    (finding,) = said(text(statements=(st,)), ID)
    assert finding.figures["words"] == ["主体已完工"]


def test_nothing_reported_is_skipped():
    assert [one.reason for one in skipped(honest(statements=()), ID)] == ["没有进展数字，也没有完成情况"]
