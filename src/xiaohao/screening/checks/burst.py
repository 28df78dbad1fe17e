"""临检突击: records pile up in the days before an announced visit after months of silence, by date or by the time they were first seen.

Innocent explanations looked for first: a steady record with a self-check added; work that only began shortly before, or goes on at the same
pace after the visit; a bulk import on the day the unit joined the system. Source: INSTITUTION.md, fact 10.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.oversight import Visit
from xiaohao.dossier.parties import Org
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_instant, parse_when
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "BURST"
STAGE = "progress"
NEEDS = ("records.date/recorded_at", "visits.start/announced_at", "orgs.joined_at")

#: The days before a visit: at least these, from its announcement at most those.
SHORTEST_DAYS, LONGEST_DAYS = 10, 30
#: A pile has at least this many records …
FEWEST = 5
#: … which are at least this share of all that there are so far …
SHARE = 0.5
#: … and come at least this many times as often as before.
PACE = 8.0
#: Silence: the work had been running for so many days before, with hardly a record. Two months: site visits are monthly.
RUNNING_DAYS = 60
#: Where the work has a longer book, the months before the pile are looked at by themselves: so many days, with at most one record to six of the pile …
RECENT_DAYS, ONE_TO = 90, 6
#: … and no earlier stretch of the same length nearly as full: a unit that books in batches always did.
AS_FULL = 1.5
#: Work goes on when the days after the visit hold at least this share of the pile.
GOING_ON_SHARE, GOING_ON_DAYS = 0.5, 30
#: Rows entered within so many days of the unit joining the system are its old book carried in.
JOINING_DAYS = 30

#: What the procedure itself makes at its own time, whoever visits.
_NOT_WORK = frozenset(
    {
        "acceptance",
        "review",
        "closing_assessment",
        "publicity",
        "closure",
        "look_back",
        "objection",
        "return",
        "override",
        "pledge",
        "appeal",
        "arrangement",
        "question",
        "reply",
        "countersign",
        "countersigned",
    }
)
_BEGINNINGS = ("contract",)


@dataclass(frozen=True, slots=True)
class _Pile:
    """`inside` of `total` records lie in the window before the visit, after `silence` days; `by` date or recorded_at."""

    visit: Visit
    inside: int
    total: int
    days: int
    silence: int
    by: str

    @property
    def share(self) -> float:
        return self.inside / self.total


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding per task: the highest pile."""
    visits = [visit for visit in case.visits if parse_when(visit.start)]
    rows = tuple(r for r in case.records_of(case.task.id) if r.type not in _NOT_WORK)
    if not visits or not rows:
        yield Skipped(ID, case.task.id, say("案卷中没有检查日历，或没有登记"))
        return
    seen = [(row, parse_instant(row.recorded_at).date()) for row in rows if not _carried_in(case, row)]
    dated = [(row, when.first) for row in rows if (when := parse_when(row.date)) and when.is_a_day]
    piles = [pile for visit in visits for by, days in (("date", dated), ("recorded_at", seen)) if (pile := _pile(case, visit, days, by))]
    if piles:
        yield _finding(case, max(piles, key=lambda pile: (pile.inside, pile.silence, pile.by)))


def _carried_in(case: Dossier, row: Record) -> bool:
    for one in (row.org, case.task.owner):
        org = case.find(Org, one)
        if org and org.joined_at:
            joined = parse_instant(org.joined_at).date()
            seen = parse_instant(row.recorded_at).date()
            claimed = parse_when(row.date)
            if joined <= seen <= joined + timedelta(days=JOINING_DAYS) and (claimed is None or claimed.last <= joined):
                return True
    return False


def _window(visit: Visit) -> tuple[date, date] | None:
    """From the announcement, but no fewer and no more days than SHORTEST_DAYS and LONGEST_DAYS, to the day before the visit."""
    start, announced = parse_when(visit.start), parse_when(visit.announced_at)
    if start is None:
        return None
    first = min(announced.first if announced else start.first, start.first - timedelta(days=SHORTEST_DAYS))
    return max(first, start.first - timedelta(days=LONGEST_DAYS)), start.first - timedelta(days=1)


