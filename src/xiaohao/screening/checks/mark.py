"""滥用标记: fault marks coincide with exceedances, or have no maintenance record on the day.

Innocent explanations looked for first: random faults with records, regular calibration (its marks are no fault marks while they keep a rhythm or have records), a true fault with
a spike and a record. Source: HJ 212-2017 (data marks) and HJ 355-2019, which ask for a record of every repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import Flags, np
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve
from xiaohao.outcomes.series import STANDARD_MARKS
from xiaohao.outcomes.spread import stretches
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import Spans, curves_of_case, facility_of, series_words, stops_of

ID = "MARK"
STAGE = "progress"
NEEDS = ("series.marks", "records(maintenance).of/start/end")

#: Words of a legend that name planned work on the instrument; such marks are no faults.
PLANNED = ("校准", "校零", "校标", "标定", "质控", "维护", "保养", "停运", "calibrat", "maintenance")

#: Readings over the limit, or episodes of marks, from which one speaks of a pattern.
FEWEST = 5

#: Fault marks without a single repair on record anywhere in the case: from so many episodes on.
FEWEST_WITHOUT_REGISTER = 8

#: Planned work is regular: this share of the times from one such mark to the next lies within this share of the usual one, or within a day.
REGULAR_SHARE = 0.6
REGULAR_WITHIN = 0.15

#: Share of the exceedances that are marked; marked share among the others that would be usual; share of marks without any record.
MARKED_OVER = 0.6
TIMES_USUAL = 5.0
WITHOUT_RECORD = 0.5

#: Readings beside a mark that lie this near the limit (share of it), where the marked values themselves were left out.
BESIDE = 0.85

#: A record of the day after covers a mark as well: a fault at night is repaired in the morning.
SLACK_DAYS = 1


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per series whose fault marks stand where the readings were too high, or stand without repair records."""
    curves = tuple(curve for curve in curves_of_case(case, ("auto", "manual", "utility")) if np.any(curve.marks != ""))
    if not curves:
        yield Skipped(ID, case.task.id, say("案卷中没有带标记的监测序列"))
    for curve in curves:
        yield from _judge(case, curve)


def _judge(case: Dossier, curve: Curve) -> Iterator[Finding]:
    repairs = _repairs(case, curve.series)
    if not _faults(curve, repairs).any():
        return
    for part in _parts(case, curve, repairs):
        fault, recorded = _faults(part, repairs), part.inside(repairs)
        bare = [(first, last) for first, last in stretches(fault) if not recorded[first : last + 1].any()]
        for limit in part.series.limits:
            if limit.operator in ("<", "<="):
                with np.errstate(invalid="ignore"):
                    over = part.values > limit.value
                if _coincide(over, fault, recorded, np.isfinite(part.values)):
                    yield _coinciding(case, part, over, fault, recorded, limit.value)
                    return
                if _beside(part, bare, fault, limit.value):
                    yield _hiding(case, part, bare, limit.value)
                    return
    recorded = curve.inside(repairs)
    episodes = stretches(_said_to_fail(curve))
    bare = [(first, last) for first, last in episodes if not recorded[first : last + 1].any()]
    if len(bare) >= (FEWEST if repairs else FEWEST_WITHOUT_REGISTER) and len(bare) >= WITHOUT_RECORD * len(episodes):
        yield _unrecorded(case, curve, bare, len(episodes))


def _parts(case: Dossier, curve: Curve, repairs: Spans) -> Iterator[Curve]:
    """The whole, the time after the works, and the time from the first mark on: before, what was too high was said as it was."""
    yield curve
    if done := parse_when(case.task.done_at):
        yield curve.between(done.last, None)
    first = int(np.flatnonzero(_faults(curve, repairs))[0])
    yield curve.between(curve.day(first), None)


def _faults(curve: Curve, repairs: Spans) -> Flags:
    """Readings under a mark that says fault, or under one of planned work that comes without rhythm and without a record."""
    found = _said_to_fail(curve)
    recorded = curve.inside(repairs)
    for mark in _marks(curve, planned=True):
        episodes = stretches(curve.marks == mark)
        if not _regular(curve, episodes):
            for first, last in episodes:
                if not recorded[first : last + 1].any():
                    found[first : last + 1] = True
    return found & curve.out


def _said_to_fail(curve: Curve) -> Flags:
    found = np.zeros(len(curve), dtype=bool)
    for mark in _marks(curve, planned=False):
        found |= curve.marks == mark
    return found & curve.out


def _marks(curve: Curve, *, planned: bool) -> tuple[str, ...]:
    """The marks of the series whose meaning is planned work on the instrument, or the others."""
    legend = curve.series.marks or STANDARD_MARKS
    there = sorted(set(curve.marks.tolist()) - {""})
    return tuple(mark for mark in there if any(word in str(legend.get(mark, mark)).lower() for word in PLANNED) is planned)


