"""The closed world: every address is in the one table, and nothing else is let through."""

from __future__ import annotations

import pytest

from tests.web.walk.samples import patterns
from xiaohao.kernel.roles import Role
from xiaohao.web.permissions import Rule, Sees, Who, roles, whole_table

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_every_route_has_a_name_and_stands_in_the_table_and_the_table_holds_no_other():
    assert {pattern.name for pattern in patterns()} == set(whole_table())


def test_every_rule_is_for_a_method_that_exists():
    assert {method for methods in whole_table().values() for method in methods} <= METHODS


def test_no_address_that_changes_anything_is_open_to_anyone_beside_the_public_forms():
    changing = {
        (route, method)
        for route, rules in whole_table().items()
        for method, rule in rules.items()
        if method != "GET" and rule.who is Who.ANYONE and not rule.demo
    }
    assert {route for route, _ in changing} == {
        "objection",
        "receipt_lookup",
        "receipt_withdraw",
        "receipt_recheck",
        "verify",
        "sign_in",
        "second_factor",
        "set_up",
        "join",
        "sign_out",
        "api_objections",
    }


def test_a_method_outside_the_table_is_answered_405_with_the_methods_that_are_in_it(client):
    answer = client.put("/accessibility")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert answer.headers["Cache-Control"] == "no-store"


def test_options_and_trace_are_not_in_the_table_either(client):
    assert [client.options("/accessibility").status_code, client.trace("/accessibility").status_code] == [405, 405]


def test_head_goes_where_get_goes(client):
    assert client.head("/accessibility").status_code == 200


def test_a_route_missing_from_the_table_is_refused(client, monkeypatch):
    monkeypatch.setattr("xiaohao.web.permissions.whole_table", dict)
    client.handler.load_middleware()
    assert client.get("/accessibility").status_code == 403


def test_demo_routes_do_not_exist_outside_the_demonstration(client):
    assert client.post("/demo/next-workday").status_code == 404
    assert client.post("/demo/as/anybody").status_code == 404


@pytest.mark.parametrize(
    ("rule", "held", "admitted"),
    [
        (roles(Role.CLERK, Role.DESK, sees=Sees.OWN_SUBTREE), {Role.DESK}, True),
        (roles(Role.CLERK, sees=Sees.OWN_SUBTREE), {Role.REPORTER}, False),
        (Rule(Who.SIGNED_IN, Sees.OWN_ACCOUNT), set(), True),
    ],
)
def test_a_rule_admits_those_who_hold_one_of_its_roles(rule, held, admitted):
    assert rule.admits(frozenset(held)) is admitted


@pytest.mark.parametrize("office", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_an_administrator_who_holds_anything_else_is_admitted_nowhere(office):
    for held in ({office, Role.CLERK}, {office} | {Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN}):
        rules = [rule for methods in whole_table().values() for rule in methods.values() if rule.who is not Who.ANYONE]
        assert not any(rule.admits(frozenset(held)) for rule in rules)


def test_closing_a_task_and_nothing_else_of_the_steps_asks_for_a_fresh_proof():
    rule = whole_table()["desk_step"]["POST"]
    assert (rule.asks_proof({"no": "x", "step": "close"}), rule.asks_proof({"no": "x", "step": "start"})) == (True, False)