def _pile(case: Dossier, visit: Visit, rows: list[tuple[Record, date]], by: str) -> _Pile | None:
    window = _window(visit)
    if window is None or not _visits_this(case, visit):
        return None
    first, last = window
    inside = [row for row, day in rows if first <= day <= last]
    before = [day for _, day in rows if day < first]
    after = [day for _, day in rows if last < day <= last + timedelta(days=GOING_ON_DAYS)]
    total = len(inside) + len(before)
    begun = _begun(case, inside if by == "date" else [])
    if begun is None or len(inside) < FEWEST or len(after) >= GOING_ON_SHARE * len(inside):
        return None
    running, days = (first - begun).days, (last - first).days + 1
    if running < RUNNING_DAYS or not (
        _all_but_nothing_before(len(inside), before, days, max(running, (first - min([begun, *before])).days))
        or _after_silence(len(inside), before, days, first, running)
    ):
        return None
    silence = (first - max([begun, *before])).days
    return _Pile(visit, len(inside), total, days, silence, by)


def _all_but_nothing_before(inside: int, before: list[date], days: int, running: int) -> bool:
    """The pile is the larger part of all that there is, and came many times as often."""
    return inside >= SHARE * (inside + len(before)) and (not before or (inside / days) / (len(before) / running) >= PACE)


def _after_silence(inside: int, before: list[date], days: int, first: date, running: int) -> bool:
    """The pile comes after months with hardly a record, however long the book before them, and none of its earlier stretches was nearly as full."""
    recent = sum(1 for day in before if day >= first - timedelta(days=RECENT_DAYS))
    fullest = max((sum(1 for day in before if one <= day < one + timedelta(days=days)) for one in before), default=0)
    return running >= RECENT_DAYS and recent * ONE_TO <= inside and fullest * AS_FULL <= inside


def _begun(case: Dossier, inside: list[Record]) -> date | None:
    """The day on which the work began: the plan; by dates also the beginning that a measure names or a contract whose date lies in the pile
    itself, since works that begin then begin then."""
    plan = case.plan_in_force(case.task.id)
    planned = parse_when(plan.date) if plan else None
    if plan is None or planned is None:
        return None
    starts = [when.first for measure in plan.measures if (when := parse_when(measure.start))]
    contracts = [r for r in case.records_of(case.task.id, *_BEGINNINGS) if parse_when(r.date)]
    new = (
        [when.first for r in contracts if r in inside and (when := parse_when(r.date))]
        if len(contracts) == len([r for r in contracts if r in inside])
        else []
    )
    return max([planned.last, *([min(starts)] if starts else []), *([min(new)] if new else [])])


def _visits_this(case: Dossier, visit: Visit) -> bool:
    """A visit to other firms than the task's is none of its visits; a visit to a place is one to all that lies in it."""
    return not visit.firms or not case.task.firms or bool(set(visit.firms) & set(case.task.firms))


def _finding(case: Dossier, pile: _Pile) -> Finding:
    by = say("入库") if pile.by == "recorded_at" else say("发生")
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(case.task.id), Where(pile.visit.id)),
        say(
            "检查（{start} 起）之前的 {total} 条登记中有 {inside} 条在此前 {days} 天内{by}，再往前 {silence} 天没有登记。请说明这段时间的工作并提供当时的记录。",
            start=pile.visit.start,
            total=pile.total,
            inside=pile.inside,
            days=pile.days,
            by=by,
            silence=pile.silence,
        ),
        say("工作记录应随工作形成，不应集中在检查之前"),
        {
            "share": round(pile.share, 2),
            "inside": pile.inside,
            "total": pile.total,
            "silence_days": pile.silence,
            "visit": pile.visit.id,
            "by": pile.by,
        },
    )
