"""一点独好: one official point improves or dips at fixed hours, its neighbours do not.

Innocent explanations looked for first: all points move together; works of the plan that name this point as their outcome; a documented
local cause (a stop, a move, an order at the place); a difference that came slowly. Source: DOSSIER.md, series.peers and places.near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import Floats, Minutes, np
from xiaohao.kernel.geo import metres_between, position
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.beside import Beside, beside
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve, days_later, moment_of
from xiaohao.outcomes.sources import same_indicator
from xiaohao.outcomes.spread import resolution_of
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import curve_by_id, curves_of_case, facility_of, records_in_case, series_words, span_of, stops_of

ID = "POINT-GAP"
STAGE = "progress, after closure"
NEEDS = ("series.peers", "places.near")

#: A lasting fall of the point over its neighbours (in logarithms, as all below): at least this, at least this share of it within a month (what
#: comes slowly has causes of its own), and this share left when the sixty days on either side are compared.
FALL = 0.25
AT_ONCE = 0.5
NEAR_FALL = 0.15

#: How clearly it stands out, one of three: the looks before and after stand apart (the fifth from the top after, the fifth from below before)
#: far, or less far, or the fall is so many times the scatter of the looks; and it is so many times what the neighbours did among themselves, the
#: more the less clear it is. Ours, set on the honest Beijing series (UCI 501), where country stations leave the city's by 0.4 with the heating season.
APART_FAR, TIMES_NEIGHBOURS_FAR = 0.3, 1.5
APART, TIMES_NEIGHBOURS = 0.2, 2.5
TIMES_SCATTER, TIMES_NEIGHBOURS_SCATTER = 6.0, 3.0
EDGE_SHARE = 20

#: Where the neighbours themselves move by more than this factor, or the point sinks to so few steps of its instrument, a ratio says nothing: the
#: ozone of a busy street goes to zero in winter, that of a park does not.
MOST_SEASON = 1.9
FLOOR_STEPS = 5

#: Days after the end of the works in which their effect may come.
AFTER_WORKS_DAYS = 90

#: Days on either side of a fall that must be seen, and days of one look.
SIDE_DAYS = 60
LOOK_DAYS = 15

#: A dip at fixed hours: how far below the hours around it (share), on what share of the days, over at most how many hours, over how many days;
#: and how much of it must come and go from one hour to the next: a morning that is calmer than its neighbours' comes and goes slowly.
EDGE = 0.5
DIP = 0.25
ON_DAYS = 0.7
LONGEST_DIP_HOURS = 5
DIP_DAYS = 20

#: Records of these types at the place, this many days around the drop and metres around the point, document a local cause.
LOCAL_CAUSES = ("shutdown", "order", "consent", "maintenance")
CAUSE_DAYS = 60
CAUSE_M = 3_000


@dataclass(frozen=True, slots=True)
class Drop:
    """The point fell by `point` and its neighbours moved by `peers` (shares) on about `day`; `since`: index of the first reading after it."""

    point: float
    peers: float
    day: date
    since: int


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding per series that has neighbours."""
    pairs = tuple(pair for curve in curves_of_case(case, ("auto", "manual")) if (pair := _pair(case, curve)))
    if not pairs:
        yield Skipped(ID, case.task.id, say("案卷中没有邻站可以对照的监测序列"))
    for pair in pairs:
        found = _dip(case, pair) or _drop(case, pair)
        if found:
            yield found


def _pair(case: Dossier, curve: Curve) -> Beside | None:
    peers = tuple(peer for one in _peer_ids(case, curve.series) if (peer := curve_by_id(case, one)))
    return beside(curve.without(stops_of(case, facility_of(case, curve.series), curve.series)), peers) if peers else None


def _peer_ids(case: Dossier, series: Series) -> tuple[str, ...]:
    """The series' own peers, else the series of the same indicator at places called near."""
    if series.peers:
        return series.peers
    place = case.find(Place, series.place)
    near = place.near if place else ()
    return tuple(s.id for s in case.series if s.place in near and same_indicator(s.indicator, series.indicator))


# A lasting drop -------------------------------------------------------------------------------------------------------------------------


def _drop(case: Dossier, pair: Beside) -> Finding | None:
    drop = _sharpest_drop(pair)
    if drop is None or _by_the_works(case, pair.point.series, drop.day) or _local_cause(case, pair.point.series, drop.day):
        return None
    series = pair.point.series
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(series.id, since=_time(pair, drop.since), until=_time(pair, len(pair) - 1)),),
        say(
            "{series}自 {day} 前后变化 {point}%，周边 {n} 点变化 {peers}%。请说明该点位周边采取了什么措施，并核查采样口和站房周围。",
            series=series_words(case, series),
            day=drop.day,
            point=round(100 * drop.point),
            n=len(pair.neighbours),
            peers=round(100 * drop.peers),
        ),
        say("区域改善应在各点位同时出现"),
        {"point": round(drop.point, 3), "peers": round(drop.peers, 3), "since": drop.day.isoformat()},
    )


