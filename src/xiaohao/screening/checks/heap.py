"""凑线: values heap on the safe side of the goal.

Innocent explanations looked for first: rounding by the method (a band must hold several steps of the resolution); a level that lies about
the goal on both sides, or thins out towards it; a goal met by far. Source: DOSSIER.md; the inflow concentrations of plants that were judged by 100 mg/L.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.curve import Curve
from xiaohao.outcomes.piles import Heap, heap_at
from xiaohao.outcomes.sources import series_for
from xiaohao.outcomes.spread import resolution_of
from xiaohao.outcomes.words import amount, demand
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import INSTRUMENTS, curve_by_id, series_words

ID = "HEAP"
STAGE = "progress"
NEEDS = ("series", "goals.target")

#: Kinds whose readings are single measurements or entries; a satellite index is a model's output.
KINDS = INSTRUMENTS | {"register"}


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per goal and series, over the whole series or the time from the plan or from the end of the works on."""
    goals = tuple(goal for goal in case.goals_of(case.task.id) if goal.target is not None)
    found = tuple(_curves(case, goals))
    if not found:
        yield Skipped(ID, case.task.id, say("没有带数字的目标及其监测序列"))
    for goal, curve in found:
        yield from _judge(case, goal, curve)


def _curves(case: Dossier, goals: tuple[Goal, ...]) -> Iterator[tuple[Goal, Curve]]:
    for goal in goals:
        for series in series_for(case, case.task.id, goal.target) if goal.target else ():
            if series.kind in KINDS and (curve := curve_by_id(case, series.id)):
                yield goal, curve.known()


def _judge(case: Dossier, goal: Goal, known: Curve) -> Iterator[Finding]:
    target = goal.target
    if target is None or target.operator == "=" or target.window == "total":
        return
    try:
        limit = convert(target.value, target.unit, known.series.unit)
    except ValueError:  # UnitsDiffer, or an empty unit
        return
    for since in _beginnings(case):
        part = known.between(since, None)
        heap = heap_at(part.values, limit, target.operator in ("<", "<="), resolution_of(part), part.series.unit)
        if heap:
            yield _finding(case, goal, part, limit, heap)
            return


def _beginnings(case: Dossier) -> Iterator[date | None]:
    yield None
    plan = case.plan_in_force(case.task.id)
    for text in (plan.date if plan else None, case.task.done_at):
        if when := parse_when(text):
            yield when.last


def _finding(case: Dossier, goal: Goal, part: Curve, limit: float, heap: Heap) -> Finding:
    target = goal.target
    assert target is not None
    far = limit * (1 - heap.band if target.operator in ("<", "<=") else 1 + heap.band)
    low, high = sorted((limit, far))
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(part.series.id, since=part.at(0), until=part.at(len(part) - 1)), Where(goal.id)),
        say(
            "{series}有 {share}% 的读数在 {low} 至 {high} {unit} 之间，紧靠“{demand}”的目标。请提供原始记录或请另一家复测。",
            series=series_words(case, part.series),
            share=round(100 * heap.share),
            low=amount(low),
            high=amount(high, low),
            unit=part.series.unit,
            demand=demand(target),
        ),
        say("真实读数不会集中在目标值合格一侧的窄带里"),
        {"share": round(heap.share, 3), "from": round(low, 6), "to": round(high, 6), "readings": len(part)},
    )
