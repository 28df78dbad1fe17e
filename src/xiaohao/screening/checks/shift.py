"""污染搬家: as the site improves, a downstream or neighbouring point or nearby complaints worsen against a control.

Innocent explanations looked for first: all points improve; all points rise together (season, drought), which the control and the matching
of the months of the year take out; complaints spread over other towns and subjects. Source: DOSSIER.md, places.downstream_of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.plan import Goal
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import metres_between, position
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.change import Moved, day_before, moved
from xiaohao.outcomes.curve import curve_of, days_later
from xiaohao.outcomes.sources import same_indicator, series_for
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import series_words

ID = "SHIFT"
STAGE = "acceptance, after closure"
NEEDS = ("series.peers", "places.downstream_of", "petitions.lat/lon/received")

#: Share of its level by which the site must have improved, the other point worsened, and worsened more than the control.
IMPROVED = 0.2
WORSENED = 0.25
AGAINST_CONTROL = 0.2

#: Without any control a rise must be this large to be more than a wet or dry year.
WITHOUT_CONTROL = 0.5

#: Complaints: how near the site (metres) and each other they lie, how many are a pattern, how many times as often they come as before, and
#: how many times that of elsewhere.
NEAR_SITE_M = 8_000
ONE_SPOT_M = 2_000
FEWEST_COMPLAINTS = 4
TIMES_BEFORE = 3.0
TIMES_ELSEWHERE = 2.0


@dataclass(frozen=True, slots=True)
class Point:
    """A series and how its level moved."""

    series: Series
    change: Moved


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per goal and worsened point, and one for complaints that gather on one spot near the improved site."""
    task = case.task
    done = parse_when(task.done_at)
    plan = case.plan_in_force(task.id)
    begun = parse_when(plan.date) if plan else None
    if done is None or begun is None:
        yield Skipped(ID, task.id, say("没有登记完工日期或方案日期，无从比较前后"))
        return
    sites = tuple(_sites(case, begun.first, done.last))
    if not sites:
        yield Skipped(ID, task.id, say("没有现场指标的整改前后序列"))
    for goal, site, others in sites:
        worse = 1 if goal.target and goal.target.operator in ("<", "<=") else -1
        if worse * site.change.share <= -IMPROVED:
            yield from _moved_on(case, site, others, worse)
    yield from _complaints(case, begun.first, done.last)


def _sites(case: Dossier, begun: date, done: date) -> Iterator[tuple[Goal, Point, tuple[Point, ...]]]:
    """Each goal with its own series and the other points of the same indicator, where they have readings on both sides."""
    for goal in case.goals_of(case.task.id):
        if goal.target is None:
            continue
        for series in series_for(case, case.task.id, goal.target)[:1]:
            site = _point(case, series, begun, done)
            if site:
                others = [
                    s
                    for s in case.series
                    if s.id != series.id and same_indicator(s.indicator, series.indicator) and _linked(case, series, s)
                ]
                yield goal, site, tuple(point for s in others if (point := _point(case, s, begun, done)))


def _linked(case: Dossier, site: Series, other: Series) -> bool:
    """Peers by either side's own word, places called near, or waters up- or downstream."""
    if other.place == site.place:
        return False
    place = case.find(Place, site.place)
    near = place.near if place else ()
    return other.id in site.peers or site.id in other.peers or other.place in near or _below(case, other, site) or _below(case, site, other)


def _below(case: Dossier, one: Series, other: Series) -> bool:
    """Whether `one` lies downstream of `other`, over any number of points between. A loop is cut."""
    seen: set[str] = set()
    place = case.find(Place, one.place)
    while place and place.downstream_of and place.id not in seen:
        seen.add(place.id)
        if place.downstream_of == other.place:
            return True
        place = case.find(Place, place.downstream_of)
    return False


def _point(case: Dossier, series: Series, begun: date, done: date) -> Point | None:
    curve = curve_of(case, series)
    if curve is None:
        return None
    change = moved(curve, (None, day_before(begun)), (done, None)) or moved(curve, (None, days_later(done, -30)), (done, None))
    return Point(series, change) if change and change.before > 0 else None


