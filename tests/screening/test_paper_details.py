"""What the samples and the generated fakes do not show by themselves: severities, one cause one finding, what is skipped, sentences."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest

from tests.screening.samples import honest, notice, publicity, record, said, skipped, text, with_records
from tests.screening.trips_paper import (
    OPINIONS,
    PAPER_TRIPS,
    ROOM,
    SAME_WORDS,
    accepted,
    answered,
    before_the_visit,
    built,
    changed,
    closed_in_december,
    late_paper,
    ledger,
    listed_again,
    measured_pipe,
    minutes,
    paper,
    punished,
    reviewed,
    two_meetings,
    two_opinions,
    under_the_city,
    written,
)
from xiaohao.documents.notice import read_notice
from xiaohao.dossier.document import Cite
from xiaohao.dossier.parties import Place
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


def test_sewage_is_the_subject_where_one_side_names_no_substance():
    case = listed_again("石桥断面水体再次发黑，沿岸居民排水直接入河。")
    assert [f.points_at for f in said(case, "RECUR")] == [("task-0", "task-1")]
    assert said(listed_again("石桥断面总磷偏高，来自农田退水中的污水。"), "RECUR") == []  # both name a substance, and not one


def test_seconds_too_few_to_write_an_opinion_speak_by_themselves():
    assert len(said(reviewed(lambda n: OPINIONS[n], 5), "REVIEW-FORM")) == 1
    assert said(reviewed(lambda n: OPINIONS[n], 300), "REVIEW-FORM") == []


def test_the_sentence_about_a_reviewer_names_nobody():
    case = reviewed(lambda n: OPINIONS[n], 5)
    (found,) = said(case, "REVIEW-FORM")
    assert found.message.startswith("同一审核人审核的 12 项任务：")
    assert [one.name for one in (*case.people, *case.orgs) if one.name in found.message] == []


def test_a_county_level_city_may_speak_of_its_whole_city():
    sentence = "（二）面向全市部署排水执法检查3次，末次为2023年9月5日。"
    case = written(sentence)
    assert [f.figures["power_level"] for f in said(case, "TXT-RANK")] == ["city"]
    city = tuple(replace(place, name="青禾市") if place.id == "place-county" else place for place in case.places)
    assert said(replace(case, places=city), "TXT-RANK") == []


def test_a_statement_that_repeats_the_plan_is_not_asked_again_what_the_plan_was_asked():
    case = written("（二）对各设区市开展省级督察，末次为2023年9月5日。")
    (asked,) = said(case, "TXT-RANK")
    assert asked.points_at == (case.statements[-1].id,)
    plan = case.plans[-1]
    own = replace(plan, measures=(replace(plan.measures[0], text="对各设区市开展省级督察。"), *plan.measures[1:]))
    (finding,) = said(replace(case, plans=(*case.plans[:-1], own)), "TXT-RANK")
    assert finding.points_at == (plan.measures[0].id,)


def test_a_notice_alone_may_quote_measures_that_are_a_superiors():
    text = files("xiaohao.documents").joinpath("samples/qinghe-notice.txt").read_text("utf-8")
    case = read_notice(text, "qinghe-notice.txt", at="2026-03-03T09:00:00+08:00").dossier
    assert any("各县（区）" in measure.text for measure in case.measures_of("task-1"))
    assert said(case, "TXT-RANK") == []
    assert {lead.check for lead in screen(case).findings} == {"COVER", "ROLE-SEP"}


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


@pytest.mark.parametrize(
    "sentence",
    [
        "组织骨干赴柏岭镇观摩。",
        "邀请柏岭镇同行来访交流。",
        "出境水流入柏岭镇。",
        "固废转运至柏岭镇处置。",
        "与柏岭镇开展联防联控。",
        "《柏岭镇整治工作手册》发放到户。",
        "管护员户籍为柏岭镇。",
        "施工员去柏岭镇看了同类项目，回来改了做法。",
        "邀请柏岭镇的技术骨干来现场指导。",
        "苗木采购自柏岭镇的苗圃。",
        "种苗由柏岭镇林场提供。",
        "组织群众代表到柏岭镇实地感受整治效果。",
        "借用柏岭镇的吸污车三天。",
        "接到柏岭镇通报后，双方共同排查。",
        "砂石料由柏岭镇运来。",
        "项目负责人曾在柏岭镇从事同类工作。",
        "请柏岭镇的同行来做了一次培训。",
    ],
)
def test_travel_cooperation_and_neighbours_are_no_place_of_work(sentence):
    assert said(written(f"（二）{sentence}执法检查3次。"), "TXT-FOREIGN") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "在柏岭镇完成清淤，垃圾外运处置。",
        "由柏岭镇人民政府组织实施。",
        "经验收，柏岭镇段达标。",
        "从青阜镇到柏岭镇一线的隐患点全部销号。",
        "到柏岭镇完成清淤。",
    ],
)
def test_works_elsewhere_are_not_explained_by_words_in_another_clause(sentence):
    assert len(said(written(f"（二）{sentence}执法检查3次。"), "TXT-FOREIGN")) == 1


def test_scans_say_when_they_were_scanned():
    evening = (lambda n, day: f"2023-10-10T20:{10 + 4 * n}:17",)
    assert said(minutes(*evening, kind="scan"), "META-BATCH") == []


@pytest.mark.parametrize("stamp", ["{day}T09:00:00", "{day}T09:12:31"])
def test_one_second_of_the_day_is_no_coincidence(stamp):
    (finding,) = said(minutes(lambda n, day: stamp.format(day=day)), "META-BATCH")
    assert finding.figures["trait"] == "clock"


def test_two_rooms_of_one_building_may_overlap():
    case = two_meetings(ROOM)
    together = tuple(replace(r, start="2023-06-05T09:10") if r.id == "rec-m-2" else r for r in case.records)
    assert said(replace(case, records=together), "MEET-CONFLICT") == []


def test_a_busy_record_with_a_busy_fortnight_is_no_burst():
    steady = [f"2023-{month:02}-{day:02}" for month in range(2, 10) for day in (3, 8, 12, 17)]
    busy = [f"2023-09-{day}" for day in range(25, 31)] + [f"2023-10-0{day}" for day in range(1, 6)]
    assert said(before_the_visit([*steady, *busy, *busy]), "BURST") == []


def test_settlement_and_tending_after_the_works_are_no_late_works():
    logs = ("2023-05-10", "2023-08-30")
    late = record("bond", "contract", "2024-01-05", measures=("measure-1",), org="org-water", title="质保期维修合同")
    tending = record("tend", "work_log", "2024-02-01", measures=("measure-1",), org="org-water", text="管道养护巡查。")
    case = built("2023-03-01", *logs)
    without = tuple(r for r in case.records if r.id != "rec-contract")
    assert said(replace(case, records=(*without, late)), "EVID-TIME") == []
    no_logs = tuple(r for r in case.records if not r.id.startswith("rec-log"))
    assert said(replace(case, records=(*no_logs, tending)), "EVID-TIME") == []
    only_tending = tuple(r for r in no_logs if r.id != "rec-contract")
    assert said(replace(case, records=(*only_tending, tending)), "EVID-TIME") == []
    plain = replace(late, title="施工合同")
    assert [f.figures["inside"] for f in said(replace(case, records=(*without, plain)), "EVID-TIME")] == [2]


def test_sites_next_to_each_other_may_be_seen_together():
    def each(metres):
        def change(n, case):
            lat = 31.2002 + n * metres / 111_195
            moved = tuple(replace(r, lat=lat, place=None, track=()) if r.type == "acceptance" else r for r in case.records)
            return replace(case, records=moved)

        return change

    assert [f for f in said(ledger(2, each(1_500)), "SITE-PROOF") if "minutes" in f.figures] == []
    assert len([f for f in said(ledger(2, each(6_000)), "SITE-PROOF") if "minutes" in f.figures]) == 1


def test_most_of_a_crowd_due_near_it_is_explained():
    due = ["2024-12", "2024-11", "2024-12", "2025-01", "2024-10", "2024-03", "2025-08"]
    assert said(closed_in_december(lambda n: due[n % 7]), "RUSH") == []
    assert len(said(closed_in_december(lambda n: due[n % 7] if n in (0, 5, 6) else f"2024-0{n + 1}"), "RUSH")) == 1


def test_a_person_demoted_to_a_post_of_the_same_name_is_demoted():
    assert said(punished(change="demoted", post="科长"), "SANCTION-FOLLOW") == []
    assert len(said(punished(change="transferred", post="科长"), "SANCTION-FOLLOW")) == 1


def test_narrow_marks_part_clauses_like_wide_ones():
    assert len(said(written("(二)在柏岭镇完成清淤,垃圾外运处置。执法检查3次。"), "TXT-FOREIGN")) == 1
    assert len(said(written("(二)河道清淤完成,对各县(市、区)开展督查。执法检查3次。"), "TXT-RANK")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "抽查部分市州的整改台账。",
        "对景澜市各县（市、区）组织专项督察。",
        "对两位市长进行了提醒谈话。",
        "对市级领导班子开展考核评价。",
        "督促有关县区限期验收。",
        "把各设区市整改成效排出名次。",
        "对末位的市长进行提醒。",
        "审定了各市报来的验收意见。",
        "由我局牵头约谈整改不力的市政府领导。",
        "给各设区市打分排队。",
        "责令景澜市生态环境局重新组织验收。",
        "将各设区市报送的材料逐一退回。",
        "据此调整了对各设区市的资金分配。",
        "十余个地市的台账由我单位逐一审核。",
        "对市住建局的问题下发督办单。",
        "向景澜市人民政府发出督办函。",
    ],
)
def test_some_bodies_of_a_higher_realm_are_commanded_too(sentence):
    assert len(said(written(f"（二）{sentence}执法检查3次。"), "TXT-RANK")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "市生态环境局对各县（市、区）开展了抽查，本县无问题。",
        "景澜市整改办对有关县区进行督导，我县配合。",
        "对两位镇长进行了提醒谈话。",
        "向市直部门公开检查结果。",
        "把市级验收专家提出的问题全部改完。",
        "将各县区共用的管理系统接入。",
        "市直部门现场检查合格。",
        "学习了各设区市考核的做法。",
        "邀请市直部门专家参与验收。",
        "对市生态环境局督导反馈的问题逐项整改。",
        "向景澜市人民政府报送了督办事项办理报告。",
        "收到景澜市人民政府下发的督办函。",
        "各设区市互查时未发现问题。",
    ],
)
def test_what_a_superior_does_is_told_not_commanded(sentence):
    assert said(written(f"（二）{sentence}执法检查3次。"), "TXT-RANK") == []


def in_regions(start: str, region: Place):
    """A meeting in the hall until half past nine, another somewhere in `region` from `start` on."""
    case = two_meetings(ROOM)
    second = tuple(replace(r, place=region.id, start=f"2023-06-05T{start}") if r.id == "rec-m-2" else r for r in case.records)
    return said(replace(case, places=(*case.places, region), records=second), "MEET-CONFLICT")


def test_a_region_is_as_far_as_its_nearest_edge():
    far = Place(id="place-far", name="柏岭镇", kind="region", lat=31.9, lon=110.3)
    near = replace(far, lat=31.25)
    assert [finding.figures["gap_minutes"] for finding in in_regions("09:10", far)] == [-20]
    assert in_regions("09:10", near) == []
    assert in_regions("09:10", replace(far, name="东陆省")) == []


def test_months_of_silence_before_a_visit_speak_however_long_the_book_before_them():
    early = [f"2023-0{month}-{day:02}" for month in (2, 3, 4, 5) for day in (3, 12, 21)]
    pile = [f"2023-09-{day}" for day in range(25, 31)] + [f"2023-10-0{day}" for day in range(1, 5)]
    (finding,) = said(before_the_visit([*early, *pile]), "BURST")
    assert (finding.figures["inside"], finding.figures["total"]) == (10, 22)
    batches = [f"2023-{month}-{day:02}" for month in ("03", "06") for day in range(11, 19)]
    assert said(before_the_visit([*batches, *pile]), "BURST") == []


def test_a_longer_line_than_planned_lies_in_its_place():
    planned = ((31.2, 110.3), (31.21, 110.3))
    for measured, found in ((((31.2, 110.3), (31.213, 110.3)), 0), (((31.2, 110.32), (31.21, 110.32)), 1)):
        case = measured_pipe(1200)
        (pipe, *others) = case.plans[0].measures
        plan = replace(case.plans[0], measures=(replace(pipe, outline=planned), *others))
        records = tuple(
            replace(r, measured=tuple(replace(one, outline=measured) for one in r.measured)) if r.measured else r for r in case.records
        )
        assert len(said(replace(case, plans=(plan,), records=records), "GEOM")) == found
