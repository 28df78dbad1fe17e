"""贴线: values are piled just under the limit and none above it.

Innocent explanations looked for first: a low level far under the limit; a level that simply lies at the limit; a tail that ends by itself;
coarse readings; the goal of the task itself, which HEAP looks at. Source: DOSSIER.md; the shape is judged by xiaohao.outcomes.piles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.series import Limit
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.curve import Curve
from xiaohao.outcomes.piles import FEWEST_READINGS, Pile, heap_at, pile_at
from xiaohao.outcomes.sources import series_for
from xiaohao.outcomes.spread import resolution_of
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import curves_of_case, series_of_case, series_words

ID = "CEILING"
STAGE = "progress"
NEEDS = ("series.limits",)

UPPER = ("<", "<=")
LOWER = (">", ">=")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per series and limit, over the longest of: the whole series, the time after the works, the time after the last exceedance."""
    curves = tuple(curve for curve in curves_of_case(case, ("auto", "manual", "utility")) if curve.series.limits)
    if not curves:
        given = any(one.limits for one in series_of_case(case))
        yield Skipped(ID, case.task.id, say("带限值的监测序列没有可以读取的数据") if given else say("案卷中没有带限值的监测序列"))
    for curve in curves:
        yield from _judge(case, curve.known())


def _judge(case: Dossier, known: Curve) -> Iterator[Finding]:
    for limit in known.series.limits:
        upper = limit.operator in UPPER
        if not upper and limit.operator not in LOWER:
            continue
        for part in _parts(case, known, limit, upper):
            pile = pile_at(part.values, limit.value, upper)
            if pile and not (_is_the_goal(case, part, limit) and heap_at(part.values, limit.value, upper, resolution_of(part))):
                yield _finding(case, part, limit, upper, pile)
                return


def _parts(case: Dossier, known: Curve, limit: Limit, upper: bool) -> Iterator[Curve]:
    yield known
    done = parse_when(case.task.done_at)
    if done:
        yield known.between(done.last, None)
    beyond = np.flatnonzero(known.values > limit.value if upper else known.values < limit.value)
    if len(beyond) and len(known) - int(beyond[-1]) > FEWEST_READINGS:
        yield known.between(_following(known, int(beyond[-1])), None)


def _is_the_goal(case: Dossier, part: Curve, limit: Limit) -> bool:
    """Whether a goal of the task sets this very limit for the series: its heaps are HEAP's business."""
    for goal in case.goals_of(case.task.id):
        target = goal.target
        if target and part.series.id in {series.id for series in series_for(case, case.task.id, target)}:
            try:
                value = convert(target.value, target.unit, part.series.unit)
            except ValueError:  # UnitsDiffer, or an empty unit
                continue
            if abs(value - limit.value) <= 1e-9 * max(1.0, abs(value)):
                return True
    return False


def _following(known: Curve, index: int) -> date:
    return known.day(min(index + 1, len(known) - 1))


def _finding(case: Dossier, part: Curve, limit: Limit, upper: bool, pile: Pile) -> Finding:
    shape = (
        say(
            "限值 {limit} {unit} 的九成到限值之间有 {near}% 的读数，超过限值的为零",
            limit=amount(limit.value),
            unit=part.series.unit,
            near=round(100 * pile.near),
        )
        if upper
        else say(
            "限值 {limit} {unit} 到其一成以上之间有 {near}% 的读数，低于限值的为零",
            limit=amount(limit.value),
            unit=part.series.unit,
            near=round(100 * pile.near),
        )
    )
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(part.series.id, since=part.at(0), until=part.at(len(part) - 1)),),
        say("{series}{shape}。请提供仪器量程、参数设置和原始数据。", series=series_words(case, part.series), shape=shape),
        say("读数的分布不会在限值处截断"),
        {
            "near": round(pile.near, 3),
            "over": 0,
            "limit": limit.value,
            "readings": len(part),
            "expected_over": round(pile.expected_over, 1),
        },
    )
