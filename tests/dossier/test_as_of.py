"""A case file as it lay on the desk at an earlier moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.cases import WORKS, works_case, works_life
from xiaohao.dossier.as_of import as_of
from xiaohao.kernel.when import CST, parse_instant


def test_what_was_recorded_later_is_left_out_and_the_rest_stays():
    case = works_case("closed")
    posted = next(record for record in case.records_of(WORKS, "publicity"))
    then = as_of(case, parse_instant(posted.recorded_at))
    assert then.records_of(WORKS, "publicity") == (posted,)
    assert [record.id for record in case.records if record not in then.records] == [
        record.id for record in case.records if parse_instant(record.recorded_at) > parse_instant(posted.recorded_at)
    ]
    assert then.records_of(WORKS, "closure") == ()
    assert (then.orgs, then.tasks, then.contents) == (case.orgs, case.tasks, case.contents)


def test_the_moment_itself_still_counts():
    case = works_case("in_progress")
    plan = case.plans[0]
    seen = parse_instant(plan.recorded_at)
    assert as_of(case, seen).plans == (plan,)
    assert as_of(case, seen - timedelta(seconds=1)).plans == ()


def test_at_the_end_of_time_nothing_is_missing():
    case = works_case("confirmed", route=works_life().route)
    assert as_of(case, datetime(9999, 1, 1, tzinfo=CST)) == case
