"""纸面验收: an acceptance without site, people or track; tracks elsewhere; several far sites at one time; the same opinion word for word.

Innocent explanations looked for first: duty tasks accepted by papers and visits to units; nearby sites one after another with tracks; a
standard form sentence with own findings beside it; tasks closed before the system came. Source: INSTITUTION.md, fact 5 (acceptance on site).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import Position, metres_between, metres_to, position, positions
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import plain
from xiaohao.screening.words import quoted, same_people

ID = "SITE-PROOF"
STAGE = "acceptance"
NEEDS = ("records(type=acceptance)", "rules.acceptance.min_people", "tasks.nature/places")

#: A track that comes nowhere nearer than this has not been on site; positions of sites are the middle of something large.
ON_SITE_M = 1_500
#: Of a river or a road, whose position is one point of many kilometres.
ON_LONG_SITE_M = 10_000
#: Two sites further apart than this are not seen at one time.
FAR_SITES_M = 2_000
#: Clocks are read to so many minutes.
WATCH_MINUTES = 5
#: An opinion of fewer characters is a form's own sentence (现场与资料相符，同意验收). Of only two tasks more is asked: chance is greater.
SHORTEST_OPINION, SHORTEST_OF_TWO = 18, 24
#: Acceptances with one opinion are a practice from so many tasks on; two are one question.
A_PRACTICE = 3

BASIS = say("工程类任务须到现场验收，人数、地点和经过可核")

_LONG = frozenset({"water", "road"})


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding on the acceptance itself, and one on what it shares with the acceptances of other tasks."""
    task = case.task
    accepted = [r for r in case.records_of(task.id, "acceptance") if r.passed is not False]
    if case.is_text or task.carried_in or not accepted:
        yield Skipped(ID, task.id, say("案卷中没有验收记录"))
        return
    acceptance = accepted[-1]
    own = next(_of_itself(case, acceptance), None)
    shared = next(_shared(case, acceptance), None)
    yield from (finding for finding in (own, shared) if finding)


def _of_itself(case: Dossier, acceptance: Record) -> Iterator[Finding]:
    yield from _people(case, acceptance)
    if not _is_works(case):
        return
    if acceptance.method == "paper":
        yield _finding(case, acceptance, say("工程类任务只凭资料验收，未到现场。请到现场验收，记录地点和经过。"), {"method": "paper"})
        return
    fixes = [Position(fix.lat, fix.lon) for fix in acceptance.track]
    if not fixes and not acceptance.place and position(acceptance.lat, acceptance.lon) is None:
        yield _finding(case, acceptance, say("验收记录未见地点和现场轨迹。请补充到场的地点、时间和轨迹。"), {"points": 0})
        return
    yield from _elsewhere(case, acceptance, fixes)
    yield from _other_day(case, acceptance)
    yield from _borrowed_track(case, acceptance)
    if not fixes and not _photographed(case, acceptance):
        message = say("验收记录写有地点，未见现场轨迹，也没有当日的现场照片。请补充轨迹或照片。")
        yield _finding(case, acceptance, message, {"points": 0}, Severity.NOTE)  # many places record no tracks yet: the decider should know


def _people(case: Dossier, acceptance: Record) -> Iterator[Finding]:
    least = case.rules.acceptance.min_people if case.rules and case.rules.acceptance else None
    people = len(set(acceptance.people))
    if people == 0:
        yield _finding(case, acceptance, say("验收记录未见验收人员。请补充到场人员名单和签字。"), {"people": 0, "min_people": least})
    elif least and people < least:
        message = say("验收人员 {people} 人，少于规则要求的 {least} 人。请补充到场人员，或重新验收。", people=people, least=least)
        yield _finding(case, acceptance, message, {"people": people, "min_people": least})


def _is_works(case: Dossier) -> bool:
    """By the task's nature; where that is not said, by its measures."""
    if case.task.nature:
        return case.task.nature == "works"
    return any(measure.kind == "works" for measure in case.measures_of(case.task.id))


