"""What one round of inspections has to do with another, and a day on which one group goes to see several tasks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from xiaohao.acts import links, visits
from xiaohao.dossier.record import Member
from xiaohao.seeds.moments import moment
from xiaohao.seeds.seats import seat
from xiaohao.seeds.walk import Event

#: (when, by whom, task, the task of an earlier round or another list, how they hang together)
_LINKS = (
    ("2025-01-08T09:40", "countysupervision-1", "task-qh2025a-10", "task-qh2021a-5", "similar"),
    ("2025-12-12T10:10", "citysupervision-1", "task-qh2025b-7", "task-qh2021a-5", "similar"),
    ("2025-12-12T10:20", "citysupervision-1", "task-qh2025b-6", "task-qh2025a-9", "same_site"),
)
#: Two tasks of the city's list and one of the county's, on one boat and one road.
_VISITED = ("task-qh2025a-9", "task-qh2025b-6", "task-qh2025b-7")


def events() -> Iterator[Event]:
    for at, who, task, other, relation in _LINKS:
        yield Event(moment(at), True, partial(_link, at, who, task, other, relation))
    yield Event(moment("2026-02-09T08:40"), True, _arrange)


def _link(at: str, who: str, task: str, other: str, relation: str) -> None:
    links.link_tasks(task=task, by=seat(who), at=moment(at), key=f"link {task} {other}", other=other, relation=relation)


def _arrange() -> None:
    group = (Member(person="person-cityeco-1", part="leader"), Member(person="person-cityeco-2", part="member"))
    visits.arrange_visit(
        by=seat("cityeco-1"),
        at=moment("2026-02-09T08:40"),
        key="visit day 2026-02-10",
        tasks=_VISITED,
        day="2026-02-10",
        group=group,
        text="上午乘船看石桥上下游，下午看园区东门雨水口。",
    )
