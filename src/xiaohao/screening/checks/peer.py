"""与邻站脱钩: a series is far calmer than its peers, or uncoupled from load and weather, or jumps at a maintenance visit.

Innocent explanations looked for first: a recorded stop; a coarse instrument; the floor of the instrument; neighbours that do not move
together themselves, and so say nothing. Source: DOSSIER.md, series.peers; the comparison is xiaohao.outcomes.beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Facility
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import Minutes, np
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.beside import Beside, beside, coarse, correlation, liveliness
from xiaohao.outcomes.change import step_between
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve, minute_of
from xiaohao.outcomes.flatness import still_stretches
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import (
    curve_by_id,
    curves_of_case,
    facility_of,
    flow_of,
    records_in_case,
    series_words,
    span_of,
    stops_of,
)

ID = "PEER"
STAGE = "progress"
NEEDS = ("series.peers", "facilities.flows")

#: Days of one look: a month of daily, ten days of hourly readings; a pattern is two looks in a row.
LOOK_DAYS = {"day": 30, "hour": 10}
LOOKS = 2

#: Calm: the point varies by at most this share of what its neighbours vary by, and they vary by at least this share of their level.
CALM = 0.2
NEIGHBOURS_VARY = 0.05

#: Uncoupled: mean rank correlation with the neighbours over this many looks in a row at most this, where they agree among themselves at least
#: that much.
UNCOUPLED = 0.15
NEIGHBOURS_AGREE = 0.5
UNCOUPLED_LOOKS = 4

#: A plant's own load that varies as much, and an outlet that varies by less than this share of it.
CALM_BESIDE_LOAD = 0.06
LOAD_VARIES = 0.1

#: A jump at a repair: relative step of the level over the days before and after, where the neighbours' step is at most a third of it.
JUMP = 0.4
JUMP_DAYS = 14
NEIGHBOURS_STAY = 0.15

#: Days around the end of the works in which a fall of the level is what they were for.
WORKS_DAYS = 30


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a point beside its neighbours: `calm` = its variation over theirs, `together` = its rank correlation with them, `agree` = theirs
    among themselves (None: one neighbour only)."""

    first: int
    last: int
    calm: float
    together: float
    agree: float | None
    vary: float
    fine: bool


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding per series."""
    judged = False
    for curve in curves_of_case(case, ("auto", "manual")):
        peers = tuple(peer for one in curve.series.peers if (peer := curve_by_id(case, one)))
        plant = facility_of(case, curve.series)
        pair = beside(_moving(curve.without(stops_of(case, plant, curve.series))), peers) if peers else None
        load = _load(case, plant, curve)
        judged = judged or pair is not None or load is not None
        found = (
            (_beside_peers(case, pair) if pair else None)
            or (_at_repair(case, pair, plant) if pair else None)
            or _beside_load(case, curve, load)
        )
        if found:
            yield found
    if not judged:
        yield Skipped(ID, case.task.id, say("案卷中没有邻站或负荷可以对照的监测序列"))


def _moving(curve: Curve) -> Curve:
    """The known readings without stretches that stand still: FLAT says those."""
    known = curve.known()
    keep = np.ones(len(known), dtype=bool)
    for still in still_stretches(known):
        keep[still.first : still.last + 1] = False
    return known.only(keep)


# Beside the neighbours ----------------------------------------------------------------------------------------------------------------


def _looks(pair: Beside) -> Iterator[Look]:
    length = LOOK_DAYS.get(pair.point.series.interval)
    if length is None:
        return
    days = pair.minutes // MINUTES_A_DAY
    for start in range(int(days[0]), int(days[-1]) + 1, length):
        first, end = (int(place) for place in np.searchsorted(days, (start, start + length)))
        if (end - first) * pair.point.step < length * MINUTES_A_DAY / 2:
            continue
        part = pair.part(first, end)
        rows = [row for row in part.neighbours if np.isfinite(row).sum() >= len(part) / 2]
        if not rows:
            continue
        vary = float(np.median([liveliness(row) for row in rows]))
        agree = [correlation(one, other) for one, other in combinations(rows, 2)]
        yield Look(
            first=first,
            last=end - 1,
            calm=liveliness(part.values) / vary if vary else 1.0,
            together=correlation(part.values, part.usual()),
            agree=float(np.median(agree)) if agree else None,
            vary=vary,
            fine=not coarse(pair.point, part.values) and not _at_floor(pair.point, part),
        )


def _at_floor(point: Curve, part: Beside) -> bool:
    limit = point.series.detection_limit
    return limit is not None and float(np.median(part.values)) <= 2 * limit


def _beside_peers(case: Dossier, pair: Beside) -> Finding | None:
    looks = tuple(_looks(pair))
    calm = [look.fine and look.calm <= CALM and look.vary >= NEIGHBOURS_VARY for look in looks]
    run = _longest(calm, LOOKS) or _longest(_apart(looks), UNCOUPLED_LOOKS)
    if run is None:
        return None
    part = looks[run[0] : run[1] + 1]
    return _peer_finding(case, pair, part)


def _apart(looks: tuple[Look, ...]) -> list[bool]:
    """Which looks belong to UNCOUPLED_LOOKS in a row over which the point goes its own way while its neighbours go together."""
    flags = [False] * len(looks)
    for start in range(len(looks) - UNCOUPLED_LOOKS + 1):
        part = looks[start : start + UNCOUPLED_LOOKS]
        agree = [look.agree for look in part if look.agree is not None and look.fine]
        if len(agree) == len(part) and np.mean(agree) >= NEIGHBOURS_AGREE and np.mean([look.together for look in part]) <= UNCOUPLED:
            flags[start : start + UNCOUPLED_LOOKS] = [True] * UNCOUPLED_LOOKS
    return flags


def _longest(flags: list[bool], fewest: int) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    start = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            if index - start >= fewest and (best is None or index - start > best[1] - best[0] + 1):
                best = (start, index - 1)
            start = None
    return best


def _peer_finding(case: Dossier, pair: Beside, looks: tuple[Look, ...]) -> Finding:
    series = pair.point.series
    calm, together = (round(float(np.median([getattr(look, name) for look in looks])), 2) for name in ("calm", "together"))
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(series.id, since=pair.point.at(_place(pair, looks[0].first)), until=pair.point.at(_place(pair, looks[-1].last))),),
        say(
            "{series}的波动为邻站的 {calm}%，与邻站的相关系数 {together}。请提供仪器原始记录、校准和采样口检查记录。",
            series=series_words(case, series),
            calm=round(100 * calm),
            together=together,
        ),
        say("同一区域的同类读数应随天气和水情一同变动"),
        {"mad_ratio": calm, "corr": together, "looks": len(looks)},
    )


def _place(pair: Beside, index: int) -> int:
    """Index in the point's own curve of a shared time."""
    return int(np.searchsorted(pair.point.minutes, pair.minutes[index]))