def _by_the_works(case: Dossier, series: Series, day: date) -> bool:
    """Whether works of the plan name this indicator here as what they improve, and were under way or just done: then the point is meant to
    improve alone. Enforcement and rules work on a whole area."""
    plan, done = case.plan_in_force(case.task.id), parse_when(case.task.done_at)
    begun = parse_when(plan.date) if plan else None
    if (begun and day < begun.first) or (done and day > days_later(done.last, AFTER_WORKS_DAYS)):
        return False
    return any(
        measure.outcome
        and same_indicator(measure.outcome.indicator, series.indicator)
        and measure.outcome.place in (None, series.place)
        and measure.kind in (None, "works")
        for measure in case.measures_of(case.task.id)
    )


def _sharpest_drop(pair: Beside) -> Drop | None:
    """The split of the time at which point over neighbours falls most, if it falls far, at once, and stands out (see the constants)."""
    days = pair.minutes // MINUTES_A_DAY
    levels = _levels(days, pair.logs())
    side = SIDE_DAYS // LOOK_DAYS
    if len(levels) < 2 * side:
        return None
    split = max(range(side, len(levels) - side + 1), key=lambda index: _contrast(levels, index))
    before, after = levels[:split], levels[split:]
    fall = _level(before) - _level(after)
    at_once = _level(before[-side // 2 :]) - _level(after[: side // 2])
    day = after[0][0]
    if fall < FALL or at_once < AT_ONCE * fall or not _stands_out(pair, before, after, fall):
        return None
    later = days >= day
    near = (days >= day - SIDE_DAYS) & ~later, later & (days < day + SIDE_DAYS)
    usual = pair.usual()
    point = float(np.median(pair.values[near[1]]) / np.median(pair.values[near[0]]) - 1)
    peers = float(np.nanmedian(usual[near[1]]) / np.nanmedian(usual[near[0]]) - 1)
    if not (1 + point) <= (1 - NEAR_FALL) * (1 + peers) or not 1 / MOST_SEASON <= 1 + peers <= MOST_SEASON:
        return None
    if float(np.median(pair.values[near[1]])) < FLOOR_STEPS * resolution_of(pair.point):
        return None
    return Drop(point, peers, moment_of(day * MINUTES_A_DAY).date(), int(np.flatnonzero(later)[0]))


def _levels(days: Minutes, logs: Floats) -> list[tuple[int, float]]:
    """(first day, median) of each look that has enough readings."""
    starts = np.arange(int(days[0]), int(days[-1]) + 1, LOOK_DAYS)
    looks = [(int(start), logs[(days >= start) & (days < start + LOOK_DAYS)]) for start in starts]
    return [(start, float(np.nanmedian(part))) for start, part in looks if np.isfinite(part).sum() >= 8]


def _stands_out(pair: Beside, before: list[tuple[int, float]], after: list[tuple[int, float]], fall: float) -> bool:
    apart = float(np.percentile([v for _, v in before], EDGE_SHARE) - np.percentile([v for _, v in after], 100 - EDGE_SHARE))
    among = _among_neighbours(pair, after[0][0])
    if among is None:
        return apart >= APART_FAR
    scatter = max(0.01, float(np.median([abs(value - _level(part)) for part in (before, after) for _, value in part])))
    return (
        (apart >= APART_FAR and fall >= TIMES_NEIGHBOURS_FAR * among)
        or (apart >= APART and fall >= TIMES_NEIGHBOURS * among)
        or (fall >= TIMES_SCATTER * scatter and fall >= TIMES_NEIGHBOURS_SCATTER * among)
    )


def _among_neighbours(pair: Beside, day: int) -> float | None:
    """The most that a neighbour moved against the other neighbours at that day, up or down; None where there are no two of them."""
    days = pair.minutes // MINUTES_A_DAY
    moves = []
    for row in range(len(pair.neighbours)):
        others = np.delete(pair.neighbours, row, axis=0)
        if not len(others):
            return None
        one = Beside(pair.point, pair.minutes, pair.neighbours[row], others)
        levels = _levels(days, one.logs())
        before, after = ([level for level in levels if (level[0] < day) is earlier] for earlier in (True, False))
        if before and after:
            moves.append(abs(_level(before) - _level(after)))
    return max(moves, default=None)


def _contrast(levels: list[tuple[int, float]], index: int) -> float:
    """How much of the scatter of the looks one fall at `index` explains (least squares), negative for a rise."""
    values = np.array([value for _, value in levels])
    weight = np.sqrt(index * (len(values) - index) / len(values))
    return float(weight * (values[:index].mean() - values[index:].mean()))


def _level(levels: list[tuple[int, float]]) -> float:
    return float(np.median([value for _, value in levels]))


def _local_cause(case: Dossier, series: Series, day: date) -> bool:
    place = case.find(Place, series.place)
    spot = position(place.lat, place.lon) if place else None
    for record in records_in_case(case, *LOCAL_CAUSES):
        span = span_of(record)
        if span is None or not span[0] - timedelta(days=CAUSE_DAYS) <= day <= span[1] + timedelta(days=CAUSE_DAYS):
            continue
        there = case.find(Place, record.place)
        where = position(record.lat, record.lon) or (position(there.lat, there.lon) if there else None)
        if record.of == series.id or (series.place and record.place == series.place):
            return True
        if spot and where and metres_between(spot, where) <= CAUSE_M:
            return True
    return False


# Dips at fixed hours --------------------------------------------------------------------------------------------------------------------


def _dip(case: Dossier, pair: Beside) -> Finding | None:
    if pair.point.step != 60:
        return None
    logs = pair.logs()
    days, hours = pair.minutes // MINUTES_A_DAY, (pair.minutes // 60) % 24
    for first, last in _parts(days):
        inside = (days >= first) & (days <= last)
        found = _fixed_hours(logs[inside], days[inside], hours[inside])
        if found:
            hour, length, depth, share = found
            index = np.flatnonzero(inside)
            return _dip_finding(case, pair, hour, length, depth, share, int(index[0]), int(index[-1]))
    return None


def _parts(days: Minutes) -> Iterator[tuple[int, int]]:
    """The whole time, then its halves, quarters and eighths: a dip that began later is thin in the whole."""
    first, last = int(days[0]), int(days[-1])
    for pieces in (1, 2, 4, 8):
        length = (last - first + 1) // pieces
        if length >= DIP_DAYS:
            for piece in range(pieces):
                yield first + piece * length, first + (piece + 1) * length - 1


def _fixed_hours(logs: Floats, days: Minutes, hours: Minutes) -> tuple[int, int, float, float] | None:
    """(first hour, hours, depth, share of days) of the deepest dip against the two hours on either side that comes on most days; None else."""
    every = np.unique(days)
    if len(every) < DIP_DAYS:
        return None
    table = np.full((len(every), 24), np.nan)
    table[np.searchsorted(every, days), hours] = logs
    best: tuple[int, int, float, float] | None = None
    threshold = -float(np.log(1 - DIP))
    usual = np.nanmedian(table, axis=0) if np.isfinite(table).any(axis=0).all() else np.zeros(24)
    for length in range(1, LONGEST_DIP_HOURS + 1):
        for hour in range(24):
            if not _sinks(usual, hour, length, threshold / 2):
                continue
            # a dip over midnight is looked at within one day: rolled so that it stands in the middle of the row
            rolled = np.roll(table, 12 - hour - length // 2, axis=1)
            start = 12 - length // 2
            dip = rolled[:, start : start + length]
            before, after = rolled[:, start - 2 : start], rolled[:, start + length : start + length + 2]
            with np.errstate(invalid="ignore"):
                depth = np.minimum(_row_means(before), _row_means(after)) - _row_means(dip)
            seen = np.isfinite(depth)
            if seen.sum() < DIP_DAYS:
                continue
            share = float(np.mean(depth[seen] >= threshold / 2))
            middle = float(np.median(depth[seen]))
            if middle >= threshold and share >= ON_DAYS and (best is None or middle * length > best[2] * best[1]):
                best = (hour, length, middle, share)
    return best


def _sinks(usual: Floats, hour: int, length: int, depth: float) -> bool:
    """A look at the usual day: whether these hours lie below the hours on either side, and fall and rise from one hour to the next."""
    dip = max(usual[(hour + n) % 24] for n in range(length))
    sides = min((usual[(hour - 2) % 24] + usual[(hour - 1) % 24]) / 2, (usual[(hour + length) % 24] + usual[(hour + length + 1) % 24]) / 2)
    fall, rise = usual[hour - 1] - usual[hour], usual[(hour + length) % 24] - usual[(hour + length - 1) % 24]
    return bool(sides - dip >= depth and min(fall, rise) >= EDGE * (sides - dip))


def _row_means(table: Floats) -> Floats:
    counts = np.isfinite(table).sum(axis=1)
    return np.where(counts > 0, np.nansum(table, axis=1) / np.maximum(counts, 1), np.nan)


def _dip_finding(case: Dossier, pair: Beside, hour: int, length: int, depth: float, share: float, first: int, last: int) -> Finding:
    series = pair.point.series
    below = 1 - float(np.exp(-depth))
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(series.id, since=_time(pair, first), until=_time(pair, last)),),
        say(
            "{series}在 {days}% 的日子里 {start} 时至 {end} 时比前后时段低 {n}% 以上，周边 {peers} 点没有同样的下降。请说明这一时段点位周边的作业，并核查采样口。",
            series=series_words(case, series),
            days=round(100 * share),
            start=hour,
            end=(hour + length) % 24,
            n=round(100 * below),
            peers=len(pair.neighbours),
        ),
        say("环境的日变化应在各点位同时出现"),
        {"point": round(-below, 3), "peers": 0.0, "hours": [hour, (hour + length - 1) % 24], "days_share": round(share, 2)},
    )


def _time(pair: Beside, index: int) -> str:
    return pair.point.at(int(np.searchsorted(pair.point.minutes, pair.minutes[index])))
