"""acceptance_on_site: people, place, measurements and a verdict; papers alone do for duty tasks only."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import DEFAULT, Row, each, rows
from xiaohao.procedure.gates.acceptance_on_site import acceptance_on_site


def accepted(build=cases.works_case, **changes):
    return lambda: cases.change(build("claimed_done"), "rec-acceptance", **changes)


NOWHERE = {"place": None, "lat": None, "lon": None, "track": ()}

ROWS = rows(
    acceptance_on_site,
    "accept",
    on_site_with_measurements=(lambda: cases.works_case("claimed_done"), None),
    a_duty_task_on_papers=(accepted(cases.duty_case, method="paper", **NOWHERE), None),
    no_opinion=(lambda: cases.works_case("claimed_done", missing="acceptance"), "没有验收意见。"),
    by_another_unit=(accepted(org="org-citysupervision"), "验收意见由景澜市政府督查室出具，不是指定的验收单位。"),
    not_passed=(accepted(passed=False), "验收结论不是通过。"),
    one_person_named_twice=(accepted(people=("person-cityeco-1", "person-cityeco-1")), "验收组 1 人，规定不少于 2 人。"),
    works_on_papers=(accepted(method="paper"), "没有到现场。"),
    a_place_without_a_position=(accepted(lat=None, lon=None, track=()), None),
    a_position_without_a_place=(accepted(place=None, track=()), None),
    a_track_without_a_place=(accepted(place=None, lat=None, lon=None), None),
    nowhere=(accepted(**NOWHERE), "没有记明现场地点。"),
    nothing_measured=(accepted(measured=()), "第 1 项措施的工程量没有实测。"),
    all_at_once=(
        accepted(people=(), method=None, measured=(), results=(), text=None),
        "验收组 0 人，规定不少于 2 人；没有到现场；第 1 项措施的工程量没有实测；没有写明看到了什么。",
    ),
    accepted_before_it_was_sent_back=(
        lambda: cases.returned(cases.works_case("claimed_done"), "review", cases.works_life().at("accept")),
        "没有验收意见。",
    ),
)


@each(ROWS)
def test_acceptance_on_site(row):
    assert row.ask() == row.fact


def test_a_rulebook_may_send_the_acceptors_of_duty_tasks_to_the_site_too():
    strict = replace(DEFAULT, acceptance=replace(DEFAULT.acceptance, site_visit="always"))
    row = Row("", accepted(cases.duty_case, method="paper"), None, acceptance_on_site, "accept", strict)
    assert row.ask() == "没有到现场。"
