"""检测存疑: samples too close, a report before its analysis, one sampler or instrument in two places, sampling while the plant stood.

Innocent explanations looked for first: an interval exactly at the norm; one team at neighbouring points in turn; sampling on the day on
which a stop begins or ends, or the day after; dates without hours. Source: HJ 91.1-2019 (sampling of waste water); rules.sampling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations, pairwise

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Facility
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import Position, metres_between, position
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.sources import same_indicator
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import records_in_case, span_of

ID = "LAB"
STAGE = "application, acceptance"
NEEDS = ("records(sampling, lab_report, shutdown)", "rules.sampling")

#: Indicator name of a rule that holds for every indicator.
ANY = "*"

#: Where a ledger remembers its samplings.
_SAMPLINGS = "samplings by hand"

#: Metres within which one team may work at two points at once (both banks, inlet and outlet).
NEIGHBOURING_M = 1_000

#: Fastest that a team with its instruments travels door to door, km/h: the motorway limit of 120 leaves nothing for the doors.
FASTEST_KMH = 100


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per sampling, report or pair of samplings."""
    samplings, reports = records_in_case(case, "sampling"), records_in_case(case, "lab_report")
    if not samplings and not reports:
        yield Skipped(ID, case.task.id, say("案卷中没有采样或检测报告的记录"))
        return
    yield from _too_close(case, samplings)
    for report in reports:
        yield from _out_of_order(case, samplings, report)
    yield from _two_places(case, samplings)
    for sampling in samplings:
        yield from _while_stopped(case, sampling)


# Too close --------------------------------------------------------------------------------------------------------------------------


def _too_close(case: Dossier, samplings: tuple[Record, ...]) -> Iterator[Finding | Skipped]:
    rules = case.rules.sampling if case.rules else ()
    if not any(rule.min_interval_minutes for rule in rules):
        if samplings:
            yield Skipped(ID, case.task.id, say("案卷没有带本地的采样间隔规定，采样间隔没有核对"))
        return
    for group in _taken_together(samplings):
        norm = _norm(case, group)
        moments = sorted({moment for record in group for moment in _moments(record)})
        gaps = [round((two - one).total_seconds() / 60) for one, two in pairwise(moments) if one.date() == two.date()]
        short = [gap for gap in gaps if norm and gap < norm]
        if norm and short:
            yield _too_close_finding(case, group, short, norm)


def _taken_together(samplings: tuple[Record, ...]) -> Iterator[tuple[Record, ...]]:
    """Each sampling with several times by itself; those with one time each, by place, day, unit and title (one title is one purpose)."""
    single: dict[tuple[object, ...], list[Record]] = {}
    for record in samplings:
        if len(record.times) > 1:
            yield (record,)
        elif moments := _moments(record):
            single.setdefault((record.place, moments[0].date(), record.org, record.title), []).append(record)
    for group in single.values():
        if len(group) > 1:
            yield tuple(group)


def _moments(record: Record) -> tuple[datetime, ...]:
    texts = record.times or ((record.start,) if record.start else (record.date,))
    return tuple(when.moment for text in texts if (when := parse_when(text)) and when.moment)


def _norm(case: Dossier, group: tuple[Record, ...]) -> float | None:
    """Minutes that must lie between two samples: the rule of the sampled indicator, else the one for all. A sampling that names several
    indicators is held to the shortest."""
    rules = case.rules.sampling if case.rules else ()
    named = {result.indicator for record in group for result in record.results}
    named |= {
        result.indicator
        for report in records_in_case(case, "lab_report")
        if {r.id for r in group} & set(report.samples)
        for result in report.results
    }
    own = [r.min_interval_minutes for r in rules if r.min_interval_minutes and any(same_indicator(r.indicator, name) for name in named)]
    general = [r.min_interval_minutes for r in rules if r.min_interval_minutes and r.indicator == ANY]
    return min(own or general, default=None)


