"""What the samples and the generated fakes do not show by themselves: severities, one cause one finding, what is skipped, sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.samples import honest, notice, publicity, record, said, skipped, text, with_records
from tests.screening.trips_paper import (
    PAPER_TRIPS,
    SAME_WORDS,
    accepted,
    answered,
    changed,
    late_paper,
    ledger,
    paper,
    punished,
    two_opinions,
    under_the_city,
    written,
)
from xiaohao.dossier.document import Cite
from xiaohao.dossier.plan import Consent
from xiaohao.dossier.task import Link
from xiaohao.screening.run import NO_REGISTERS, OF_A_TEXT, screen

PAPER = tuple(PAPER_TRIPS)


@pytest.mark.parametrize("check", [check for check in PAPER if check not in OF_A_TEXT])
def test_a_text_has_no_registers_to_compare(check):
    assert [one.reason for one in skipped(text(), check)] == [NO_REGISTERS]


@pytest.mark.parametrize("check", ["DOC-NO", "DOC-LATE", "META-BATCH", "BURST", "PLAN-DIFF", "SUB-PLAN", "RUSH", "SANCTION-FOLLOW", "REPEAT", "WORKS-NEAR", "LIST-GAP", "REVIEW-FORM", "RECUR", "TXT-FOREIGN"])  # fmt: skip
def test_absent_registers_are_skipped_with_a_reason(check):
    assert said(honest(), check) == []
    assert len(skipped(honest(), check)) == 1


def test_a_plan_too_old_for_all_that_it_cites_is_one_finding():
    feedback = paper("f", "东督反〔2023〕6号", "2023-02-21", "反馈意见", kind="feedback", issuer="org-city")
    plan = paper(
        "p", "青政发〔2023〕3号", "2023-01-10", "整改方案", kind="plan", cites=(Cite(number="东督反〔2023〕6号", document="doc-f"),)
    )
    case = answered("2023-02-21")
    case = replace(
        case,
        documents=(feedback, plan),
        inspections=(replace(case.inspections[0], feedback="doc-f"),),
        plans=(replace(case.plans[0], document="doc-p"),),
    )
    (finding,) = said(case, "DATE-ORDER")
    assert (finding.points_at, finding.figures["places"]) == (("doc-f", "doc-p"), 2)


def test_month_and_year_are_compared_only_as_exactly_as_they_are_given():
    assert said(answered("2023-01"), "DATE-ORDER") == []
    assert len(said(answered("2023-02"), "DATE-ORDER")) == 1


def test_a_task_that_went_round_is_not_held_against_its_first_acceptance():
    early = record("again", "acceptance", "2023-08-01", org="org-eco", people=("person-2", "person-3"), place="place-1", passed=True)
    back = record("back", "return", "2023-08-20", org="org-office", reason="管网未通水")
    assert [f.points_at for f in said(honest(records=with_records(early)), "DATE-ORDER")] == [("rec-again", "task-1")]
    assert said(honest(records=with_records(early, back)), "DATE-ORDER") == []


def test_a_late_paper_that_was_booked_in_only_then_says_when():
    (finding,) = said(late_paper("2023-10-09"), "DOC-LATE")
    assert "收文单位最早的登记为 2023-10-09" in finding.message
    assert said(late_paper(None, joined="2023-08-01"), "DOC-LATE") == []


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({}, "未见上级同意文件和公开记录"),
        ({"consent": Consent(org="org-city")}, "未见公开记录"),
        ({"consent": Consent(org="org-water"), "published_at": "2023-02-12"}, "同意单位“青禾县水务局”不是上级"),
    ],
)
def test_a_weaker_version_says_what_it_lacks(more, missing):
    (finding,) = said(changed(**more), "PLAN-DIFF")
    assert missing in finding.message


def test_a_version_that_restates_no_measures_drops_none():
    case = changed()
    first, second = case.plans
    same = replace(second, goals=(replace(first.goals[0], id="goal-2", was="goal-1"),), measures=())
    assert said(replace(case, plans=(first, same)), "PLAN-DIFF") == []


def test_consent_of_the_superior_explains_a_lower_goal():
    case = under_the_city(2250)
    city, own = case.plans
    assert said(replace(case, plans=(city, replace(own, consent=Consent(org="org-city")))), "SUB-PLAN") == []


@pytest.mark.parametrize(
    ("changes", "severity", "words"),
    [
        ({"people": ()}, "block", "未见验收人员"),
        ({"people": ("person-2",)}, "block", "少于规则要求的 2 人"),
        ({"method": "paper"}, "block", "只凭资料验收"),
        ({"track": (), "place": None, "lat": None, "lon": None}, "block", "未见地点和现场轨迹"),
        ({"track": ()}, "note", "未见现场轨迹"),
    ],
)
def test_an_acceptance_without_site_people_or_track(changes, severity, words):
    (finding,) = said(accepted(**changes), "SITE-PROOF")
    assert (finding.severity, words in finding.message) == (severity, True)


def test_duties_may_be_accepted_by_papers():
    case = accepted(method="paper", track=(), place=None, lat=None, lon=None)
    assert said(replace(case, tasks=(replace(case.task, nature="non_works"),)), "SITE-PROOF") == []


def test_two_tasks_with_one_opinion_are_one_question():
    (finding,) = said(two_opinions(SAME_WORDS), "SITE-PROOF")
    assert (finding.severity, finding.points_at) == ("warn", ("rec-acceptance-0", "rec-acceptance-1"))
    assert said(two_opinions(SAME_WORDS + "北段实测1196米。"), "SITE-PROOF") == []


def test_a_sanction_without_paper_and_one_followed_by_an_equal_post_are_two_causes():
    case = punished()
    rows = tuple(replace(r, document=None) if r.type == "sanction" else r for r in case.records)
    assert [f.points_at for f in said(replace(case, records=rows), "SANCTION-FOLLOW")] == [("rec-sanction",), ("rec-post", "rec-sanction")]


def test_shares_of_one_task_repeat_nothing():
    case = PAPER_TRIPS["RECUR"]()
    later = replace(case.tasks[1], links=(Link(task="task-0", relation="share_of"),))
    assert said(replace(case, tasks=(case.tasks[0], later)), "RECUR") == []


def test_a_county_level_city_may_speak_of_its_whole_city():
    sentence = "（二）面向全市部署排水执法检查3次，末次为2023年9月5日。"
    case = written(sentence)
    assert [f.figures["power_level"] for f in said(case, "TXT-RANK")] == ["city"]
    city = tuple(replace(place, name="青禾市") if place.id == "place-county" else place for place in case.places)
    assert said(replace(case, places=city), "TXT-RANK") == []


def test_a_foreign_name_in_several_texts_is_one_finding():
    case = written("（二）对柏岭镇段开展排水执法检查3次，末次为2023年9月5日。")
    both = replace(case, statements=(*case.statements, notice(case.statements[0].text)))
    (finding,) = said(both, "TXT-FOREIGN")
    assert finding.points_at == ("st-1", "st-2")


def test_a_firm_named_after_another_place_is_no_place_of_work():
    assert said(written("（二）委托柏岭镇市政建设有限公司疏通，执法检查3次。"), "TXT-FOREIGN") == []


def test_a_closing_inside_the_window_runs_backwards():
    closing = record("closure", "closure", "2023-11-15", org="org-office")
    rows = with_records(closing, publicity("2023-11-06", "2023-11-17"), without=("rec-publicity",))
    (finding,) = said(honest(records=rows), "DATE-ORDER")
    assert finding.message == "销号（2023-11-15）早于公示期满（2023-11-17），相差 2 天。请核对原件，更正日期或说明先后。"


def test_tasks_that_came_closed_are_shown_as_found():
    case = replace(accepted(people=()), tasks=(replace(honest().task, carried_in=True),))
    assert said(case, "SITE-PROOF") == []


def test_every_finding_of_paper_asks_for_something_and_accuses_nobody():
    for make in PAPER_TRIPS.values():
        for finding in screen(make()).findings:
            assert "请" in finding.message
            assert not {"造假", "虚假", "嫌疑", "疑似"} & {finding.message[n : n + 2] for n in range(len(finding.message))}


def test_an_honest_ledger_of_the_sample_task_is_silent_to_these_checks():
    quiet = ledger(
        4, lambda n, case: replace(case, records=tuple(replace(r, people=()) if r.type == "review" else r for r in case.records))
    )
    assert {f.check for f in screen(quiet).findings} & set(PAPER) == set()
