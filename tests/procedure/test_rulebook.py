"""Rulebooks: the packaged ones load, a wrong one is refused with everything that is wrong with it."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from xiaohao.kernel.workdays import CalendarUnknown, official_calendar
from xiaohao.procedure.rulebook import PACKAGED, RulebookRefused, canonical_text, packaged, read_rulebook
from xiaohao.procedure.rules import Assessment, Item

TEXT = files("xiaohao.procedure").joinpath("rulebooks/default.toml").read_text("utf-8")


def refused(text):
    with pytest.raises(RulebookRefused) as wrong:
        read_rulebook(text)
    return list(wrong.value.reasons)


def test_the_packaged_rulebooks_differ_in_their_order():
    assert {name: packaged(name).route for name in PACKAGED} == {
        "default": ("accept", "review", "publish", "close", "confirm"),
        "county-closes-city-reviews": ("accept", "publish", "close", "review", "confirm"),
        "region-assesses": ("accept", "review", "assess", "publish", "close", "confirm"),
    }


def test_every_packaged_text_is_listed_and_named_like_its_file():
    found = {Path(file.name).stem for file in files("xiaohao.procedure").joinpath("rulebooks").iterdir()}
    assert found == set(PACKAGED) == {packaged(name).name for name in PACKAGED}


def test_no_packaged_rulebook_invents_an_article():
    assert [packaged(name).articles for name in PACKAGED] == [{}, {}, {}]


def test_another_name_is_not_found():
    with pytest.raises(FileNotFoundError):
        packaged("../default")


def test_the_digest_is_of_the_canonical_text_whatever_the_editor_did_to_line_ends():
    assert read_rulebook("\ufeff" + TEXT.replace("\n", "  \r\n") + "\n\n").digest == packaged("default").digest


def test_the_digest_changes_with_one_figure():
    assert read_rulebook(TEXT.replace("days = 10", "days = 11")).digest != packaged("default").digest


def test_canonical_text_ends_in_one_line_end():
    assert canonical_text("a = 1 \r\nb = 2\n\n") == "a = 1\nb = 2\n"


def test_what_is_not_toml_is_refused_with_the_place():
    assert refused("name = ")[0].startswith("不是可以读取的 TOML：Invalid value")


def test_everything_wrong_is_said_at_once():
    text = (
        TEXT.replace('unit = "workday"', 'unit = "week"').replace("min_people = 2", 'min_people = "two"').replace("k = 2", "k = 5\nj = 1")
    )
    text = text.replace("required = true\n", "").replace('closer = "reviewer"', 'closer = "mayor"')
    assert refused(text) == [
        "规程：“closer”写的是 mayor，只能是 owner、lead、acceptor、reviewer",
        "[publicity]：“unit”写的是 week，只能是 workday、day",
        "[watch]：k（5）大于 n（3）",
        "[acceptance]：“min_people”写的是 two，应为不小于 1 的整数",
        "[confidentiality]：缺“required”，应为 true 或 false",
        "[watch]：不认识的名称“j”",
    ]


def test_every_month_of_the_run_may_be_asked_for():
    assert read_rulebook(TEXT.replace("k = 2", "k = 3")).watch.k == 3


def test_a_number_is_not_a_truth():
    assert refused(TEXT.replace("min_people = 2", "min_people = true")) == ["[acceptance]：“min_people”写的是 True，应为不小于 1 的整数"]


def test_a_missing_section_is_one_fault_and_a_misspelt_one_two():
    assert refused(TEXT.replace("[desk]", "[dask]")) == ["规程：缺“desk”，应为一节", "规程：不认识的名称“dask”"]


def test_nobody_may_be_let_off_separate_hands_or_an_open_objection():
    text = TEXT.replace(
        'gates = ["minimum_time_held", "first_responsible_on_record"]', 'gates = ["separate_hands", "no_open_objection", "weather"]'
    )
    reasons = refused(text)
    assert reasons[1:] == ["[exceptions]：“separate_hands”不得破例", "[exceptions]：“no_open_objection”不得破例"]
    assert reasons[0].startswith("[exceptions]：gates 中的“weather”不认识，只能是 task_identified、")


def test_self_acceptance_needs_the_words_for_the_notice():
    assert refused(TEXT.replace("self_acceptance = false", "self_acceptance = true")) == [
        "[hands]：允许自行验收的，要写明公示中的用语 printed"
    ]


def test_a_route_that_breaks_an_invariant_is_refused():
    text = TEXT.replace(
        'route = ["accept", "review", "publish", "close", "confirm"]', 'route = ["close", "accept", "review", "publish", "confirm"]'
    )
    assert refused(text) == ["route 中“accept”应在“close”之前：未经验收不得销号", "route 中“publish”应在“close”之前：未经公示不得销号"]


REGION = files("xiaohao.procedure").joinpath("rulebooks/region-assesses.toml").read_text("utf-8")


def test_the_items_of_the_assessment_are_the_place_s_own_with_or_without_points():
    own = '[assessment]\npass_points = 60\n\n[[assessment.items]]\nname = "目标"\npoints = 60\n\n[[assessment.items]]\nname = "群众"\npoints = 40\n\n[hands]'
    head, _, rest = REGION.partition("[assessment]\n\n[[")
    rules = read_rulebook(head + own + rest.partition("[hands]")[2])
    assert rules.assessment == Assessment((Item("目标", 60), Item("群众", 40)), 60)
    assert packaged("region-assesses").assessment.pass_points is None


def test_a_route_with_an_assessment_needs_items_and_one_without_has_none():
    head, _, rest = REGION.partition('[[assessment.items]]\nname = "整改目标达到并保持')
    assert refused(head + "[hands]" + rest.partition("[hands]")[2]) == [
        "[assessment]：route 有 assess 的，要写明评估项目 [[assessment.items]]"
    ]
    more = '\n[assessment]\npass_points = 80\n[[assessment.items]]\nname = "目标"\n[[assessment.items]]\nname = "目标"\nfull = 3\n'
    assert refused(TEXT + more) == [
        "[assessment]：route 没有 assess，不应有评估项目",
        "[assessment]：评估项目有重名",
        "[assessment]：及格分（80）超过各项满分之和（0）",
        "[assessment.items]：不认识的名称“full”",
    ]


def test_an_article_is_printed_as_the_basis_and_a_blank_one_says_that_it_is_the_office_s_to_fill():
    filled = read_rulebook(TEXT + '\n[articles]\nwindow_complete = "《青禾县整改销号管理办法》第九条"\n')
    assert filled.basis("window_complete", "公示期满。") == "公示期满。（依据：《青禾县整改销号管理办法》第九条）"
    assert filled.basis("watch_over", "观察期满。") == "观察期满。（条款由办公室填写）"


def test_an_article_for_an_unknown_gate_is_refused():
    assert refused(TEXT + '\n[articles]\nwindow_complet = "第九条"\n') == ["[articles]：不认识的名称“window_complet”"]


def test_a_place_may_have_its_own_word_for_a_step():
    assert (packaged("county-closes-city-reviews").word("close", "销号"), packaged("default").word("close", "销号")) == ("销号备案", "销号")


def test_the_window_s_end_follows_from_the_days_and_the_calendar():
    assert packaged("county-closes-city-reviews").window_end(date(2021, 1, 6), official_calendar()) == date(2021, 1, 12)
    with pytest.raises(CalendarUnknown):
        packaged("default").window_end(date(2027, 12, 27), official_calendar())


def test_the_figures_travel_with_a_bundle():
    rules = packaged("default").as_rules()
    assert (rules.publicity.days, rules.publicity.unit, rules.watch.months) == (10, "workday", 12)
    assert (rules.acceptance.min_people, rules.acceptance.min_months) == (2, 3)


def test_figures_of_the_checks_may_be_a_place_s_own_and_change_the_digest():
    own = TEXT + "\n[screening]\ntolerance_length = 0.02\ndocument_delay_days = 15\n"
    rules = read_rulebook(own)
    carried = rules.as_rules()
    assert (carried.document_delay_days, carried.tolerance.length, carried.tolerance.source) == (15, 0.02, None)
    assert rules.digest != packaged("default").digest
    assert packaged("default").as_rules().tolerance is None


def test_figures_of_the_checks_out_of_range_are_refused():
    with pytest.raises(RulebookRefused, match="tolerance_length"):
        read_rulebook(TEXT + "\n[screening]\ntolerance_length = 2\n")
