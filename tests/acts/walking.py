"""Cases in the database, made by walking real acts: `make_task(at="reviewed")`."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from tests.cases import COUNTY_ROUTE, DEFAULT_ROUTE, REGION_ROUTE, STATE_AFTER, Route, actor_for, works_case, works_life
from tests.cast import INSPECTIONS, JOINED_AT, LISTS, ORGS, PEOPLE, PLACES
from xiaohao.acts import beginning, parties, tasks
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.when import parse_instant
from xiaohao.records.models import JournalEntry, Task
from xiaohao.seeds.walk import Story, Taken, Walk, walk_together

#: Rulebook by route.
RULEBOOK = {DEFAULT_ROUTE: "default", COUNTY_ROUTE: "county-closes-city-reviews", REGION_ROUTE: "region-assesses"}
CLERK = Actor("person-cityoffice-2", "org-cityoffice", frozenset({Role.CLERK}))


def make_county() -> None:
    """Units, people, places, the list, and the first entry of the log. Nothing happens the second time."""
    if JournalEntry.objects.exists():
        return
    at = parse_instant(JOINED_AT)
    beginning.make_keys()
    (settings.JOURNAL_HOME / "anchor.db").unlink(missing_ok=True)
    beginning.begin_journal(at=at)
    parties.enter_places(PLACES, at=at)
    parties.enter_orgs(ORGS, at=at)
    parties.enter_people(PEOPLE, staff_no="1{n:03}", at=at)
    for task_list in LISTS:
        tasks.open_list(by=CLERK, at=at, key=f"list {task_list.id}", inspection=INSPECTIONS[0], task_list=task_list, code="qh2025a")


def make_task(at: str, *, route: Route = DEFAULT_ROUTE, missing: str | Iterable[str] = (), ready: bool = False, **changes: object) -> Task:
    """The works case of tests.cases, walked as far as that status (a status of STATE_AFTER); `ready`: with the rows that the next step needs."""
    make_county()
    life = works_life(route)
    case = works_case(at, route=route, missing=missing, **changes)
    last = [STATE_AFTER[step] for step in life.order].index(at)
    taken = [Taken(step, life.at(step), actor_for(case, step)) for step in life.order[: last + 1]]
    story = Walk(case, Actor("person-housing-1", "org-housing", frozenset({Role.REPORTER})), RULEBOOK[route])
    walk_together([Story(story, tuple(taken))], until=life.now(at) if ready else None)
    return Task.objects.get(pk=case.task.id)
