"""逢查停产: power, water or flow dips around visits and returns, or a declared stop keeps consuming above the base load.

Innocent explanations looked for first: declared maintenance that happens to meet one visit; weekly and holiday stops (days are held against
the same day of the week, holidays are left out); a process that often stops; a stop with only its base load. Source: DOSSIER.md,
facilities.flows/base_load and visits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.oversight import Visit
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Facility, Rated
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import Flags, Floats, Minutes, np
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.kernel.when import parse_when
from xiaohao.kernel.workdays import CalendarUnknown, days_between
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve, minute_of, moment_of
from xiaohao.outcomes.spread import stretches
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import (
    Spans,
    curves_of_case,
    facilities_of_case,
    facility_of,
    flow_of,
    series_words,
    span_of,
    span_words,
    stops_of,
)

ID = "STOP-GO"
STAGE = "progress"
NEEDS = ("facilities.flows/base_load", "series(kind=utility)", "visits", "records(type=shutdown)")

#: Flows that show whether a plant runs.
RUNNING = ("power", "water", "steam", "inflow", "raw_material", "product", "chemical")

#: Days on either side of a visit that say what is usual, and days after it within which the level returns.
AROUND_DAYS = 28
RETURN_DAYS = 7

#: A dip: share below the usual level, and how many times the usual scatter of days; how much of it is made up afterwards.
DIP = 0.15
TIMES_SCATTER = 3.0
RETURNS = 0.6

#: A pattern: visits that dip, their share of all visits seen, and other dips as deep for each of them.
FEWEST_VISITS = 2
SHARE_OF_VISITS = 0.6
OTHERS_PER_VISIT = 0.5

#: Days of one visit that are looked at; an inspection of a month shows itself in its first weeks.
LONGEST_LOOK_DAYS = 45

#: A declared stop: times the base load, share of its days above that, and days of stop needed; without a base load, share of the usual level.
TIMES_BASE = 1.5
SHARE_OF_DAYS = 0.3
FEWEST_STOP_DAYS = 3
WITHOUT_BASE = 0.4


@dataclass(frozen=True, eq=False, slots=True)
class Daily:
    """One value per day, days of the week evened out; `days` since 1970-01-01."""

    curve: Curve
    days: Minutes
    values: Floats
    level: Floats


@dataclass(frozen=True, slots=True)
class Dip:
    """One visit: how far below the usual level (share), and its first and last day."""

    visit: Visit
    depth: float
    first: date
    last: date


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per plant for dips at visits (in the flow that shows them best), one per declared stop that kept consuming."""
    flows = tuple(_flows(case))
    if not flows:
        yield Skipped(ID, case.task.id, say("案卷中没有用电、用水或产量序列"))
        return
    visits = tuple(case.visits)
    if not visits:
        yield Skipped(ID, case.task.id, say("案卷中没有检查日历"))
    said: set[str] = set()
    found = [(plant, dips, others, daily) for plant, curve in flows for daily, dips, others in _at_visits(case, plant, curve)]
    for plant, dips, others, daily in sorted(found, key=lambda row: (-len(row[1]), -_mean_depth(row[1]), row[3].curve.series.id)):
        key = plant.id if plant else daily.curve.series.id
        if key not in said:
            said.add(key)
            yield _visits_finding(case, daily, dips, others)
    for plant in facilities_of_case(case):
        yield from _while_stopped(case, plant)


def _flows(case: Dossier) -> Iterator[tuple[Facility | None, Curve]]:
    """The running flows of the case's plants, and utility series that belong to no plant."""
    listed: set[str] = set()
    for plant in facilities_of_case(case):
        for name in RUNNING:
            curve = flow_of(case, plant, name)
            if curve and curve.step <= MINUTES_A_DAY:
                listed.add(curve.series.id)
                yield plant, curve
    for curve in curves_of_case(case, ("utility",)):
        if curve.series.id not in listed and curve.step <= MINUTES_A_DAY:
            yield facility_of(case, curve.series), curve


# Dips at visits -------------------------------------------------------------------------------------------------------------------------


