"""Routes: every order that loads keeps a task from being closed unaccepted, unpublished or for ever."""

from __future__ import annotations

import pytest

from xiaohao.procedure.route import faults_of, lawful_orders, route_of
from xiaohao.procedure.states import State, is_past, next_stage
from xiaohao.procedure.steps import STEPS

LAWFUL = lawful_orders()
ASSESSED = [order for order in LAWFUL if "assess" in order]


def test_these_orders_are_lawful_and_no_others():
    assert [order for order in LAWFUL if "assess" not in order] == [
        ("accept", "review", "publish", "close", "confirm"),
        ("accept", "publish", "review", "close", "confirm"),
        ("accept", "publish", "close", "review", "confirm"),
        ("publish", "accept", "review", "close", "confirm"),
        ("publish", "accept", "close", "review", "confirm"),
    ]


def test_where_a_place_assesses_it_does_so_between_acceptance_and_closing():
    between = {order: order.index("accept") < order.index("assess") < order.index("close") for order in ASSESSED}
    assert (len(between), all(between.values())) == (11, True)


def test_an_assessment_after_the_closing_or_before_the_acceptance_is_no_order():
    assert faults_of(("accept", "review", "publish", "close", "assess", "confirm")) == (
        "route 中“assess”应在“close”之前：规程有销号评估的，未经评估不得销号",
    )
    assert faults_of(("assess", "accept", "review", "publish", "close", "confirm")) == (
        "route 中“accept”应在“assess”之前：销号评估以验收为准",
    )


@pytest.mark.parametrize("order", LAWFUL)
def test_no_path_through_a_lawful_order_closes_what_was_not_accepted_and_published_since_it_last_went_back(order):
    """Every path up to 14 steps, walked on the graph: what a path has passed since it was last 整改中 is what its state claims."""
    route = route_of(order)
    seen, waiting = set(), [(State.GIVEN, frozenset())]
    for _ in range(14):
        nexts = []
        for state, passed in waiting:
            for step in route.steps_from(state):
                end = route.ends_in(state, step.name)
                now = passed | {step.name} if step.is_stage else passed
                if step.name == "withdraw_notice":
                    now = now - {"publish"}
                if end in (State.IN_PROGRESS, State.REOPENED, State.PLANNED):
                    now = frozenset()
                if (end, now) not in seen:
                    seen.add((end, now))
                    nexts.append((end, now))
        waiting = nexts
    for state, passed in seen:
        if is_past(state, "close", order):
            assert {"accept", "publish"} | ({"assess"} & set(order)) <= passed
        if state is State.CONFIRMED:
            assert passed == set(order)


@pytest.mark.parametrize("order", LAWFUL)
def test_every_state_after_acceptance_can_be_reopened(order):
    route = route_of(order)
    after = [state for state in route.states() if is_past(state, "accept", order)]
    assert [route.moves[state].get("reopen") for state in after] == [State.REOPENED] * len(after)


@pytest.mark.parametrize("order", LAWFUL)
def test_nothing_is_returned_quietly_once_it_is_public_or_closed(order):
    route = route_of(order)
    quiet = {state for state in route.states() if route.allows(state, "return_to_work")}
    assert quiet.isdisjoint({State.PUBLISHED, State.CONFIRMED, *(s for s in route.states() if is_past(s, "close", order))})


def test_a_missing_a_doubled_and_an_unknown_stage_are_all_named():
    assert faults_of(("accept", "accept", "approve", "publish", "close", "confirm")) == (
        "route 中的“approve”不是环节，只能是 accept、review、assess、publish、close、confirm",
        "route 中“accept”出现 2 次，每个环节只能有一次",
        "route 中“review”出现 0 次，每个环节只能有一次",
    )


def test_an_order_that_breaks_an_invariant_has_no_route():
    with pytest.raises(ValueError, match="未经验收不得销号"):
        route_of(("review", "close", "accept", "publish", "confirm"))


def test_a_dead_end_in_the_table_would_be_found(monkeypatch):
    """The proof is on the graph: with 退回 and 重新打开 gone from the table, 待验收 and 已验收 have no way back."""
    from xiaohao.procedure import route

    crippled = tuple(step for step in STEPS if step.name not in ("return_to_work", "reopen"))
    monkeypatch.setattr(route, "STEPS", crippled)
    assert faults_of(LAWFUL[0]) == (
        "状态“重新整改”没有步骤可以到达",
        "状态“待验收”没有退路",
        "状态“已验收”没有退路",
        "状态“已审核”没有退路",
        "状态“已销号，观察中”没有退路",
        "状态“观察期满”没有退路",
    )


def test_the_stage_a_task_stands_before_is_read_from_its_state():
    order = ("accept", "publish", "close", "review", "confirm")
    assert {state: next_stage(state, order) for state in (State.IN_PROGRESS, State.CLAIMED_DONE, State.CLOSED, State.CONFIRMED)} == {
        State.IN_PROGRESS: None,
        State.CLAIMED_DONE: "accept",
        State.CLOSED: "review",
        State.CONFIRMED: None,
    }
