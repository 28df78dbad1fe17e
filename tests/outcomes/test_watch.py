from __future__ import annotations

import json
from datetime import date

import pytest

from tests.outcomes.cases import case, daily, goal
from tests.shared import SHARED, needs_shared
from xiaohao.dossier.bundle import read_bundle
from xiaohao.dossier.plan import Goal
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.watch import Watched, first_run, watch


def watched(bad_months: set[int], *, k: int | None = 2, n: int | None = 3, the_goal: Goal | None = None) -> Watched:
    the_goal = the_goal or goal()
    csv = daily("2022-01-01", "2022-12-31", lambda day: 2.0 if day.month in bad_months else 1.0)
    return watch(case(the_goal, csv), the_goal, closed_at=When.parse("2022-01-21"), until=When.parse("2022-12-31"), k=k, n=n)


def test_two_failing_months_in_three_are_a_relapse_and_the_sentence_names_them():
    found = watched({6, 8})
    assert (found.relapsed, found.crossing, found.since) == (True, ("2022-06", "2022-08"), date(2022, 8, 31))
    assert found.reason == "销号后 2022-06、2022-08 未达到“不高于 1.5 mg/L”的目标，3 个月内有 2 个月，达到回头看条件。"


def test_a_single_month_or_two_far_apart_are_none():
    assert (watched({6}).relapsed, watched({6, 9}).relapsed) == (False, False)
    assert watched({6}).reason == "销号后 2022-06 未达到目标，尚未达到“3 个月内 2 个月”的回头看条件。"
    assert watched(set()).reason == "销号后各月都达到“不高于 1.5 mg/L”的目标。"


def test_months_before_closing_and_the_month_of_closing_are_not_held_against_it():
    assert watched({1}).failed == ()


def test_a_rulebook_without_a_rule_looks_again_after_one_failing_month():
    assert watched({6}, k=None, n=None).relapsed is True


def test_a_failing_quarter_is_three_failing_months():
    found = watched({4, 5, 6}, the_goal=goal(window="quarter"))
    assert (found.relapsed, found.failed) == (True, ("2022-04", "2022-05", "2022-06"))


def test_a_goal_without_months_or_readings_cannot_be_watched():
    assert watched(set(), the_goal=goal(window="total")).relapsed is None
    empty = watch(case(goal(), ""), goal(), closed_at=When.parse("2022-01-21"), until=When.parse("2022-12-31"), k=2, n=3)
    assert (empty.relapsed, empty.reason) == (None, "销号后还没有数据过半的月份。")


def test_the_first_run_of_k_in_n():
    months = [date(2022, month, 1) for month in (1, 4, 6, 7)]
    assert first_run(months, 2, 3) == (date(2022, 4, 1), date(2022, 6, 1))
    assert first_run(months, 3, 3) == ()
    assert first_run([], 1, 1) == ()


@needs_shared
@pytest.mark.parametrize(
    "bundle",
    [case["bundle"] for case in json.loads((SHARED / "data/dossiers/labels.json").read_text())["cases"]] if SHARED.is_dir() else [],
)
def test_the_sample_bundles_relapse_where_the_label_says_so_and_nowhere_else(bundle: str):
    label = next(case for case in json.loads((SHARED / "data/dossiers/labels.json").read_text())["cases"] if case["bundle"] == bundle)
    folder = SHARED / "data/dossiers/bundles" / bundle
    contents = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    dossier, _ = read_bundle(next(folder.glob("*.json")).read_bytes(), contents)
    rule = dossier.rules and dossier.rules.watch
    assert rule is not None
    relapsed = [
        watch(dossier, goal, closed_at=closed, until=When.parse(dossier.made_at[:10]), k=rule.k, n=rule.n).relapsed
        for task in dossier.tasks
        for goal in dossier.goals_of(task.id)
        if (closed := parse_when(task.closed_at))
    ]
    assert any(relapsed) == ("RELAPSE" in label["expect"])
