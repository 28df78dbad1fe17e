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
from xiaohao.kernel.arrays import Floats, Minutes, np
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

#: Calm: the point varies by at most this share of what its neighbours vary by, over so many looks in a row, and they vary by at least that share
#: of their level. Ours: over eight looks no site of the honest Beijing network (UCI 501) has less than a half, one look has a quarter at times.
CALM = ((0.2, LOOKS), (0.3, 4), (0.35, 8))
NEIGHBOURS_VARY = 0.05
FEW = 4

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

#: Jumps at many repairs: at so many, and at this share of them, the level against the neighbours steps by this much, up or down, in the days
#: beside the repair, and by more than on most days without one (this percentile).
REPAIRS = 3
SHARE_OF_REPAIRS = 0.6
JUMPS = 0.2
JUMPS_DAYS = 7
USUAL_PERCENTILE = 95

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
            or (_at_repairs(case, pair, plant) if pair else None)
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
    runs = (_longest(_calm(looks, most, fewest), fewest) for most, fewest in CALM)
    run = next((run for run in runs if run), None) or _longest(_apart(looks), UNCOUPLED_LOOKS)
    if run is None:
        return None
    part = looks[run[0] : run[1] + 1]
    return _peer_finding(case, pair, part)


def _calm(looks: tuple[Look, ...], most: float, fewest: int) -> list[bool]:
    """Which looks belong to `fewest` in a row that are calm in the middle (all of them, where they are few)."""
    flags = [False] * len(looks)
    for start in range(len(looks) - fewest + 1):
        part = looks[start : start + fewest]
        calm = [look.calm for look in part if look.fine and look.vary >= NEIGHBOURS_VARY]
        if len(calm) == fewest and (np.median(calm) if fewest > FEW else max(calm)) <= most:
            flags[start : start + fewest] = [True] * fewest
    return flags


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


def _at_repairs(case: Dossier, pair: Beside, plant: Facility | None) -> Finding | None:
    """Steps at most of many repairs, up at one and down at the next, which one lasting step does not show."""
    own = {pair.point.series.id, *([plant.id] if plant else [])}
    records = [r for r in records_in_case(case, "maintenance") if r.of in own and span_of(r)]
    days = pair.minutes // MINUTES_A_DAY
    every = np.unique(days)
    logs = pair.logs()
    daily = np.array([np.nanmedian(part) if np.isfinite(part).any() else np.nan for part in (logs[days == day] for day in every)])
    at = {r.id: tuple(minute_of(day) // MINUTES_A_DAY for day in span_of(r) or ()) for r in records}
    steps = [(r, step) for r in records if (step := _log_step(every, daily, *at[r.id])) is not None]
    if len(steps) < REPAIRS:
        return None
    free = [int(day) for day in every if all(day < first - JUMPS_DAYS or day > last + JUMPS_DAYS for first, last in at.values())]
    usual = [abs(step) for day in free if (step := _log_step(every, daily, day, day)) is not None]
    least = max(JUMPS, float(np.percentile(usual, USUAL_PERCENTILE)) if usual else 0.0)
    jumps = [(r, step) for r, step in steps if abs(step) >= least]
    if len(jumps) < max(REPAIRS, SHARE_OF_REPAIRS * len(steps)):
        return None
    series = pair.point.series
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(series.id, since=pair.point.at(0), until=pair.point.at(len(pair.point) - 1)), *(Where(r.id) for r, _ in jumps)),
        say(
            "{series}在 {all} 次检修中有 {n} 次前后突变 {step}% 左右，平日没有这样的变化，邻站也没有。请提供检修内容、参数改动和校准记录。",
            series=series_words(case, series),
            all=len(steps),
            n=len(jumps),
            step=round(100 * float(np.median([abs(np.expm1(step)) for _, step in jumps]))),
        ),
        say("检修不应改变所测的环境"),
        {"repairs": len(steps), "jumps": len(jumps), "usual": round(float(np.median(usual)), 3) if usual else 0.0},
    )


def _log_step(every: Minutes, daily: Floats, first: int, last: int) -> float | None:
    """The step of the level from the days before a repair to the days after it (in logarithms); None where too few are known."""
    before = daily[(every < first) & (every >= first - JUMPS_DAYS)]
    after = daily[(every > last) & (every <= last + JUMPS_DAYS)]
    if min(np.isfinite(before).sum(), np.isfinite(after).sum()) < JUMPS_DAYS // 2:
        return None
    return float(np.nanmedian(after) - np.nanmedian(before))


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
