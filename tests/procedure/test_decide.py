"""A step is granted to an honest case, and refused with every reason at once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests import cases
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.procedure.decide import decide, look, steps_open_to
from xiaohao.procedure.rulebook import packaged
from xiaohao.procedure.steps import ACCEPT, APPLY, CLOSE, OPEN_TASK, PUBLISH, REPORT, WITHDRAW_NOTICE, step_named

DEFAULT, COUNTY = packaged("default"), packaged("county-closes-city-reviews")
ROUTES = [(DEFAULT, cases.DEFAULT_ROUTE), (COUNTY, cases.COUNTY_ROUTE)]
BUILDERS = [(cases.works_case, cases.works_life), (cases.duty_case, cases.duty_life)]


@pytest.mark.parametrize(("rules", "route"), ROUTES)
@pytest.mark.parametrize(("build", "life"), BUILDERS)
def test_an_honest_case_is_granted_every_step_of_its_route(rules, route, build, life):
    lived = life(route)
    ends = {}
    for before, step in pairwise(lived.order):
        dossier = build(cases.STATE_AFTER[before], route=route)
        ends[step] = decide(step_named(step), dossier, cases.actor_for(dossier, step), rules, lived.at(step)).to
    assert ends == {step: cases.STATE_AFTER[step] for step in lived.order[1:]}


def test_a_task_is_opened_by_the_office_and_stays_where_it_is():
    dossier = cases.works_case("given")
    granted = decide(OPEN_TASK, dossier, cases.actor_for(dossier, "open_task"), DEFAULT, cases.works_life().at("open_task"))
    assert granted.to is None


def test_a_step_that_moves_nothing_has_no_state_to_go_to():
    dossier = cases.works_case("in_progress")
    assert decide(REPORT, dossier, cases.actor_for(dossier, "report"), DEFAULT, cases.works_life().at("apply")).to is None


@pytest.mark.parametrize(("rules", "route", "back"), [(DEFAULT, cases.DEFAULT_ROUTE, "reviewed"), (COUNTY, cases.COUNTY_ROUTE, "accepted")])
def test_a_withdrawn_notice_takes_the_task_to_where_the_route_stood_before_it(rules, route, back):
    life = cases.works_life(route)
    dossier = cases.returned(cases.works_case("published", route=route), "withdraw_notice", life.at("publish"))
    granted = decide(WITHDRAW_NOTICE, dossier, cases.actor_for(dossier, "withdraw_notice"), rules, life.at("publish"))
    assert granted.to == back


def test_a_refusal_names_every_unmet_gate_in_the_order_of_the_table():
    holes = ("pledge_close", "watch_plan", "publicity")
    dossier = cases.works_case("published", missing=holes)
    with pytest.raises(Refused) as refused:
        decide(CLOSE, dossier, cases.actor_for(dossier, "close"), DEFAULT, cases.works_life().at("close"))
    assert [unmet.gate for unmet in refused.value.unmet] == ["window_complete", "watch_plan_present", "closing_pledged"]
    assert all(unmet.fact and unmet.basis and unmet.way and unmet.who for unmet in refused.value.unmet)


def test_the_wrong_person_at_the_wrong_time_hears_both_and_what_else_is_missing():
    dossier = cases.works_case("accepted")
    nobody = Actor("person-park-1", "org-park", frozenset({Role.REPORTER}))
    seen = look(PUBLISH, dossier, nobody, DEFAULT, cases.works_life().at("publish"))
    assert [unmet.gate for unmet in seen.unmet] == ["in_turn", "right_hands", "notice_ready", "confidentiality_signed"]
    assert seen.unmet[0].fact == "任务现在是“已验收”，还不能发布公示。"
    assert seen.unmet[1].who == "公示单位（青禾县人民政府）的整改办人员、主要负责人"


def test_a_dry_run_says_the_same_as_the_refusal_and_names_the_met_gates():
    dossier = cases.works_case("in_progress", missing="pledge_apply")
    seen = look(APPLY, dossier, cases.actor_for(dossier, "apply"), DEFAULT, cases.works_life().at("apply"))
    assert [unmet.gate for unmet in seen.unmet] == ["application_pledged"]
    assert [met.gate for met in seen.met] == [
        "in_turn",
        "right_hands",
        *(gate.name for gate in APPLY.gates if gate.name != "application_pledged"),
    ]


def test_steps_open_to_are_those_of_the_state_and_of_the_hands():
    dossier = cases.works_case("claimed_done")
    open_steps = [step.name for step in steps_open_to(dossier, cases.actor_for(dossier, "accept"), DEFAULT)]
    assert open_steps == ["accept", "return_to_work"]


def test_an_exception_waives_one_gate_of_one_step_when_the_level_above_gave_it_in_public():
    life = cases.works_life()
    hasty = cases.change(cases.works_case("claimed_done"), "task-7", done_at="2025-10-10")
    hasty = cases.change(hasty, "goal-7-1", target=None, no_target_reason="示例")
    actor, at = cases.actor_for(hasty, "accept"), life.at("accept")
    assert [unmet.gate for unmet in look(ACCEPT, hasty, actor, DEFAULT, at).unmet] == ["minimum_time_held"]
    excepted = cases.add(hasty, cases.override("accept:minimum_time_held", life.recorded("accept")))
    seen = look(ACCEPT, excepted, actor, DEFAULT, at)
    assert (seen.granted, [met.waived for met in seen.met if met.waived]) == (True, ["rec-override"])


@pytest.mark.parametrize("change", [{"org": "org-county"}, {"public_reason": None}, {"stage": "close:minimum_time_held"}])
def test_an_exception_by_another_or_without_a_public_reason_waives_nothing(change):
    life = cases.works_life()
    hasty = cases.change(cases.works_case("claimed_done"), "task-7", done_at="2025-10-10")
    hasty = cases.change(hasty, "goal-7-1", target=None, no_target_reason="示例")
    excepted = cases.change(cases.add(hasty, cases.override("accept:minimum_time_held", life.recorded("accept"))), "rec-override", **change)
    seen = look(ACCEPT, excepted, cases.actor_for(hasty, "accept"), DEFAULT, life.at("accept"))
    assert [unmet.gate for unmet in seen.unmet] == ["minimum_time_held"]
