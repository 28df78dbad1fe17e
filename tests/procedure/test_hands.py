"""Whose hands a step asks for, and what "the level above" means."""

from __future__ import annotations

import pytest

from tests import cases
from xiaohao.kernel.roles import Actor, Role, TaskRole
from xiaohao.procedure.hands import Hand, Seat, bound, fits, is_above, unit_words, units_of
from xiaohao.procedure.rulebook import packaged

DEFAULT, COUNTY = packaged("default"), packaged("county-closes-city-reviews")
CASE = cases.works_case("published")


def actor(org, *roles):
    return Actor("person-nobody", org, frozenset(roles))


@pytest.mark.parametrize(
    ("org", "roles", "fitting"),
    [
        ("org-cityeco", (Role.ACCEPTOR,), True),
        ("org-cityeco", (Role.REPORTER,), False),
        ("org-cityoffice", (Role.ACCEPTOR,), False),
        ("org-cityeco", (Role.SYSTEM_ADMIN, Role.ACCEPTOR), True),
        ("org-cityeco", (), False),
    ],
)
def test_a_hand_fits_by_unit_and_by_account(org, roles, fitting):
    assert fits(Hand(TaskRole.ACCEPTOR, (Role.ACCEPTOR,)), CASE, actor(org, *roles), DEFAULT) is fitting


def test_co_owners_own_the_task_too():
    shared = cases.works_case("in_progress", co_owners=("org-park",))
    assert units_of(shared.task, TaskRole.OWNER, DEFAULT) == ("org-housing", "org-park")
    assert fits(Hand(TaskRole.OWNER, (Role.REPORTER,)), shared, actor("org-park", Role.REPORTER), DEFAULT)


def test_the_closer_is_the_rulebook_s_where_the_task_names_none():
    nameless = cases.works_case("published", closer=None).task
    assert [units_of(nameless, TaskRole.CLOSER, rules) for rules in (DEFAULT, COUNTY)] == [("org-cityoffice",), ("org-county",)]


@pytest.mark.parametrize(
    ("org", "above"),
    [
        ("org-province", True),
        ("org-provinceoffice", True),
        ("org-city", False),
        ("org-cityoffice", False),
        ("org-county", False),
        ("org-nowhere", False),
    ],
)
def test_above_the_closing_city_are_the_province_and_its_office(org, above):
    assert is_above(CASE, org, ("org-city",)) is above
    assert fits(Hand(Seat.ABOVE, (Role.HEAD,)), CASE, actor(org, Role.HEAD), DEFAULT) is above


def test_of_a_unit_that_is_not_on_file_nothing_is_known_but_its_id():
    assert (bound(CASE, "org-city", "org-nowhere"), bound(CASE, "org-nowhere", "org-nowhere")) == (None, "是同一单位")


def test_nobody_is_above_nobody():
    assert is_above(CASE, "org-province", ()) is False


def test_a_unit_that_is_not_named_is_said_to_be_so():
    assert unit_words(cases.works_case("published", desk=None), TaskRole.DESK, DEFAULT) == "异议受理单位（未指定）"