def _at_visits(case: Dossier, plant: Facility | None, curve: Curve) -> Iterator[tuple[Daily, tuple[Dip, ...], int]]:
    seen = [(visit, span) for visit in case.visits if _concerns(case, visit, plant, curve) and (span := _span(visit))]
    if len(seen) < FEWEST_VISITS:
        return
    stops = stops_of(case, plant, curve.series)
    seen = _unexplained(seen, stops)
    daily = _daily(case, curve, tuple(span for _, span in seen), stops)
    if daily is None:
        return
    looked, dips = 0, []
    for visit, span in seen:
        depth = _depth(daily, span)
        looked += depth is not None
        if depth is not None and depth >= max(DIP, TIMES_SCATTER * _scatter(daily, span)) and _returned(daily, span, depth):
            dips.append(Dip(visit, depth, *span))
    if len(dips) < FEWEST_VISITS or len(dips) < SHARE_OF_VISITS * looked:
        return
    others = _other_dips(daily, seen, _mean_depth(dips))
    if others <= OTHERS_PER_VISIT * len(dips):
        yield daily, tuple(dips), others


def _concerns(case: Dossier, visit: Visit, plant: Facility | None, curve: Curve) -> bool:
    """A visit to the plant's firm, to its place or one that holds it, or one that names neither."""
    if visit.firms:
        return plant is not None and plant.org in visit.firms
    if not visit.places:
        return True
    place_id = curve.series.place or (plant.place if plant else None)
    chain: list[str] = []
    while (place := case.find(Place, place_id)) and place.id not in chain:
        chain.append(place.id)
        place_id = place.parent
    return not chain or bool(set(chain) & set(visit.places))


def _span(visit: Visit) -> tuple[date, date] | None:
    start, end = parse_when(visit.start), parse_when(visit.end)
    if start is None or end is None or end.last < start.first:
        return None
    return start.first, min(end.last, start.first + timedelta(days=LONGEST_LOOK_DAYS - 1))


def _unexplained(seen: list[tuple[Visit, tuple[date, date]]], stops: Spans) -> list[tuple[Visit, tuple[date, date]]]:
    """Visits that no declared stop covers. One stop may happen to meet a visit; stops that are declared at visits and hardly elsewhere are no
    explanation."""
    covered = [row for row in seen if any(first <= row[1][1] and row[1][0] <= last for first, last in stops)]
    elsewhere = [stop for stop in stops if not any(stop[0] <= span[1] and span[0] <= stop[1] for _, span in seen)]
    if len(covered) <= 1 or len(elsewhere) >= len(covered):
        return [row for row in seen if row not in covered]
    return seen


def _daily(case: Dossier, curve: Curve, visits: Spans, stops: Spans) -> Daily | None:
    """Daily means without holidays and declared stops outside visits, each day divided by what is usual on its day of the week."""
    known = curve.known()
    if len(known) == 0:
        return None
    days, inverse = np.unique(known.days(), return_inverse=True)
    means = np.bincount(inverse, weights=known.values) / np.bincount(inverse)
    at_visit = _within(days, visits)
    keep = ~_holidays(case, days) & (~_within(days, stops) | at_visit)
    days, means, at_visit = days[keep], means[keep], at_visit[keep]
    if len(days) < 2 * AROUND_DAYS:
        return None
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday: 0 = Monday
    middle = float(np.median(means[~at_visit])) if (~at_visit).any() else 0.0
    if middle <= 0:
        return None
    usual = np.array(
        [float(np.median(means[(weekday == day) & ~at_visit])) if ((weekday == day) & ~at_visit).any() else middle for day in range(7)]
    )
    open_days = usual[weekday] >= 0.3 * middle  # a weekly day off says nothing
    days, means, weekday, at_visit = days[open_days], means[open_days], weekday[open_days], at_visit[open_days]
    values = means / usual[weekday] * middle
    return Daily(known, days, values, np.where(at_visit, np.nan, values))


def _within(days: Minutes, spans: Spans) -> Flags:
    found = np.zeros(len(days), dtype=bool)
    for first, last in spans:
        found |= (days >= _day(first)) & (days <= _day(last))
    return found