def _elsewhere(case: Dossier, acceptance: Record, fixes: list[Position]) -> Iterator[Finding]:
    """No point of the track, nor the position of the record, comes near the site."""
    own = position(acceptance.lat, acceptance.lon)
    seen = fixes or ([own] if own else [])
    sites = tuple(_sites(case, acceptance))
    if not seen or not sites:
        return
    nearest = min(max(0.0, metres_to(fix, outline) - room) for fix in seen for outline, room in sites)
    if nearest > 0:
        km = round(min(metres_to(fix, outline) for fix in seen for outline, _ in sites) / 1000, 1)
        where = _place_of(case, seen)
        at = say("均在“{place}”", place=where) if where else say("均不在现场")
        words = say("验收轨迹{at}", at=at) if fixes else say("验收位置{at}", at=at)
        message = say("{words}，离现场最近处 {km} 公里。请核对轨迹，未到现场的重新验收。", words=words, km=km)
        yield _finding(case, acceptance, message, {"km": km, "points": len(fixes)})


def _sites(case: Dossier, acceptance: Record) -> Iterator[tuple[tuple[Position, ...], int]]:
    """What the task is about on the ground, each with the room that its size asks for; a task without places is where its acceptance says."""
    measures = case.measures_of(case.task.id)
    named = [*case.task.places, *(p for m in measures for p in m.places)] or [acceptance.place or ""]
    for place in filter(None, (case.find(Place, one) for one in dict.fromkeys(named))):
        at, outline = position(place.lat, place.lon), positions(place.outline)
        if place.kind not in ("region", "office") and (outline or at):
            yield outline or ((at,) if at else ()), ON_LONG_SITE_M if place.kind in _LONG else ON_SITE_M
    for measure in measures:
        at, outline = position(measure.lat, measure.lon), positions(measure.outline)
        if outline or at:
            yield outline or ((at,) if at else ()), ON_SITE_M


def _place_of(case: Dossier, seen: list[Position]) -> str | None:
    """An office at which the whole track lies."""
    for place in case.places:
        at = position(place.lat, place.lon)
        if place.kind == "office" and at and all(metres_between(at, fix) <= ON_SITE_M for fix in seen):
            return place.name
    return None


def _other_day(case: Dossier, acceptance: Record) -> Iterator[Finding]:
    """A track of another day than the acceptance."""
    claimed = parse_when(acceptance.start) or parse_when(acceptance.date)
    days = [when for fix in acceptance.track if (when := parse_when(fix.at))]
    until = parse_when(acceptance.end) or claimed
    if claimed and until and days and all(day.last < claimed.first or day.first > until.last for day in days):
        message = say(
            "验收写明 {date}，轨迹却是 {day} 的。请提供验收当日的轨迹。", date=acceptance.date or acceptance.start, day=days[0].first
        )
        yield _finding(case, acceptance, message, {"date": acceptance.date, "track": days[0].first.isoformat(), "points": len(days)})


def _borrowed_track(case: Dossier, acceptance: Record) -> Iterator[Finding]:
    """The same positions, point by point, as the track of another record of another day or task."""
    own = _points(acceptance)
    for other in case.standing_records:
        if other.id != acceptance.id and len(own) > 1 and _points(other) == own and other.date != acceptance.date:
            message = say("验收轨迹与另一记录（{date}）的轨迹逐点相同。请提供本次验收的轨迹。", date=other.date)
            yield _finding(case, acceptance, message, {"points": len(own), "other": other.id}, where=(other.id,))


def _points(record: Record) -> tuple[tuple[float, float], ...]:
    return tuple((fix.lat, fix.lon) for fix in record.track)


def _photographed(case: Dossier, acceptance: Record) -> bool:
    """A photograph that the acceptance names, or of the site on its day."""
    day = parse_when(acceptance.date) or parse_when(acceptance.start)
    taken = [when for f in case.files_of(case.task.id) if f.kind in ("photo", "video") and (when := parse_when(f.captured_at))]
    return bool(acceptance.files) or any(day and when.first == day.first for when in taken)


# Beside the acceptances of other tasks ----------------------------------------------------------------------------------------


