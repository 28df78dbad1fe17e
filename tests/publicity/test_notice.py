from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.cases import COUNTY_ROUTE, DEFAULT_ROUTE, DUTY, REGION_ROUTE, WORKS, change, duty_case, without, works_case
from xiaohao.dossier.rules import Calendar
from xiaohao.publicity.notice import SELF_ACCEPTANCE_WORDS, Notice, canonical_bytes, compose, digest, missing, notice_text, read_notice
from xiaohao.publicity.words import RECORD_WORDS, between_words, ordinal, when_words

GOLDEN = Path(__file__).parents[1] / "golden" / "notices"
POSTED = "rec-publicity"


WORKS_NOTICE = compose(
    works_case("published", route=DEFAULT_ROUTE),
    POSTED,
    results={"goal-7-1": "2025-07、2025-08、2025-09的月均值（3个）都达到“不高于1.5 mg/L”的目标。"},
)
DUTY_NOTICE = compose(duty_case("published", route=COUNTY_ROUTE), POSTED)


@pytest.mark.parametrize(("name", "notice"), [("works", WORKS_NOTICE), ("duty", DUTY_NOTICE)])
def test_the_notices_of_the_two_cases_read_as_they_did(name: str, notice: Notice):
    """Regenerate with XIAOHAO_GOLDEN=write, and review the difference like code."""
    printed = f"{notice_text(notice)}\nsha256 {digest(notice)}\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("XIAOHAO_GOLDEN") == "write":
        path.write_text(printed)
    assert printed == path.read_text()


def test_a_complete_notice_lacks_nothing():
    assert (missing(WORKS_NOTICE), missing(DUTY_NOTICE)) == ((), ())


def test_every_measure_is_answered_by_its_own_sentence_and_its_own_records():
    assert [(m.number, m.answer, m.records) for m in WORKS_NOTICE.measures][1] == (
        2,
        "开展排水执法检查2次，最近一次为2025年9月9日，错接的排水户全部改正。",
        ("执法检查记录2条（2025年5月12日至9月9日）",),
    )


@pytest.mark.parametrize(
    ("gap", "fact"),
    [
        ("answer", "第3项措施没有答复。"),
        ("evidence", "第3项措施的答复后面没有登记或佐证。"),
    ],
)
def test_a_measure_without_answer_or_records_is_named(gap: str, fact: str):
    notice = compose(works_case("published", missing=gap), POSTED)
    assert [(unmet.fact, unmet.where) for unmet in missing(notice)] == [(fact, "measure-7-3")]


def test_every_gap_is_named_at_once():
    bare = replace(works_case("published"), plans=())
    bare = change(without(bare, "st-completion"), WORKS, problem=" ", due=None, due_words=None, acceptor=None, reviewer=None, desk=None)
    bare = change(bare, POSTED, start="2026-03", org=None, document=None)
    bare = change(bare, WORKS, publisher=None)
    assert [unmet.fact for unmet in missing(compose(bare, POSTED))] == [
        "公示没有文号。",
        "没有写明由谁公示。",
        "没有写明公示起止日期。",
        "没有引用反馈的问题。",
        "没有整改目标。",
        "没有整改时限。",
        "没有整改措施。",
        "没有写明由谁验收。",
        "没有写明由谁审核。",
        "没有写明由谁受理异议。",
    ]


def test_a_desk_without_telephone_or_address_and_a_window_turned_round_are_named():
    case = change(works_case("published"), "org-citydesk", phone=None, address=None)
    case = change(case, POSTED, start="2025-11-18", end="2025-11-05")
    assert [unmet.fact for unmet in missing(compose(case, POSTED))] == [
        "公示结束日期早于开始日期。",
        "没有受理异议的电话。",
        "没有受理书面异议的地址。",
    ]


def test_a_publicity_record_of_another_task_is_none():
    with pytest.raises(LookupError):
        compose(works_case("published"), "rec-acceptance")


def test_hands_that_are_not_separate_are_shown():
    case = change(works_case("published"), WORKS, acceptor="org-housing", desk="org-county")
    hands = {hand.role: (hand.unit, hand.note) for hand in compose(case, POSTED).hands}
    assert hands["验收"] == ("青禾县住房和城乡建设局", "2025年10月24日现场与资料验收，2人参加；与责任单位是同一单位")
    assert hands["受理异议"] == ("青禾县人民政府", "与公示单位是同一单位")
    assert {hand.role: hand.note for hand in WORKS_NOTICE.hands}["受理异议"] == "与责任、验收、审核、公示单位均不是同一单位"


def test_lawful_self_acceptance_is_printed_in_the_words_of_the_rulebook():
    own = change(works_case("published"), WORKS, acceptor="org-housing")
    assert compose(own, POSTED, self_acceptance=True).self_acceptance == SELF_ACCEPTANCE_WORDS
    assert "由园区自行验收。" in notice_text(compose(own, POSTED, self_acceptance="由园区自行验收。"))
    assert compose(works_case("published"), POSTED, self_acceptance=True).self_acceptance == ""
    assert compose(own, POSTED).self_acceptance == ""


def test_the_calendar_sentence_names_adjusted_days_and_days_off_and_their_source():
    case = change(works_case("published"), POSTED, start="2024-09-29", end="2024-10-09", stated_days=4)
    assert compose(case, POSTED).calendar == (
        "首日、末日均计入，按工作日历共4个工作日；9月29日（星期日）为调休工作日，计入；"
        "10月1日、10月2日、10月3日、10月4日、10月7日放假，不计入。依据：国办发明电〔2023〕7号。"
    )


