"""分身: one person is in two places whose times overlap or cannot be reached in time.

Innocent explanations looked for first: consecutive meetings in one building; the same name of another person (people are compared by id);
whole-day records without hours; meetings held by video or telephone; one act entered in two tasks; a region instead of a room is the whole region.
Source: attendance lists of public inspections; a straight line of more than 80 km in an hour is faster than a car on roads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import Position, metres_between, position
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.publicity.words import RECORD_WORDS
from xiaohao.screening.belonging import only_task, sole
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import same_people

ID = "MEET-CONFLICT"
STAGE = "application"
NEEDS = ("records.people/start/end/place", "places.lat/lon")

#: Positions nearer than this are one building or one site.
ONE_PLACE_M = 1_000
#: Nobody travels faster than this in a straight line, kilometres an hour.
FASTEST_KMH = 80
#: Overlaps and gaps are given to the minute by people who look at a watch: so many minutes say nothing.
WATCH_MINUTES = 5

#: Where only a region is written, anybody may have been anywhere in it: so far from its middle by its name, and as far as what lies in it.
#: Ours: generous for a township, a county and a city; a province says nothing.
_REACH_KM = ((re.compile(r"(?:镇|乡|街道|村|社区)$"), 10), (re.compile(r"(?:县|区|旗)$"), 35), (re.compile(r"(?:市|州|盟|地区)$"), 70))

_NOT_IN_PERSON = re.compile(r"视频|线上|远程|电话|网络|云")


@dataclass(frozen=True, slots=True)
class _Presence:
    """A record that puts people within `reach` metres of a position, at `places` (the place and what it lies in), from `start` to `end`."""

    record: Record
    at: Position
    reach: float
    region: str | None
    places: frozenset[str]
    start: datetime
    end: datetime


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per pair of records that cannot both have had the same person. Two acceptances are SITE-PROOF's business."""
    present = tuple(_presences(ledger))
    if not present:
        yield Skipped(ID, sole(ledger), say("案卷中没有写明人员、钟点和位置的记录"))
        return
    of_person: dict[str, list[_Presence]] = defaultdict(list)
    for one in present:
        for person in one.record.people:
            of_person[person].append(one)
    both: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_id = {one.record.id: one for one in present}
    for person, presences in of_person.items():
        for one, other in _near_in_time(presences):
            if _impossible(one, other):
                both[(one.record.id, other.record.id)].append(person)
    for (first, second), people in both.items():
        yield _finding(ledger, by_id[first], by_id[second], people)


def _near_in_time(presences: list[_Presence]) -> Iterator[tuple[_Presence, _Presence]]:
    """Pairs in the order of their beginnings; none between which there was time to get from any of these places to any other."""
    ordered = sorted(presences, key=lambda p: (p.start, p.record.id))
    first = ordered[0].at
    farthest = 2 * max(metres_between(first, one.at) for one in ordered)
    enough = farthest / 1000 / FASTEST_KMH * 60
    for n, one in enumerate(ordered):
        for other in islice(ordered, n + 1, None):
            if _gap_minutes(one, other) > enough:
                break
            yield one, other


def _presences(ledger: Dossier) -> Iterator[_Presence]:
    reaches = _reaches(ledger)
    for record in ledger.standing_records:
        start, end = parse_when(record.start), parse_when(record.end)
        where = _where(ledger, record, reaches)
        if record.people and where and start and start.moment and not _NOT_IN_PERSON.search(f"{record.title or ''}{record.text or ''}"):
            until = end.moment if end and end.moment and end.moment >= start.moment else start.moment
            at, reach = where
            region = record.place if reach else None
            yield _Presence(record, at, reach, region, _lies_in(ledger, record.place), start.moment, until)


def _where(ledger: Dossier, record: Record, reaches: Mapping[str, float]) -> tuple[Position, float] | None:
    """The record's own position, else that of its place, with how far from it the people may have been: for a region, all of it."""
    own = position(record.lat, record.lon)
    if own is not None:
        return own, 0
    place = ledger.find(Place, record.place)
    at = position(place.lat, place.lon) if place else None
    if place is None or at is None:
        return None
    reach = reaches.get(place.id) if place.kind == "region" else 0
    return None if reach is None else (at, reach)


def _reaches(ledger: Dossier) -> Mapping[str, float]:
    """Metres from the middle of each region to the farthest that may still be in it; none for one whose name does not say how large it is."""
    reaches = {}
    for region in ledger.places:
        usual = next((km for ending, km in _REACH_KM if ending.search(region.name)), None)
        if region.kind == "region" and usual is not None:
            reaches[region.id] = usual * 1000.0
    for place in ledger.places:
        at = position(place.lat, place.lon)
        for one in _lies_in(ledger, place.id) & reaches.keys():
            region_at = ledger.find(Place, one)
            middle = position(region_at.lat, region_at.lon) if region_at else None
            if at and middle:
                reaches[one] = max(reaches[one], metres_between(middle, at))
    return reaches


def _lies_in(ledger: Dossier, place_id: str | None) -> frozenset[str]:
    """The place and all that it lies in."""
    found: set[str] = set()
    while (place := ledger.find(Place, place_id)) and place.id not in found:
        found.add(place.id)
        place_id = place.parent
    return frozenset(found)


def _impossible(one: _Presence, other: _Presence) -> bool:
    if one.record.type == other.record.type == "acceptance" or _same_act(one.record, other.record):
        return False
    if one.region in other.places or other.region in one.places:
        return False
    apart = _apart(one, other)
    if apart <= ONE_PLACE_M:
        return False
    gap = _gap_minutes(one, other)
    if gap < -WATCH_MINUTES:
        return True
    return apart / 1000 > FASTEST_KMH * (gap + WATCH_MINUTES) / 60


def _apart(one: _Presence, other: _Presence) -> float:
    """The fewest metres that can lie between the two."""
    return max(0.0, metres_between(one.at, other.at) - one.reach - other.reach)


def _gap_minutes(one: _Presence, other: _Presence) -> float:
    """Minutes from the end of the earlier to the start of the later; negative where they overlap."""
    return (other.start - one.end).total_seconds() / 60


def _same_act(one: Record, other: Record) -> bool:
    """One act entered twice: the same kind, beginning and place."""
    return (one.type, one.start, one.place) == (other.type, other.start, other.place) and one.place is not None


def _finding(ledger: Dossier, one: _Presence, other: _Presence, people: list[str]) -> Finding:
    km = round(_apart(one, other) / 1000, 1)
    least = say("至少 ") if one.reach or other.reach else ""
    gap = round(_gap_minutes(one, other))
    ids = (one.record.id, other.record.id)
    spare = say("两处时间重叠 {minutes} 分钟", minutes=-gap) if gap < 0 else say("中间只有 {minutes} 分钟", minutes=gap)
    return Finding(
        ID,
        Severity.WARN,
        only_task(ledger, ids),
        tuple(Where(one) for one in ids),
        say(
            "{names}的{first}（{start} 至 {end}）与{second}（{other} 起）相距{least}{km} 公里，{spare}。请核对签到，写明实际到场的人。",
            names=same_people(len(people)),
            first=RECORD_WORDS.get(one.record.type, one.record.type),
            start=f"{one.start:%Y-%m-%d %H:%M}",
            end=f"{one.end:%H:%M}",
            second=RECORD_WORDS.get(other.record.type, other.record.type),
            other=f"{other.start:%H:%M}",
            least=least or " ",
            km=km,
            spare=spare,
        ),
        say("同一人同一时间只能在一处"),
        {"gap_minutes": gap, "km": km, "people": len(people)},
    )
