"""做了没用: the works are reported done, the outcome they name does not move, or moves the wrong way.

Innocent explanations looked for first: a lag stated in the plan; a season (the same months of the year are compared); an outcome that
already met the goal before the works. Source: INSTITUTION.md, measure 4 ("real environmental improvement"); DOSSIER.md, measures.outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure, Target
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.change import Moved, day_before, moved
from xiaohao.outcomes.curve import Curve, days_later
from xiaohao.outcomes.piles import NARROW_SCALES
from xiaohao.outcomes.sources import same_indicator, series_for
from xiaohao.outcomes.target import meets
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import curve_by_id, series_words
from xiaohao.screening.words import measure_name

ID = "OUTPUT-OUTCOME"
STAGE = "acceptance"
NEEDS = ("measures.outcome", "series")

#: Share of the level before: less movement than this in the promised direction is none. On a narrow scale (decibels, pH, per cent) a small share
#: is much: two decibels of 65 are heard.
NO_MOVEMENT = 0.07
NO_MOVEMENT_NARROW = 0.03

#: An outcome whose goal was met all along need not move; moving the wrong way by this share of the level before is said even then.
WRONG_WAY = 0.1

#: Months on the shorter side of the comparison; fewer are weather.
FEWEST_MONTHS = 3

#: Days after the end of the works from which their effect is looked for.
SETTLING_DAYS = 15

#: A plan that says its effect comes later: 滞后6个月见效, 完工后12个月见效, 三年后成林, 次年起见效, 逐步显现. A year of four digits is a date.
_LAG = re.compile(
    r"滞后|见效期|(?:个月|(?<!\d{4})年|季度|生长季).{0,8}(?:见效|显现|体现|成林|生效|达到设计|恢复)|次年.{0,6}(?:见效|显现|体现)|逐[步年].{0,4}(?:见效|显现|体现)"
)


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per outcome (indicator at a place) that did not move though its measures are reported done."""
    done = parse_when(case.task.done_at)
    plan = case.plan_in_force(case.task.id)
    begun = parse_when(plan.date) if plan else None
    measures = tuple(measure for measure in case.measures_of(case.task.id) if measure.outcome)
    if not measures:
        yield Skipped(ID, case.task.id, say("方案没有写明措施应当带来的结果指标"))
    elif done is None or begun is None:
        yield Skipped(ID, case.task.id, say("没有登记完工日期或方案日期，无从比较前后"))
    else:
        yield from _judge(case, measures, begun.first, done.last)


def _judge(case: Dossier, measures: tuple[Measure, ...], begun: date, done: date) -> Iterator[Finding | Skipped]:
    compared = False
    for group in _by_outcome(measures):
        if _late_by_plan(case, group):
            continue
        for curve in _curves(case, group[0]):
            change = moved(curve, (None, day_before(begun)), (days_later(done, SETTLING_DAYS), None))
            if change is None or change.months < FEWEST_MONTHS or change.before <= 0:
                continue
            compared = True
            wrong = _towards_goal(group[0], change) <= -WRONG_WAY
            if _unmoved(group[0], change, curve) and (wrong or not _met_before(case, group[0], curve, change)):
                yield _finding(case, group, curve, change, done)
                break
    if not compared:
        yield Skipped(ID, case.task.id, say("结果指标没有足够的整改前后数据"))


def _by_outcome(measures: tuple[Measure, ...]) -> Iterator[tuple[Measure, ...]]:
    """Measures that name the same outcome: what they did together is said once."""
    groups: dict[tuple[str, str | None, str], list[Measure]] = {}
    for measure in measures:
        outcome = measure.outcome
        if outcome:
            groups.setdefault((outcome.indicator, outcome.place, outcome.direction), []).append(measure)
    return (tuple(group) for group in groups.values())


def _late_by_plan(case: Dossier, group: tuple[Measure, ...]) -> bool:
    """Whether the plan says that the effect comes later, in a measure, in a goal, or in the note of the change."""
    plan = case.plan_in_force(case.task.id)
    texts = [measure.text for measure in group] + [goal.text for goal in case.goals_of(case.task.id)]
    texts += [plan.change_note] if plan and plan.change_note else []
    return any(_LAG.search(text) for text in texts)


def _curves(case: Dossier, measure: Measure) -> Iterator[Curve]:
    outcome = measure.outcome
    if outcome is None:
        return
    named = Target(indicator=outcome.indicator, place=outcome.place, operator="<=", value=0, unit="", window="month")
    for series in series_for(case, case.task.id, named):
        if curve := curve_by_id(case, series.id):
            yield curve


def _unmoved(measure: Measure, change: Moved, curve: Curve) -> bool:
    narrow = curve.series.unit.startswith(NARROW_SCALES)
    return _towards_goal(measure, change) < (NO_MOVEMENT_NARROW if narrow else NO_MOVEMENT)


def _towards_goal(measure: Measure, change: Moved) -> float:
    """Share by which the level moved in the promised direction; negative the wrong way."""
    down = measure.outcome is not None and measure.outcome.direction == "down"
    return -change.share if down else change.share


def _met_before(case: Dossier, measure: Measure, curve: Curve, change: Moved) -> bool:
    """Whether the goal about this indicator was met before the works and still is: then nothing had to move."""
    outcome = measure.outcome
    for goal in case.goals_of(case.task.id):
        target = goal.target
        if target and outcome and same_indicator(target.indicator, outcome.indicator) and target.place in (None, outcome.place):
            try:
                values = [convert(value, curve.series.unit, target.unit) for value in (change.before, change.after)]
            except ValueError:  # UnitsDiffer, or an empty unit
                continue
            return all(meets(target, value) for value in values)
    return False


def _finding(case: Dossier, group: tuple[Measure, ...], curve: Curve, change: Moved, done: date) -> Finding:
    first = group[0]
    known = curve.known()
    after = np.flatnonzero(known.minutes >= known.between(done, None).minutes[0])
    down = first.outcome is not None and first.outcome.direction == "down"
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (
            *(Where(measure.id) for measure in group[:1]),
            Where(curve.series.id, since=known.at(int(after[0])), until=known.at(len(known) - 1)),
        ),
        say(
            "{measures}报完工，{series}整改前为 {before}，整改后为 {after} {unit}，未见应有的{direction}。请说明原因和措施的实际效果。",
            measures=measure_name(first) if len(group) == 1 else say("{first}等 {n} 条措施", first=measure_name(first), n=len(group)),
            series=series_words(case, curve.series),
            before=amount(change.before),
            after=amount(change.after, change.before),
            unit=curve.series.unit,
            direction=say("下降") if down else say("上升"),
        ),
        say("措施完成后，方案写明的结果指标应随之变化"),
        {"change": round(change.share, 3), "before": round(change.before, 6), "after": round(change.after, 6), "months": change.months},
    )