def test_days_of_the_calendar_and_years_not_announced_have_their_own_sentences():
    case = works_case("published")
    in_days = compose(change(case, POSTED, start="2025-10-01", end="2025-10-07", stated_days=7, stated_unit="day"), POSTED)
    assert in_days.calendar == "按自然日计算，首日、末日均计入，共7天。"
    assert "公示时间：2025年10月1日至2025年10月7日，共7天。" in notice_text(in_days)
    unknown = compose(change(case, POSTED, start="2030-03-01", end="2030-03-14"), POSTED)
    assert unknown.calendar == "2030年节假日安排待公布，工作日数以公布后的安排为准。"
    local = compose(
        replace(change(case, POSTED, start="2030-03-01", end="2030-03-14"), calendar=Calendar(name="景澜市日历", holidays=("2030-03-08",))),
        POSTED,
    )
    assert local.calendar == "首日、末日均计入，按工作日历共9个工作日；3月8日放假，不计入。依据：景澜市日历。"


def test_a_goal_without_a_figure_says_why_and_readings_win_over_it():
    case = change(works_case("published"), "goal-7-1", target=None, no_target_reason="认识无法计量")
    assert compose(case, POSTED).goals[0].result == "该目标不设量化指标，理由：认识无法计量"


def test_the_canonical_bytes_are_one_spelling_whatever_cannot_be_seen():
    hidden = replace(WORKS_NOTICE, problem=WORKS_NOTICE.problem[:4] + "\u200b\u202e" + WORKS_NOTICE.problem[4:])
    assert canonical_bytes(hidden) == canonical_bytes(WORKS_NOTICE)
    value = json.loads(canonical_bytes(WORKS_NOTICE))
    assert (value["format"], value["window"]["start"], value["issued_on"]) == ("xiaohao-notice/1", "2025-11-05", "2025-11-05")
    assert canonical_bytes(WORKS_NOTICE) == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "name", ["title", "number", "issuer", "problem", "due", "self_acceptance", "calendar", "opening", "kind", "source"]
)
def test_any_changed_word_changes_the_digest(name: str):
    assert digest(replace(WORKS_NOTICE, **{name: getattr(WORKS_NOTICE, name) + "改"})) != digest(WORKS_NOTICE)


def test_nobody_is_named_in_a_notice():
    case = duty_case("published", route=COUNTY_ROUTE)
    text = notice_text(compose(case, POSTED)) + canonical_bytes(compose(case, POSTED)).decode()
    assert [person.name for person in case.people if person.name in text] == []


def test_every_record_type_of_the_bundle_has_its_word():
    from importlib.resources import files

    schema = json.loads(files("xiaohao.dossier").joinpath("schema.json").read_text("utf-8"))
    assert set(RECORD_WORDS) == set(schema["$defs"]["record"]["properties"]["type"]["enum"])


def test_dates_and_ordinals_in_words():
    assert [when_words(text) for text in ("2025", "2025-09", "2025-09-30", "月底前", None)] == [
        "2025年",
        "2025年9月",
        "2025年9月30日",
        "月底前",
        "",
    ]
    assert between_words(date(2025, 12, 30), date(2026, 1, 5)) == "2025年12月30日至2026年1月5日"
    assert [ordinal(number) for number in (1, 10, 11, 20, 21, 99, 100)] == ["一", "十", "十一", "二十", "二十一", "九十九", "100"]


def test_the_duty_task_quotes_registers_of_other_tasks():
    assert DUTY_NOTICE.measures[2].records == ("销号记录6条（2024年3月15日至10月22日）", "“回头看”记录6条（2024年10月16日至2025年4月9日）")
    assert DUTY_NOTICE.task == DUTY


@pytest.mark.parametrize("notice", [WORKS_NOTICE, DUTY_NOTICE, replace(WORKS_NOTICE, window=None, number="", measures=())])
def test_a_notice_is_read_back_from_its_canonical_bytes(notice: Notice):
    assert read_notice(canonical_bytes(notice)) == notice


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format":"xiaohao-notice/1"}',
        b"[" * 100_000,
        canonical_bytes(WORKS_NOTICE) + b"\n",
        canonical_bytes(WORKS_NOTICE).replace(b'","', b'", "', 1),
        canonical_bytes(WORKS_NOTICE).replace(b"xiaohao-notice/1", b"xiaohao-notice/2"),
        canonical_bytes(WORKS_NOTICE).replace(b'"due":', b'"dew":'),
        canonical_bytes(WORKS_NOTICE).replace(b"2025-11-05", b"2025-11-35"),
    ],
)
def test_another_spelling_is_no_notice(content: bytes):
    with pytest.raises(ValueError):  # noqa: PT011 - json and dates have their own words for it
        read_notice(content)


def test_the_region_that_assessed_stands_among_the_hands_and_what_it_shares_is_shown():
    case = works_case("published", route=REGION_ROUTE)
    hand = next(hand for hand in compose(case, POSTED).hands if hand.role == "销号评估")
    assert (hand.unit, "评估" in hand.note, "同一单位" in hand.note) == ("东陆省督察整改工作领导小组办公室", True, False)
    same = change(case, WORKS, assessor="org-cityoffice")
    assert next(hand for hand in compose(same, POSTED).hands if hand.role == "销号评估").note.endswith("与审核单位是同一单位")
    assert "销号评估" not in {hand.role for hand in WORKS_NOTICE.hands}
