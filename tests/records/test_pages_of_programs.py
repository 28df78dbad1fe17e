"""What a program reads a page at a time is cut in the database: notices and calls for progress, from a cursor on, in the pages' own order."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.walking import make_task
from tests.cases import works_life
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.when import parse_instant
from xiaohao.records import calls, models, queries
from xiaohao.records.public_pages import page_of_notices

pytestmark = pytest.mark.django_db
AT = works_life().at("publish") + timedelta(days=1)
OFFICE = Actor("person-countyoffice-1", "org-countyoffice", frozenset({Role.CLERK}))


def day(days: int) -> str:
    return (AT + timedelta(days=days)).date().isoformat()


def notice(no: str, start: int, end: int) -> None:
    """A notice of the task, its window so many days from now."""
    task = models.Task.objects.get()
    more = {"start": day(start), "end": day(end), "stated_unit": "day"}
    models.Record.objects.create(id=f"notice-{no}", type="publicity", recorded_at=AT, more=more).on_tasks.add(task)


def take_back(no: str) -> None:
    more = {"stage": "withdraw_notice", "of": f"notice-{no}"}
    models.Record.objects.create(id=f"rec-back-{no}", type="return", recorded_at=AT, more=more)


@pytest.fixture
def notices() -> None:
    make_task("reviewed")
    for no, start, end in (("a-1", -3, 9), ("b-1", -3, 4), ("c-1", -9, -1), ("d-1", 2, 3), ("e-1", -3, 4), ("f-1", -3, 5), ("g-1", -5, 0)):
        notice(no, start, end)
    take_back("f-1")


def pages(read, size: int) -> list[list[str]]:
    found, after = [], ""
    while not found or after:
        page = read(after=after, size=size)
        found.append([getattr(one, "no", None) or one.pk for one in page.lines])
        after = page.after
    return found


@pytest.mark.usefixtures("notices")
def test_notices_come_a_page_at_a_time_soonest_end_first_and_those_not_yet_begun_last() -> None:
    whole = [one.no for one in queries.open_notices(AT)]
    assert whole == ["g-1", "b-1", "e-1", "a-1", "d-1"]
    assert pages(partial(page_of_notices, AT), 2) == [whole[:2], whole[2:4], whole[4:]]
    assert pages(partial(page_of_notices, AT), 5) == [whole]


@pytest.mark.usefixtures("notices")
def test_a_notice_that_ends_or_is_taken_back_meanwhile_still_marks_the_place_and_an_unknown_one_begins_anew() -> None:
    first = page_of_notices(AT, after="", size=3)
    take_back(first.after)
    assert [one.no for one in page_of_notices(AT, after=first.after, size=3).lines] == ["a-1", "d-1"]
    assert [one.no for one in page_of_notices(AT + timedelta(days=5), after="b-1", size=3).lines] == ["a-1"]
    assert page_of_notices(AT, after="nowhere-1", size=1).lines[0].no == "g-1"


@pytest.mark.usefixtures("notices")
def test_no_more_rows_are_read_than_the_page_has_and_one() -> None:
    with CaptureQueriesContext(connection) as asked:
        page_of_notices(AT, after="b-1", size=2)
    assert [one["sql"] for one in asked if '"first_day"' in one["sql"] and not one["sql"].rstrip().endswith(("LIMIT 3", "LIMIT 1"))] == []


def test_calls_come_newest_first_and_only_those_of_the_page_are_asked_what_is_owed() -> None:
    task = make_task("in_progress")
    for number, at in enumerate(("2026-01-05", "2026-02-05", "2026-02-05", "2026-03-02")):
        issued = parse_instant(f"{at}T09:00:00+08:00")
        call = models.Call.objects.create(id=f"call-{number}", title="调度", org_id=OFFICE.org, issued_at=issued, due="2026-03-20")
        call.on_tasks.add(task)
    assert pages(partial(calls.page_of, OFFICE), 3) == [["call-3", "call-1", "call-2"], ["call-0"]]
    assert pages(partial(calls.page_of, OFFICE), 1) == [["call-3"], ["call-1"], ["call-2"], ["call-0"]]
    unit = Actor("person-housing-1", "org-housing", frozenset({Role.REPORTER}))
    page = calls.page_of(unit, after="call-3", size=1)
    assert [call.pk for call, _ in calls.owed_by(unit, page.lines)] == ["call-1"]
    assert len(calls.owed_by(unit)) == 4