def _holidays(case: Dossier, days: Minutes) -> Flags:
    """Days off that are no weekend, and the weekends that hang on them; none in years whose calendar is not announced."""
    calendar = calendar_of(case)
    found = np.zeros(len(days), dtype=bool)
    for index, day in enumerate(days.tolist()):
        on = moment_of(day * MINUTES_A_DAY).date()
        try:
            near = any(
                not calendar.is_workday(one) and one.weekday() < 5 for one in days_between(on - timedelta(days=2), on + timedelta(days=2))
            )
            found[index] = near and not calendar.is_workday(on)
        except CalendarUnknown:
            continue
    return found


def _day(day: date) -> int:
    return minute_of(day) // MINUTES_A_DAY


def _around(daily: Daily, span: tuple[date, date]) -> Floats:
    """Values of the days around a visit that belong to none."""
    near = (daily.days >= _day(span[0]) - AROUND_DAYS) & (daily.days <= _day(span[1]) + AROUND_DAYS)
    values = daily.level[near]
    return values[np.isfinite(values)]


def _depth(daily: Daily, span: tuple[date, date]) -> float | None:
    inside = daily.values[(daily.days >= _day(span[0])) & (daily.days <= _day(span[1]))]
    around = _around(daily, span)
    if len(inside) == 0 or len(around) < AROUND_DAYS // 2:
        return None
    base = float(np.median(around))
    return 1 - float(np.median(inside)) / base if base > 0 else None


def _scatter(daily: Daily, span: tuple[date, date]) -> float:
    """Usual scatter of the median of as many days as the visit has, as a share of the level."""
    around = _around(daily, span)
    base = float(np.median(around))
    days = max(1, (span[1] - span[0]).days + 1)
    # 1.4826: from the median absolute deviation to a standard deviation of a normal distribution
    return 1.4826 * float(np.median(np.abs(around - base))) / base / float(np.sqrt(min(days, 4))) if base > 0 else 1.0


def _returned(daily: Daily, span: tuple[date, date], depth: float) -> bool:
    base = float(np.median(_around(daily, span)))
    after = daily.level[(daily.days > _day(span[1])) & (daily.days <= _day(span[1]) + RETURN_DAYS)]
    after = after[np.isfinite(after)]
    return len(after) > 0 and float(np.median(after)) >= base * (1 - depth * (1 - RETURNS))


def _other_dips(daily: Daily, seen: list[tuple[Visit, tuple[date, date]]], depth: float) -> int:
    """Stretches outside visits (their fringes of a day left out) that lie nearly as deep, of as many days as the shortest visit, at most two."""
    fringe = tuple((first - timedelta(days=1), last + timedelta(days=1)) for _, (first, last) in seen)
    outside = np.isfinite(daily.level) & ~_within(daily.days, fringe)
    level = np.array([_rolling(daily, index) for index in range(len(daily.days))])
    low = outside & (daily.values < level * (1 - 0.7 * depth))
    shortest = min(2, min((last - first).days + 1 for _, (first, last) in seen))
    return sum(1 for first, last in stretches(low) if last - first + 1 >= shortest)


def _rolling(daily: Daily, index: int) -> float:
    part = daily.level[max(0, index - AROUND_DAYS) : index + AROUND_DAYS + 1]
    part = part[np.isfinite(part)]
    return float(np.median(part)) if len(part) else 0.0


def _mean_depth(dips: Iterable[Dip]) -> float:
    depths = [dip.depth for dip in dips]
    return sum(depths) / len(depths)


def _visits_finding(case: Dossier, daily: Daily, dips: tuple[Dip, ...], others: int) -> Finding:
    depth = _mean_depth(dips)
    series = daily.curve.series
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (
            *(Where(series.id, since=dip.first.isoformat(), until=dip.last.isoformat()) for dip in dips),
            *(Where(dip.visit.id) for dip in dips),
        ),
        say(
            "{n} 次检查期间{series}平均下降 {depth}%，检查结束后恢复；其余时间同样的下降有 {others} 次。请提供这些日子的生产记录和停产、检修审批。",
            n=len(dips),
            series=series_words(case, series),
            depth=round(100 * depth),
            others=others,
        ),
        say("检查期间的生产应与平时一致"),
        {"visits": len(dips), "dip": round(depth, 2), "other_dips": others},
    )


# A declared stop that kept consuming --------------------------------------------------------------------------------------------------------


