"""Claims: what a sentence says that rows must back."""

from __future__ import annotations

import pytest

from tests.shared import SHARED, needs_shared
from xiaohao.evidence.claims import claims_in


@pytest.mark.parametrize(
    ("sentence", "claimed"),
    [
        (
            "召开专题会议5次、约谈企业12家，开展执法检查27次，末次为2023年6月19日。",
            [("meeting", 5, "次"), ("interview", 12, "家"), ("enforcement", 27, "次")],
        ),
        ("（三）上门执法检查5次，逐户留存笔录", [("enforcement", 5, "次")]),
        ("立案查处环境违法案件7起，罚款35.6万元，问责3人", [("enforcement", 7, "起"), ("fine", 356_000, "元"), ("sanction", 3, "人")]),
        ("党工委会、管委会办公会先后11次研究", [("meeting", 11, "次")]),
        ("召开环评专项审批会议12次", [("approval_meeting", 12, "次")]),
        ("开展学习研讨8场次，培训班3期", [("study", 8, "场次"), ("training", 3, "期")]),
        ("印发督办函6份", [("order", 6, "份")]),
        ("完成了反馈给开发区6项问题的整改销号工作", [("closure", 6, "项")]),
        ("种冬青1000余株", [("amount", 1000, "株")]),
        ("对企业开展了多轮次督导", [("site_visit", None, None)]),
        ("有关领导多次约谈企业", [("interview", None, None)]),
        ("在305室召开，第三项任务、一岗双责、2号街", []),
    ],
)
def test_a_counted_or_uncounted_act_is_claimed_with_its_register(sentence, claimed):
    assert [(claim.kind, claim.value, claim.unit) for claim in claims_in(sentence)] == claimed


@pytest.mark.parametrize(
    ("sentence", "schedule", "record_types"),
    [
        ("2018年以来，在每周一和周四干部职工学习例会上", "weekly:mon,thu", ("study",)),
        ("每周五召开调度会", "weekly:fri", ("meeting",)),
        ("每月调度一次", "monthly", ("meeting",)),
        ("每季度开展2次执法检查", "quarterly:2", ("enforcement",)),
    ],
)
def test_a_rhythm_is_claimed_in_the_spelling_of_the_register(sentence, schedule, record_types):
    assert [(claim.kind, claim.schedule, claim.record_types) for claim in claims_in(sentence)] == [("rhythm", schedule, record_types)]


def test_a_season_is_no_rhythm():
    assert claims_in("每年3月至12月为休渔期。") == ()


def test_the_period_a_count_covers_is_kept():
    (claim,) = claims_in("2018年以来，先后召开党工委会议研究环境保护工作23次。")
    assert (claim.since, claim.value) == ("2018", 23)


def test_offsets_are_code_points_of_the_text_as_given():
    text = "召開會議２３次，（一）种树１，０００余株"
    assert [text[claim.start : claim.end] for claim in claims_in(text)] == [claim.text for claim in claims_in(text)]


@needs_shared
def test_the_claims_of_the_notice_this_system_was_asked_for():
    text = (SHARED / "data/inputs/notice-taiyangshan-2021.txt").read_text("utf-8")
    done = text[text.index("三、整改完成情况") :]
    counted = [(c.kind, c.value, c.schedule) for c in claims_in(done) if c.value is not None or c.kind in {"rhythm", "interview"}]
    assert counted == [
        ("rhythm", None, "weekly:mon,thu"),
        ("meeting", 23, None),
        ("approval_meeting", 12, None),
        ("interview", None, None),
        ("closure", 6, None),
    ]


@pytest.mark.parametrize(("sentence", "kind", "value"), [("徒步巡护九次。", "patrol", 9), ("先后开会协调二十一次。", "meeting", 21)])
def test_patrols_and_plain_meetings_are_counted_acts(sentence, kind, value):
    (claim,) = claims_in(sentence)
    assert (claim.kind, claim.value) == (kind, value)
