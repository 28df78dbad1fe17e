"""The region's closing assessment in ROLE-SEP and DATE-ORDER: whoever assesses neither did nor judged the work, and comes after both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.samples import ORGS, TASK, honest, record, said, with_records
from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org

REGION = Org(id="org-region", name="东陆省整改办", level="province", kind="office")
ROOM = Org(id="org-room", name="景澜市整改评估中心", level="city", kind="office", hosted_by="org-office")
WAY = "请核对原件，更正日期或说明先后。"


def assessed(day: str = "2023-11-02", *, by: str = "org-region", people: tuple[str, ...] = (), more=(), **changes: object) -> Dossier:
    """The honest task with its closing assessment, after the review of 31 October and before the notice of 6 November."""
    row = record("assessment", "closing_assessment", day, org=by, people=people, passed=True)
    return honest(task={"assessor": by}, orgs=(*ORGS, REGION, ROOM), records=with_records(replace(row, **changes), *more))


def test_a_unit_and_people_of_its_own_after_the_review_are_silent():
    case = assessed(people=("person-6",))
    assert (said(case, "ROLE-SEP"), said(case, "DATE-ORDER")) == ([], [])


@pytest.mark.parametrize(
    ("by", "severity", "fact"),
    [
        ("org-water", "block", "“青禾县水务局”既是责任单位，又是评估单位"),
        ("org-station", "block", "评估单位“青禾县排水站”是责任单位“青禾县水务局”的下属单位"),
        ("org-eco", "warn", "“景澜市生态环境局”既是验收单位，又是评估单位"),
        ("org-office", "warn", "“景澜市整改办”既是审核单位，又是评估单位"),
        ("org-room", "warn", "评估单位“景澜市整改评估中心”与审核单位“景澜市整改办”设在一处"),
    ],
)
def test_whoever_did_or_judged_the_work_does_not_assess_it(by, severity, fact):
    (finding,) = said(assessed(by=by), "ROLE-SEP")
    assert (finding.severity, finding.message) == (severity, f"{fact}。请改由其他单位办理，或写明依据并请上一级抽查。")
    assert by in finding.points_at


def test_the_superior_of_those_who_judged_assesses():
    assert said(assessed(by="org-city"), "ROLE-SEP") == []


def test_who_really_assessed_counts_not_only_who_was_named():
    (finding,) = said(assessed(org="org-office"), "ROLE-SEP")
    assert finding.figures == {"reviewer": "org-office", "assessor": "org-office", "link": "same"}


def test_a_person_who_accepted_does_not_assess_for_another_unit():
    (finding,) = said(assessed(people=("person-6", "person-3")), "ROLE-SEP")
    assert finding.points_at == ("person-3", "rec-acceptance", "rec-assessment")
    assert finding.message == "评估人员 2 人中有 1 人参加过验收或审核。请改派没有参加过的人员评估。"


def test_an_assessment_rests_on_the_review_and_the_acceptance():
    (early,) = said(assessed("2023-10-26"), "DATE-ORDER")
    assert early.message == f"销号评估（2023-10-26）早于审核（2023-10-31），相差 5 天。{WAY}"
    (first,) = said(assessed("2023-10-20"), "DATE-ORDER")
    assert (first.figures["places"], first.task) == (2, TASK)
    assert first.message.startswith("销号评估（2023-10-20）早于审核（2023-10-31），相差 11 天；相连的日期另有 1 处不一致。")


@pytest.mark.parametrize("day", ["2023-10-31", "2023-10", "2023"])
def test_the_day_of_the_review_or_a_date_too_coarse_to_compare_is_silent(day):
    assert said(dated(assessed(), day), "DATE-ORDER") == []


def test_the_closing_rests_on_the_assessment():
    closing = record("closure", "closure", "2023-11-20", org="org-office")
    (finding,) = said(assessed("2023-11-24", more=(closing,)), "DATE-ORDER")
    assert finding.message == f"销号（2023-11-20）早于销号评估（2023-11-24），相差 4 天。{WAY}"


def test_where_only_what_is_closed_is_reviewed_the_assessment_need_not_await_the_review():
    closing = record("closure", "closure", "2023-11-20", org="org-office")
    late = record("review-2", "review", "2023-11-28", org="org-office", passed=True)
    case = assessed("2023-11-02", more=(closing, late))
    case = replace(case, records=tuple(one for one in case.records if one.id != "rec-review"))
    assert said(case, "DATE-ORDER") == []


def dated(case: Dossier, day: str) -> Dossier:
    return replace(case, records=tuple(replace(one, date=day) if one.id == "rec-assessment" else one for one in case.records))
