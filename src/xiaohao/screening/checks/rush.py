"""突击销号: closures crowd before a cut-off that the tasks' own due dates do not explain; one team's load exceeds what can be seen.

Innocent explanations looked for first: due dates all at year end; review meetings each quarter; few tasks.
Source: INSTITUTION.md, fact 9 (closing to a quota); a day's work on sites a county apart is four or five of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Task
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import Position, metres_between, position
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.screening.belonging import sole
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import same_people

ID = "RUSH"
STAGE = "review"
NEEDS = ("tasks.due", "records(type=closure, acceptance)")

#: Fewer closings say nothing about a practice.
FEWEST_CLOSED = 5
#: A crowd is at least this share of all closings, in so many days before a cut-off.
CROWD_SHARE, CROWD_DAYS = 0.5, 14
#: The crowd ends at most so many days before the cut-off.
BEFORE_CUTOFF_DAYS = 10
#: A due date within so many days of the crowd explains a closing: acceptance, review and publicity take a quarter.
DUE_NEAR_DAYS = 100
#: Due dates that lie closer together than this are one due date; its tasks honestly end together.
DUE_SPREAD_DAYS = 120
#: … when at least this share of the crowd is due near it.
DUE_NEAR_SHARE = 0.7
#: Meetings: a crowd of one day, when this share of the other closings falls before the ends of at least so many other quarters.
MEETING_SHARE, MEETING_QUARTERS = 0.8, 2
#: One person sees at most so many sites of works in a day when they lie further apart than NEAR_SITES_KM.
MOST_SITES, NEAR_SITES_KM = 5, 3.0

_CUTOFFS = ((3, 31), (6, 30), (9, 30), (12, 31))


@dataclass(frozen=True, slots=True)
class _Closed:
    """A task with the day on which it was closed, and when it was due."""

    task: Task
    on: date
    due: When | None


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding on the crowd, and one per person and day whose acceptances cannot all have been seen."""
    closed = tuple(_closed(ledger))
    if len(closed) < FEWEST_CLOSED:
        yield Skipped(ID, sole(ledger), say("销号的任务不足 {fewest} 项，看不出是否集中", fewest=FEWEST_CLOSED))
    else:
        yield from _crowd(ledger, closed)
    yield from _loads(ledger)


def _closed(ledger: Dossier) -> Iterator[_Closed]:
    for task in ledger.tasks:
        days = [when for r in ledger.records_of(task.id, "closure") if (when := parse_when(r.date)) and when.is_a_day]
        day = days[-1] if days else parse_when(task.closed_at)
        if day and day.is_a_day and not task.carried_in:
            yield _Closed(task, day.first, parse_when(task.due))


def _crowd(ledger: Dossier, closed: tuple[_Closed, ...]) -> Iterator[Finding]:
    found = []
    for cutoff in _cutoffs(ledger, closed):
        for end in sorted({one.on for one in closed}):
            if cutoff - timedelta(days=BEFORE_CUTOFF_DAYS) <= end <= cutoff:
                inside = tuple(one for one in closed if end - timedelta(days=CROWD_DAYS - 1) <= one.on <= end)
                if len(inside) >= max(FEWEST_CLOSED - 1, CROWD_SHARE * len(closed)) and not _explained(closed, inside):
                    found.append((inside, cutoff))
    if found:
        yield _crowd_finding(closed, *max(found, key=lambda each: (len(each[0]), each[1])))


def _cutoffs(ledger: Dossier, closed: tuple[_Closed, ...]) -> list[date]:
    """Ends of quarters, and the days before which inspectors came."""
    years = range(min(one.on.year for one in closed), max(one.on.year for one in closed) + 1)
    visits = [when.first - timedelta(days=1) for visit in ledger.visits if (when := parse_when(visit.start))]
    return sorted({date(year, *end) for year in years for end in _CUTOFFS} | set(visits))