def _too_close_finding(case: Dossier, group: tuple[Record, ...], short: list[int], norm: float) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(Where(record.id) for record in group),
        say(
            "采样间隔 {minutes} 分钟，规范不少于 {norm} 分钟。请说明原因，或重新采样。",
            minutes="、".join(str(minutes) for minutes in short),
            norm=f"{norm:g}",
        ),
        say("采样间隔不应少于规范"),
        {"minutes": short, "norm": norm},
    )


# Out of order -----------------------------------------------------------------------------------------------------------------------


def _out_of_order(case: Dossier, samplings: tuple[Record, ...], report: Record) -> Iterator[Finding]:
    """The first pair of steps (sampled, received, analysed, reported) of one report that stands the wrong way round."""
    sampled = [r for r in samplings if r.id in report.samples]
    last = max((w for r in sampled if (w := _last_taken(r))), key=lambda when: (when.last, when.first), default=None)
    steps = (
        (say("采样"), last),
        (say("收样"), parse_when(report.received_at)),
        (say("分析"), parse_when(report.analysed_at)),
        (say("出具报告"), parse_when(report.reported_at)),
    )
    known = [(name, when) for name, when in steps if when]
    for (name, when), (later_name, later) in combinations(known, 2):
        if later.surely_before(when):
            pointers = (Where(report.id), *(Where(r.id) for r in sampled if name == steps[0][0]))
            yield Finding(
                ID,
                Severity.WARN,
                case.task.id,
                pointers,
                say(
                    "检测报告的{later}（{later_at}）早于{name}（{at}）。请提供采样、收样和分析的原始记录。",
                    later=later_name,
                    later_at=_words(later),
                    name=name,
                    at=_words(when),
                ),
                say("检测按采样、收样、分析、出具报告的先后进行"),
                {"earlier": _words(later), "later": _words(when)},
            )
            return


def _last_taken(record: Record) -> When | None:
    whens = [when for text in (record.times or (record.date,)) if (when := parse_when(text))]
    return max(whens, key=lambda when: (when.last, when.moment.timestamp() if when.moment else 0.0), default=None)


def _words(when: When) -> str:
    return when.moment.strftime("%Y-%m-%d %H:%M") if when.moment else when.first.isoformat() if when.is_a_day else f"{when.first:%Y-%m}"


# Two places -------------------------------------------------------------------------------------------------------------------------


def _two_places(case: Dossier, own: tuple[Record, ...]) -> Iterator[Finding]:
    """Each of the case's samplings against every sampling of the dossier; a pair is said once."""
    ids = {record.id for record in own}
    of = _samplings_of(case)
    beside = {pair for record in own for key in _hands(record) for each in of[key] if (pair := _in_order(record, each, ids))}
    samplings = {record.id: record for key in {key for record in own for key in _hands(record)} for record in of[key]}
    for one, other in ((samplings[a], samplings[b]) for a, b in sorted(beside)):
        if one.place == other.place:
            continue
        shared = [*(set(one.people) & set(other.people)), *({one.instrument} & {other.instrument} - {None})]
        if shared and (clash := _clash(case, one, other)):
            yield _two_places_finding(case, one, other, *clash, person=bool(set(one.people) & set(other.people)))


def _hands(record: Record) -> set[tuple[str, str]]:
    """Who took a sample, and with what."""
    return {("person", one) for one in record.people} | ({("instrument", record.instrument)} if record.instrument else set())


def _in_order(own: Record, other: Record, ids: set[str]) -> tuple[str, str] | None:
    """The pair as it is said in one of its cases: in that of the first, or of the second where the first is of none."""
    if own.id == other.id:
        return None
    one, second = (own, other) if own.id < other.id else (other, own)
    return None if one.id not in ids and one.tasks else (one.id, second.id)