def _while_stopped(case: Dossier, plant: Facility) -> Iterator[Finding]:
    stops = sorted((r for r in case.standing_records if r.type == "shutdown" and r.of == plant.id), key=lambda r: r.id)
    for stop in stops:
        span = _stop_days(case, stop)
        if span is None:
            continue
        for name in _telling(plant):
            curve = flow_of(case, plant, name)
            found = _consuming(case, plant, name, curve.known(), span) if curve else None
            if found and curve:
                yield _stop_finding(case, plant, stop, curve, span, *found)
                break


def _telling(plant: Facility) -> tuple[str, ...]:
    """The flow that the base load is given for, where the plant has it; else every flow that shows whether it runs (water may run on by itself)."""
    based = plant.base_load.quantity if plant.base_load else None
    named = tuple(flow.quantity for flow in plant.flows if flow.quantity == based)
    return named or tuple(name for name in RUNNING if name != "inflow")


def _stop_days(case: Dossier, stop: Record) -> tuple[date, date] | None:
    """The whole days of a declared stop: without the one on which it begins and the one on which it ends."""
    span = span_of(stop)
    made = parse_when(case.made_at)
    if span is None:
        return None
    last = made.last if stop.start and not stop.end and made else span[1]
    inner = span[0] + timedelta(days=1), last - timedelta(days=1)
    return inner if (inner[1] - inner[0]).days + 1 >= FEWEST_STOP_DAYS else None


def _consuming(case: Dossier, plant: Facility, name: str, known: Curve, span: tuple[date, date]) -> tuple[float, float, float] | None:
    """(mean during the stop, what it should stay under, share of days above) where too many days lie above; None else."""
    days, inverse = np.unique(known.days(), return_inverse=True)
    if len(days) == 0:
        return None
    means = np.bincount(inverse, weights=known.values) / np.bincount(inverse)
    inside = means[(days >= _day(span[0])) & (days <= _day(span[1]))]
    outside = means[(days < _day(span[0]) - 1) | (days > _day(span[1]) + 1)]
    if len(inside) < FEWEST_STOP_DAYS or len(outside) == 0:
        return None
    usual = float(np.median(outside))
    most = _base(plant, name, known)
    if most is None:
        most = WITHOUT_BASE * usual
    elif most >= usual:
        return None  # the base load given is no base load
    share = float(np.mean(inside > most))
    return (float(np.mean(inside)), most, share) if share >= SHARE_OF_DAYS and float(np.mean(inside)) > most / TIMES_BASE else None


def _base(plant: Facility, name: str, known: Curve) -> float | None:
    """What a stop may consume a day: the base load and half of it again. A plant's base load is power where it names nothing else."""
    base = plant.base_load
    if base is None or base.quantity not in (name, known.series.indicator):
        return None
    try:
        return convert(base.value, base.unit, known.series.unit) * TIMES_BASE
    except ValueError:  # UnitsDiffer, or an empty unit
        return _base_of_meter(base, known)


def _base_of_meter(base: Rated, known: Curve) -> float | None:
    """A meter that prints kWh for each hour or day, beside a base load in kWh/d."""
    if not base.unit.endswith("/d"):
        return None
    try:
        return convert(base.value, base.unit.removesuffix("/d"), known.series.unit) * TIMES_BASE * min(1.0, known.step / MINUTES_A_DAY)
    except ValueError:
        return None


def _stop_finding(
    case: Dossier, plant: Facility, stop: Record, curve: Curve, span: tuple[date, date], mean: float, most: float, share: float
) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(curve.series.id, since=span[0].isoformat(), until=span[1].isoformat()), Where(stop.id)),
        say(
            "{plant}登记 {days} 停产停运，期间{series}平均 {mean} {unit}，{share}% 的日子高于停产时应有的 {most} {unit}。请提供停产期间的用能去向。",
            plant=plant.name,
            days=span_words(*span),
            series=series_words(case, curve.series),
            mean=amount(mean),
            unit=curve.series.unit,
            share=round(100 * share),
            most=amount(most),
        ),
        say("停产期间只应有保底消耗"),
        {"mean": round(mean, 2), "most": round(most, 2), "days_share": round(share, 2)},
    )