def _regular(curve: Curve, episodes: list[tuple[int, int]]) -> bool:
    """Whether the episodes come at equal distances; so few that nobody can tell count as regular."""
    if len(episodes) < FEWEST:
        return True
    gaps = np.diff(np.array([int(curve.minutes[first]) for first, _ in episodes]))
    usual = float(np.median(gaps))
    return float(np.mean(np.abs(gaps - usual) <= max(REGULAR_WITHIN * usual, MINUTES_A_DAY))) >= REGULAR_SHARE


def _repairs(case: Dossier, series: Series) -> Spans:
    slack = timedelta(days=SLACK_DAYS)
    spans = stops_of(case, facility_of(case, series), series)
    return tuple((first - slack, last) for first, last in spans if first > date.min + slack)


def _coincide(over: Flags, fault: Flags, recorded: Flags, valued: Flags) -> bool:
    """Most exceedances are marked, the other readings are not, and most of those marks have no record."""
    exceed = int(np.sum(over))
    marked = int(np.sum(over & fault))
    if exceed < FEWEST or marked < MARKED_OVER * exceed:
        return False
    others = valued & ~over
    usual = float(np.mean(fault[others])) if others.any() else 0.0
    bare = int(np.sum(over & fault & ~recorded))
    return marked / exceed >= TIMES_USUAL * usual and bare >= max(FEWEST, WITHOUT_RECORD * marked)


def _beside(curve: Curve, bare: list[tuple[int, int]], fault: Flags, limit: float) -> bool:
    """The marked values are missing, and the readings beside most marks lie close to the limit, as few others do."""
    blank = [(first, last) for first, last in bare if not np.isfinite(curve.values[first : last + 1]).any()]
    free = np.isfinite(curve.values) & ~fault
    if len(blank) < FEWEST or len(blank) < WITHOUT_RECORD * len(bare) or not free.any():
        return False
    high = sum(1 for first, last in blank if _highest_beside(curve, free, first, last) >= BESIDE * limit)
    usual = float(np.mean(curve.values[free] >= BESIDE * limit))
    return high >= max(FEWEST, MARKED_OVER * len(blank)) and high / len(blank) >= TIMES_USUAL * usual


def _highest_beside(curve: Curve, free: Flags, first: int, last: int) -> float:
    beside = [index for index in (first - 1, last + 1) if 0 <= index < len(curve) and free[index]]
    return max((float(curve.values[index]) for index in beside), default=0.0)


def _coinciding(case: Dossier, curve: Curve, over: Flags, fault: Flags, recorded: Flags, limit: float) -> Finding:
    both = np.flatnonzero(over & fault)
    figures: dict[str, object] = {
        "exceed": int(np.sum(over)),
        "marked": len(both),
        "maintenance": int(np.sum(recorded[both])),
        "limit": limit,
    }
    message = say(
        "{series}有 {exceed} 个超标读数，其中 {marked} 个标为故障，有检修记录的 {kept} 个。请提供故障当日的检修单和原始数据。",
        series=series_words(case, curve.series),
        exceed=figures["exceed"],
        marked=figures["marked"],
        kept=figures["maintenance"],
    )
    return _finding(case, curve, int(both[0]), int(both[-1]), message, figures)


def _hiding(case: Dossier, curve: Curve, bare: list[tuple[int, int]], limit: float) -> Finding:
    message = say(
        "{series}有 {n} 段标为故障且没有数值，前后读数多在限值的 {share}% 以上，未见检修记录。请提供检修单和原始数据。",
        series=series_words(case, curve.series),
        n=len(bare),
        share=round(100 * BESIDE),
    )
    return _finding(case, curve, bare[0][0], bare[-1][1], message, {"episodes": len(bare), "maintenance": 0, "limit": limit})


def _unrecorded(case: Dossier, curve: Curve, bare: list[tuple[int, int]], episodes: int) -> Finding:
    message = say(
        "{series}标为故障的 {episodes} 段中有 {n} 段当日未见检修记录。请补充检修单。",
        series=series_words(case, curve.series),
        episodes=episodes,
        n=len(bare),
    )
    return _finding(case, curve, bare[0][0], bare[-1][1], message, {"episodes": episodes, "without_record": len(bare)})


def _finding(case: Dossier, curve: Curve, first: int, last: int, message: str, figures: dict[str, object]) -> Finding:
    where = Where(curve.series.id, since=curve.at(first), until=curve.at(last))
    return Finding(ID, Severity.WARN, case.task.id, (where,), message, say("标记故障须有当日的检修记录"), figures)