# At a repair ----------------------------------------------------------------------------------------------------------------------------


def _at_repair(case: Dossier, pair: Beside, plant: Facility | None) -> Finding | None:
    series = pair.point.series
    own = {series.id, *([plant.id] if plant else [])}
    for record in records_in_case(case, "maintenance"):
        span = span_of(record)
        if record.of not in own or span is None:
            continue
        days = pair.minutes // MINUTES_A_DAY
        first, last = (minute_of(day) // MINUTES_A_DAY for day in span)
        before = (days < first) & (days >= first - JUMP_DAYS)
        after = (days > last) & (days <= last + JUMP_DAYS)
        later = (days > last + JUMP_DAYS) & (days <= last + 3 * JUMP_DAYS)
        earlier = (days < first - JUMP_DAYS) & (days >= first - 3 * JUMP_DAYS)
        if min(before.sum(), after.sum(), later.sum(), earlier.sum()) < 8:
            continue
        step = step_between(pair.values[before], pair.values[after])
        lasting = step_between(pair.values[earlier], pair.values[later])
        usual = pair.usual()
        theirs = step_between(usual[before], usual[after])
        if step <= -JUMP and lasting <= -JUMP * 0.8 and abs(theirs) <= NEIGHBOURS_STAY and not _works_done_at(case, span[0]):
            return _jump_finding(case, pair, record, step, theirs, np.flatnonzero(after))
    return None


def _works_done_at(case: Dossier, day: date) -> bool:
    done = parse_when(case.task.done_at)
    return done is not None and abs((done.last - day).days) <= WORKS_DAYS


def _jump_finding(case: Dossier, pair: Beside, record: Record, step: float, theirs: float, after: Minutes) -> Finding:
    series = pair.point.series
    since, until = (pair.point.at(_place(pair, int(index))) for index in (after[0], after[-1]))
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(series.id, since=since, until=until), Where(record.id)),
        say(
            "{series}在检修前后下降 {n}%，邻站变化 {theirs}%。请提供检修内容、参数改动和校准记录。",
            series=series_words(case, series),
            n=round(-100 * step),
            theirs=round(100 * theirs),
        ),
        say("检修不应改变所测的环境"),
        {"step": round(step, 3), "peers": round(theirs, 3)},
    )


# Beside the plant's own load ----------------------------------------------------------------------------------------------------------


def _load(case: Dossier, plant: Facility | None, curve: Curve) -> Curve | None:
    """The flow that drives the plant, where the series is none of its flows."""
    if plant is None or curve.series.id in {flow.series for flow in plant.flows}:
        return None
    return next((flow for name in ("inflow", "raw_material", "product", "steam") if (flow := flow_of(case, plant, name))), None)


def _beside_load(case: Dossier, curve: Curve, load: Curve | None) -> Finding | None:
    pair = beside(curve, (load,)) if load else None
    if pair is None or load is None or coarse(pair.point, pair.values) or _at_floor(pair.point, pair):
        return None
    theirs, own = liveliness(pair.neighbours[0]), liveliness(pair.values)
    if theirs < LOAD_VARIES or own > CALM_BESIDE_LOAD * theirs or len(pair) * pair.point.step < LOOKS * 30 * MINUTES_A_DAY:
        return None
    together = round(correlation(pair.values, pair.neighbours[0]), 2)
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(curve.series.id, since=pair.point.at(0), until=pair.point.at(len(pair.point) - 1)), Where(load.series.id)),
        say(
            "{series}的波动为{load}波动的 {calm}%，相关系数 {together}。请提供仪器原始记录、校准和采样口检查记录。",
            series=series_words(case, curve.series),
            load=series_words(case, load.series),
            calm=round(100 * own / theirs),
            together=together,
        ),
        say("排放读数应随生产负荷变动"),
        {"mad_ratio": round(own / theirs, 3), "corr": together},
    )
