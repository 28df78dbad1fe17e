"""未达目标: the measured value at the goal's place, in its unit and window, fails the written goal in the months that count.

Innocent explanations looked for first: a value equal to the limit under <=, one outlying day under a monthly goal, missing days (a window
with less than half of its readings decides nothing). Source: DOSSIER.md, "How a target is read"; the judging is xiaohao.outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal, Target
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.evidence.quantities import quantities_in
from xiaohao.kernel.said import say
from xiaohao.kernel.units import UnitsDiffer, convert
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.sources import same_indicator
from xiaohao.outcomes.target import Verdict, judge, meets
from xiaohao.outcomes.windows import MONTHS_IN
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import quoted

ID = "TARGET"
STAGE = "acceptance"
NEEDS = ("goals.target", "series", "records(type=acceptance).results")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per goal that the readings before the acceptance, or the acceptance's own results, fail."""
    task = case.task
    goals = case.goals_of(task.id)
    if not goals:
        yield Skipped(ID, task.id, say("没有写明整改目标"))
    with_figure = tuple(goal for goal in goals if goal.target is None and case.is_text and quantities_in(goal.text))
    for goal in with_figure:
        yield Skipped(ID, task.id, say("文字材料没有监测数据可以对照目标“{goal}”", goal=quoted(goal.text)))
    bare = tuple(goal for goal in goals if goal.target is None and goal not in with_figure)
    if bare:
        yield Skipped(ID, task.id, _no_figure(bare))
    for goal in goals:
        if goal.target is None:
            continue
        if case.is_text:
            yield Skipped(ID, task.id, say("文字材料没有监测数据可以对照目标“{goal}”", goal=quoted(goal.text)))
        else:
            yield from _judge(case, goal, goal.target)


def _no_figure(goals: tuple[Goal, ...]) -> str:
    """One reason for all goals that have no figure, with the reasons that the plan gives in public."""
    names = "、".join(f"“{quoted(goal.text)}”" for goal in goals)
    reasons = "；".join(dict.fromkeys(goal.no_target_reason for goal in goals if goal.no_target_reason))
    if reasons:
        return say("目标没有可以核对的数字：{goals}。方案说明：{reasons}", goals=names, reasons=reasons)
    return say("目标没有可以核对的数字：{goals}", goals=names)


def _judge(case: Dossier, goal: Goal, target: Target) -> Iterator[Finding | Skipped]:
    acceptance = case.last_record(case.task.id, "acceptance")
    accepted_at = parse_when(acceptance.date) if acceptance else None
    if acceptance is None or accepted_at is None:
        yield Skipped(ID, case.task.id, say("还没有验收记录，目标“{goal}”尚不判断", goal=quoted(goal.text)))
        return
    if case.task.done_at is None:
        yield Skipped(ID, case.task.id, say("没有登记完工日期，不知道从哪天起判断目标"))
        return
    verdict = judge(case, goal, done_at=parse_when(case.task.done_at), until=accepted_at)
    if verdict.met is False:
        yield _finding(case, goal, target, verdict)
        return
    own = tuple(_failing_results(acceptance, target, accepted_at))
    if own:
        yield _results_finding(case, goal, target, acceptance, own)
    elif verdict.met is None:
        yield Skipped(ID, case.task.id, verdict.reason)


def _finding(case: Dossier, goal: Goal, target: Target, verdict: Verdict) -> Finding:
    failed = verdict.failed
    series = tuple(
        Where(
            one,
            since=min(w.first for w in failed if w.source == one).isoformat(),
            until=max(w.last for w in failed if w.source == one).isoformat(),
        )
        if case.find(Series, one)
        else Where(one)
        for one in dict.fromkeys(window.source for window in failed)
    )
    return Finding(
        ID,
        Severity.BLOCK,
        case.task.id,
        (*series, Where(goal.id)),
        say("{reason}请说明原因，达标后再验收。", reason=verdict.reason),
        say("整改目标须在验收前的规定月份内达到"),
        {
            "limit": target.value,
            "operator": target.operator,
            "unit": target.unit,
            "failed": [window.name for window in failed],
            "values": [round(window.value, 4) for window in failed if window.value is not None],
        },
    )


def _failing_results(acceptance: Record, target: Target, accepted_at: When) -> Iterator[tuple[float, str]]:
    """(value in the target's unit, as measured) of the acceptance's results that fail the target and speak for a whole window of it."""
    for result in acceptance.results:
        at = parse_when(result.at) or accepted_at
        whole_window = target.window not in (*MONTHS_IN, "total") or not at.is_a_day
        if whole_window and same_indicator(result.indicator, target.indicator) and result.place in (None, target.place):
            try:
                value = convert(result.value, result.unit, target.unit)
            except UnitsDiffer:
                continue
            if not meets(target, value):
                yield value, f"{result.value:g} {result.unit}"


def _results_finding(case: Dossier, goal: Goal, target: Target, acceptance: Record, own: tuple[tuple[float, str], ...]) -> Finding:
    return Finding(
        ID,
        Severity.BLOCK,
        case.task.id,
        (Where(acceptance.id), Where(goal.id)),
        say(
            "验收记录的{indicator}为 {values}，未达到目标“{goal}”。请复测后再验收。",
            indicator=target.indicator,
            values="、".join(w for _, w in own),
            goal=quoted(goal.text),
        ),
        say("整改目标须在验收时达到"),
        {"limit": target.value, "operator": target.operator, "unit": target.unit, "values": [value for value, _ in own]},
    )
