"""Replay: an honest journal gives the states; anything that no procedure would have written is named."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest

from tests import cases
from xiaohao.procedure.replay import replay
from xiaohao.procedure.rulebook import packaged

DEFAULT, COUNTY = packaged("default"), packaged("county-closes-city-reviews")


@dataclass(frozen=True)
class Line:
    id: str
    task: str | None
    step: str | None
    prev_state: str | None = None
    state: str | None = None
    rules: str | None = None


def life(route, rules=None, task="qh-7"):
    """The entries of a task that went straight through: absent states are absent, as in the journal."""
    order = cases.works_life(route).order
    ends = {"": None, **{step: cases.STATE_AFTER[step] for step in order}, "open_task": None}
    yield Line("e0", task, "open_task", rules=rules)
    for number, (before, step) in enumerate(pairwise(order), start=1):
        yield Line(f"e{number}", task, step, ends[before], ends[step], rules)


@pytest.mark.parametrize(("rules", "route"), [(DEFAULT, cases.DEFAULT_ROUTE), (COUNTY, cases.COUNTY_ROUTE)])
def test_an_honest_life_ends_confirmed_without_a_fault(rules, route):
    played = replay(life(route, rules.digest), [DEFAULT, COUNTY])
    assert (dict(played.states), played.faults) == ({"qh-7": "confirmed"}, ())


def test_entries_that_move_nothing_are_passed_over():
    lines = [Line("e0", "qh-7", "open_task"), Line("e1", None, None), Line("e2", "qh-7", "add_records"), Line("e3", "qh-7", "report")]
    played = replay(lines)
    assert (dict(played.states), played.faults) == ({"qh-7": ""}, ())


def test_a_task_carried_in_begins_closed_and_may_be_reopened():
    lines = [Line("e0", "qh-1", "carry_in", None, "closed"), Line("e1", "qh-1", "uphold_objection", "closed", "reopened")]
    played = replay(lines)
    assert (dict(played.states), played.faults) == ({"qh-1": "reopened"}, ())


def test_under_its_own_rulebook_the_other_county_s_order_is_a_fault():
    played = replay(life(cases.COUNTY_ROUTE, DEFAULT.digest), [DEFAULT])
    assert played.faults == (
        ("e6", "qh-7：publish 不能从“已验收”到“公示中”"),
        ("e8", "qh-7：review 不能从“已销号，观察中”到“已审核”"),
        ("e9", "qh-7：confirm 不能从“已审核”到“观察期满”"),
    )


def test_without_the_rulebook_any_lawful_order_will_do():
    assert replay(life(cases.COUNTY_ROUTE, "unknown")).faults == ()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([Line("e0", "qh-7", "start", "approved", "in_progress")], "qh-7 的日志不是从交办开始"),
        ([Line("e0", "qh-7", "open_task"), Line("e1", "qh-7", "open_task")], "qh-7 交办了两次"),
        ([Line("e0", "qh-7", "carry_in", "published", "closed")], "qh-7 的日志写原状态为“公示中”，按前文应为“已交办”"),
        (
            [Line("e0", "qh-7", "open_task"), Line("e1", "qh-7", "close", "published", "closed")],
            "qh-7 的日志写原状态为“公示中”，按前文应为“已交办”",
        ),
        (
            [Line("e0", "qh-7", "open_task"), Line("e1", "qh-7", "close", None, "closed")],
            "qh-7：close 不能从“已交办”到“已销号，观察中”",
        ),
        ([Line("e0", "qh-7", "open_task"), Line("e1", "qh-7", "file_plan", None, "done")], "qh-7 的日志写有未知的状态"),
        (
            [Line("e0", "qh-7", "open_task"), Line("e1", "qh-7", "edit_status", None, "closed")],
            "qh-7：edit_status 不能从“已交办”到“已销号，观察中”",
        ),
    ],
)
def test_what_no_procedure_would_have_written_is_named(lines, fault):
    assert [said for _, said in replay(lines).faults] == [fault]


def test_after_a_fault_the_journal_s_own_state_is_taken_on_so_that_one_fault_is_said_once():
    lines = [
        Line("e0", "qh-7", "open_task"),
        Line("e1", "qh-7", "close", None, "closed"),
        Line("e2", "qh-7", "reopen", "closed", "reopened"),
        Line("e3", "qh-7", "resume", "reopened", "in_progress"),
    ]
    played = replay(lines)
    assert (len(played.faults), dict(played.states)) == (1, {"qh-7": "in_progress"})