def _explained(closed: tuple[_Closed, ...], inside: tuple[_Closed, ...]) -> bool:
    """Due dates near the crowd, or all of one time, or closings by meetings all the year round."""
    dues = [one.due for one in inside if one.due]
    first, last = min(one.on for one in inside), max(one.on for one in inside)
    near = [due for due in dues if due.last >= first - timedelta(days=DUE_NEAR_DAYS) and due.first <= last + timedelta(days=DUE_NEAR_DAYS)]
    if not dues or len(near) >= DUE_NEAR_SHARE * len(inside):
        return True
    if (max(due.first for due in dues) - min(due.last for due in dues)).days < DUE_SPREAD_DAYS:
        return True
    others = [one.on for one in closed if one not in inside]
    meetings = [quarter for day in others if (quarter := _quarter_before(day))]
    same_day = len({one.on for one in inside}) == 1
    return same_day and len(meetings) >= MEETING_SHARE * len(others) and len(set(meetings)) >= MEETING_QUARTERS


def _quarter_before(day: date) -> date | None:
    """The end of the quarter that the day comes shortly before."""
    ends = (date(day.year, *end) for end in _CUTOFFS)
    return next((end for end in ends if end - timedelta(days=BEFORE_CUTOFF_DAYS) <= day <= end), None)


def _crowd_finding(closed: tuple[_Closed, ...], inside: tuple[_Closed, ...], cutoff: date) -> Finding:
    dues = sorted(str(one.task.due) for one in inside if one.task.due)
    tasks = sorted(one.task.id for one in inside)
    return Finding(
        ID,
        Severity.WARN,
        None,
        tuple(Where(task) for task in tasks),
        say(
            "{closed} 项任务中有 {inside} 项在 {cutoff} 前 {days} 天内销号，其时限分布在 {first} 至 {last}。请说明各项何时达到销号条件。",
            closed=len(closed),
            inside=len(inside),
            cutoff=cutoff,
            days=(cutoff - min(one.on for one in inside)).days + 1,
            first=dues[0],
            last=dues[-1],
        ),
        say("销号按各项任务的完成情况办理，不按截止日期"),
        {"share": round(len(inside) / len(closed), 2), "window_days": CROWD_DAYS, "closed": len(closed), "cutoff": cutoff.isoformat()},
    )


# One team's load ----------------------------------------------------------------------------------------------------------


def _loads(ledger: Dossier) -> Iterator[Finding]:
    """Days on which somebody accepted more works than can be seen; persons who did so together are one team."""
    days: dict[tuple[str, str], list[Record]] = defaultdict(list)
    works = {task.id for task in ledger.tasks if task.nature == "works"}
    for record in ledger.standing_records:
        when = parse_when(record.date) or parse_when(record.start)
        if record.type == "acceptance" and when and when.is_a_day and works & set(record.tasks):
            for person in set(record.people):
                days[(when.first.isoformat(), person)].append(record)
    teams: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for (day, person), records in days.items():
        if len(records) > MOST_SITES and not _near(ledger, records):
            teams[(day, tuple(sorted(r.id for r in records)))].append(person)
    for (day, ids), people in sorted(teams.items()):
        yield _load_finding(ledger, day, ids, people)


def _near(ledger: Dossier, records: list[Record]) -> bool:
    sites = [at for record in records if (at := _at(ledger, record))]
    return len(sites) == len(records) and all(metres_between(a, b) <= NEAR_SITES_KM * 1000 for a, b in combinations(sites, 2))


def _at(ledger: Dossier, record: Record) -> Position | None:
    place = ledger.find(Place, record.place)
    return position(record.lat, record.lon) or (position(place.lat, place.lon) if place else None)


def _load_finding(ledger: Dossier, day: str, ids: tuple[str, ...], people: list[str]) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        None,
        tuple(Where(one) for one in ids),
        say(
            "{names} {day} 一天验收 {count} 项工程，超过一天能到场查看的数量（{most} 处）。请提供各处到场的时间和轨迹。",
            names=same_people(len(people)),
            day=day,
            count=len(ids),
            most=MOST_SITES,
        ),
        say("验收须逐项到场"),
        {"acceptances": len(ids), "day": day, "people": len(people)},
    )