def _moved_on(case: Dossier, site: Point, others: tuple[Point, ...], worse: int) -> Iterator[Finding]:
    for point in others:
        below = _below(case, point.series, site.series)
        controls = [p for p in others if p is not point and not _below(case, p.series, site.series)]
        control = sorted(worse * p.change.share for p in controls)[len(controls) // 2] if controls else None
        rise = worse * point.change.share
        if control is None:
            speaks = below and rise >= WITHOUT_CONTROL
        else:
            speaks = rise >= WORSENED and rise - control >= max(AGAINST_CONTROL, rise / 2)
        if speaks:
            yield _finding(case, site, point, controls, control, worse)


def _finding(case: Dossier, site: Point, point: Point, controls: list[Point], control: float | None, worse: int) -> Finding:
    beside = say("，对照点{control}", control=_move(worse * control)) if control is not None and controls else say("，没有对照点")
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(point.series.id), Where(site.series.id)),
        say(
            "{site}整改后{improved}，{point}同期{worsened}{beside}。请查明污染去向，提供沿线排口和转移的记录。",
            site=series_words(case, site.series),
            improved=_move(site.change.share),
            point=series_words(case, point.series),
            worsened=_move(point.change.share),
            beside=beside,
        ),
        say("整改应减少污染，不应移到别处"),
        {
            "site": round(site.change.share, 3),
            "downstream": round(point.change.share, 3),
            "control": None if control is None else round(worse * control, 3),
            "months": min(site.change.months, point.change.months),
        },
    )


def _move(share: float) -> str:
    if abs(share) < 0.005:
        return say("不变")
    return say("上升 {n}%", n=round(100 * share)) if share > 0 else say("下降 {n}%", n=round(-100 * share))


# Complaints -------------------------------------------------------------------------------------------------------------------------


def _complaints(case: Dossier, begun: date, done: date) -> Iterator[Finding]:
    """Complaints of one kind after the works that gather on one spot near the site (not at it), where there were few before and elsewhere."""
    site = next(
        (p for place_id in case.task.places if (place := case.find(Place, place_id)) and (p := position(place.lat, place.lon))), None
    )
    if site is None:
        return
    rows = [
        (p, when.first, spot) for p in case.petitions if not p.merged_into and (when := parse_when(p.received)) and (spot := _spot(case, p))
    ]
    if not rows:
        return
    kinds = sorted({kind for p, _, _ in rows for kind in p.pollution})
    for kind in kinds:
        of_kind = [(p, day, metres_between(site, spot), spot) for p, day, spot in rows if kind in p.pollution]
        near = [row for row in of_kind if row[2] <= NEAR_SITE_M]
        later = [row for row in near if row[1] > done]
        for centre in later:
            cluster = [row for row in later if metres_between(row[3], centre[3]) <= ONE_SPOT_M]
            if len(cluster) < FEWEST_COMPLAINTS or len(cluster) < len(later) / 2:
                continue
            first, last = min(day for _, day, _, _ in of_kind), max(day for _, day, _, _ in of_kind)
            before = [row for row in near if row[1] <= done and metres_between(row[3], centre[3]) <= ONE_SPOT_M]
            rate = _rate(len(cluster), done, last) / max(_rate(len(before), first, done), _rate(1, first, done) / 2)
            away = [row for row in of_kind if metres_between(row[3], centre[3]) > ONE_SPOT_M]
            elsewhere = _rate(sum(1 for row in away if row[1] > done), done, last) / max(
                _rate(sum(1 for row in away if row[1] <= done), first, done), _rate(1, first, done) / 2
            )
            if (done - first).days >= 60 and rate >= max(TIMES_BEFORE, TIMES_ELSEWHERE * elsewhere):
                yield _complaints_finding(case, [p for p, _, _, _ in cluster], len(before), centre[2])
                return


def _spot(case: Dossier, petition: Petition):  # type: ignore[no-untyped-def]
    place = case.find(Place, petition.place)
    return position(petition.lat, petition.lon) or (position(place.lat, place.lon) if place else None)


def _rate(count: int, first: date, last: date) -> float:
    """A year."""
    return count * 365 / max(30, (last - first).days)


def _complaints_finding(case: Dossier, found: list[Petition], before: int, away: float) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(Where(petition.id) for petition in found),
        say(
            "完工后距现场 {km} 公里的一处收到同类投诉 {after} 件，完工前 {before} 件，其他地方没有同样增加。请查明是否与本任务的污染去向有关。",
            km=round(away / 1000, 1),
            after=len(found),
            before=before,
        ),
        say("整改应减少污染，不应移到别处"),
        {"after": len(found), "before": before, "km": round(away / 1000, 1)},
    )