def _shared(case: Dossier, acceptance: Record) -> Iterator[Finding]:
    """Said once of a pair or group: by the task whose acceptance was recorded last."""
    if not _is_works(case):
        return
    others = [
        r
        for r in case.standing_records
        if r.type == "acceptance" and r.passed is not False and r.id != acceptance.id and not set(r.tasks) & set(acceptance.tasks)
    ]
    earlier = [r for r in others if (r.recorded_at, r.id) < (acceptance.recorded_at, acceptance.id)]
    yield from _at_one_time(case, acceptance, earlier)
    alike = [r for r in others if _same_opinion(r, acceptance)]
    long_enough = len(alike) + 1 >= A_PRACTICE or len(plain(acceptance.text or "")) >= SHORTEST_OF_TWO
    if alike and long_enough and all(r in earlier for r in alike):
        yield _opinion_finding(case, acceptance, alike)


def _at_one_time(case: Dossier, acceptance: Record, others: list[Record]) -> Iterator[Finding]:
    for other in others:
        people = set(acceptance.people) & set(other.people)
        apart = _apart(case, acceptance, other)
        minutes = _overlap_minutes(acceptance, other)
        if people and apart > FAR_SITES_M and minutes > WATCH_MINUTES and not _tracked_in_turn(acceptance, other):
            km = round(apart / 1000, 1)
            message = say(
                "{names}同一时间（重叠 {minutes} 分钟）在相距 {km} 公里的两处验收。请核对到场人员和时间。",
                names=same_people(len(people)),
                minutes=minutes,
                km=km,
            )
            yield _finding(case, acceptance, message, {"km": km, "minutes": minutes, "people": len(people)}, where=(other.id,))


def _apart(case: Dossier, one: Record, other: Record) -> float:
    first, second = (_at(case, record) for record in (one, other))
    return metres_between(first, second) if first and second else 0.0


def _at(case: Dossier, record: Record) -> Position | None:
    place = case.find(Place, record.place)
    return position(record.lat, record.lon) or (position(place.lat, place.lon) if place else None)


def _overlap_minutes(one: Record, other: Record) -> int:
    spans = [(parse_when(record.start), parse_when(record.end)) for record in (one, other)]
    moments = [(a.moment, b.moment) for a, b in spans if a and b and a.moment and b.moment]
    if len(moments) < 2:
        return 0
    return round((min(moments[0][1], moments[1][1]) - max(moments[0][0], moments[1][0])).total_seconds() / 60)


def _tracked_in_turn(one: Record, other: Record) -> bool:
    """Whether the tracks show one visit after the other, whatever beginning and end were written down."""
    spans = [[when for fix in record.track if (when := parse_when(fix.at)) and when.moment] for record in (one, other)]
    if not all(spans):
        return False
    (first, second) = sorted(spans, key=lambda whens: min(_minute(w) for w in whens))
    return max(_minute(w) for w in first) <= min(_minute(w) for w in second)


def _minute(when: When) -> float:
    return when.moment.timestamp() if when.moment else 0.0


def _same_opinion(one: Record, other: Record) -> bool:
    """Word for word, numbers and names too: whoever looked at two sites wrote two sentences."""
    a, b = plain(one.text or ""), plain(other.text or "")
    return a == b and len(a) >= SHORTEST_OPINION


def _opinion_finding(case: Dossier, acceptance: Record, others: list[Record]) -> Finding:
    message = say(
        "{count} 项任务的验收意见一字不差：“{text}”。请分别写明各自现场所见和实测结果。",
        count=len(others) + 1,
        text=quoted(acceptance.text or ""),
    )
    severity = Severity.BLOCK if len(others) + 1 >= A_PRACTICE else Severity.WARN
    return _finding(case, acceptance, message, {"same_opinion": len(others) + 1}, severity, tuple(other.id for other in others))


def _finding(
    case: Dossier,
    acceptance: Record,
    message: str,
    figures: dict[str, object],
    severity: Severity = Severity.BLOCK,
    where: tuple[str, ...] = (),
) -> Finding:
    return Finding(ID, severity, case.task.id, (Where(acceptance.id), *(Where(one) for one in where)), message, BASIS, figures)