def _samplings_of(case: Dossier) -> dict[tuple[str, str], list[Record]]:
    """All samplings of the ledger by who took them and with what, worked out once."""
    kept: dict[tuple[str, str], list[Record]] | None = case.memory.get(_SAMPLINGS)
    if kept is None:
        kept = defaultdict(list)
        for record in case.standing_records:
            if record.type == "sampling":
                for key in _hands(record):
                    kept[key].append(record)
        case.memory[_SAMPLINGS] = kept
    return kept


def _clash(case: Dossier, one: Record, other: Record) -> tuple[int, float] | None:
    """(minutes between the two, negative when they overlap; km apart) where nobody could have been at both; None else or where unknown."""
    span, span2 = _worked(one), _worked(other)
    here, there = _position(case, one), _position(case, other)
    if span is None or span2 is None or here is None or there is None:
        return None
    apart = metres_between(here, there)
    gap = (max(span[0], span2[0]) - min(span[1], span2[1])).total_seconds() / 60
    if apart <= NEIGHBOURING_M or gap * FASTEST_KMH / 60 >= apart / 1_000:
        return None
    return round(gap), round(apart / 1_000, 1)


def _worked(record: Record) -> tuple[datetime, datetime] | None:
    moments = [*_moments(record), *(w.moment for text in (record.start, record.end) if (w := parse_when(text)) and w.moment)]
    return (min(moments), max(moments)) if moments else None


def _position(case: Dossier, record: Record) -> Position | None:
    place = case.find(Place, record.place)
    return position(record.lat, record.lon) or (position(place.lat, place.lon) if place else None)


def _two_places_finding(case: Dossier, one: Record, other: Record, gap: int, km: float, person: bool) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(one.id), Where(other.id)),
        say(
            "{what}在相距 {km} 公里的两处采样，{gap}。请提供采样原始记录和行程。",
            what=say("同一采样人员") if person else say("同一仪器"),
            km=km,
            gap=say("时间重叠 {minutes} 分钟", minutes=-gap) if gap < 0 else say("间隔 {minutes} 分钟", minutes=gap),
        ),
        say("同一人员或仪器不能同时在两处"),
        {"gap_minutes": gap, "km": km},
    )


# While the plant stood ----------------------------------------------------------------------------------------------------------------


def _while_stopped(case: Dossier, sampling: Record) -> Iterator[Finding]:
    moments = [when for text in (sampling.times or (sampling.date,)) if (when := parse_when(text))]
    for stop in records_in_case(case, "shutdown"):
        if not _at_plant(case, sampling, stop):
            continue
        inside = [when for when in moments if _within(when, stop)]
        if inside:
            yield Finding(
                ID,
                Severity.WARN,
                case.task.id,
                (Where(sampling.id), Where(stop.id)),
                say(
                    "采样时间 {at} 在停产停运记录 {start} 至 {end} 之内。请说明采样时的工况，或在正常生产时复测。",
                    at=_words(inside[0]),
                    start=stop.start or stop.date or "",
                    end=stop.end or say("未结束"),
                ),
                say("采样应在正常生产时进行"),
                {"sampled": _words(inside[0]), "stop_start": stop.start or stop.date, "stop_end": stop.end},
            )
            return


def _at_plant(case: Dossier, sampling: Record, stop: Record) -> bool:
    plant = case.find(Facility, stop.of)
    if sampling.of is not None and stop.of is not None:
        return sampling.of == stop.of
    places = {plant.place if plant else None, stop.place} - {None}
    return sampling.place in places


def _within(when: When, stop: Record) -> bool:
    """Surely inside: after the first and before the last day; on those days by the hour, where both give hours."""
    start, end = parse_when(stop.start or stop.date), parse_when(stop.end)
    if start is None:
        return False
    span = span_of(stop)
    if end is None or span is None:
        return False
    began = start.moment < when.moment if when.moment and start.moment else span[0] < when.first
    lasts = when.moment < end.moment if when.moment and end.moment else when.last < span[1]
    return began and lasts
