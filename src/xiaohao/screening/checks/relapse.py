"""反弹: after closure the goal fails in k of n months of the watch.

Innocent explanations looked for first: a single failing month where the rule says two of three; season highs that stay under the limit;
storm days, which fail a daily goal now and then and a monthly mean hardly ever; a relapse on which the task was already returned.
Source: INSTITUTION.md, facts 3 and 11; the watching is xiaohao.outcomes.watch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal, Target
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.months import add_months
from xiaohao.outcomes.watch import DEFAULT_K, DEFAULT_N, first_run, watch
from xiaohao.outcomes.windows import MONTHS_IN, WindowValue
from xiaohao.outcomes.words import demand, window_words, with_values
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "RELAPSE"
STAGE = "after closure"
NEEDS = ("goals.target", "series", "tasks.closed_at", "rules.watch")

#: Under a goal for single days or hours a month has failed when more than this share of its days or hours fails: three storm days are
#: weather, four of thirty are a state.
FAILING_SHARE = 0.1


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per goal that fell back under the watch rule of the place."""
    task = case.task
    goals = tuple(goal for goal in case.goals_of(task.id) if goal.target is not None)
    closed_at, rule = _closed_at(case), _rule(case)
    if not goals:
        yield Skipped(ID, task.id, say("没有带数字的整改目标，销号后无从观察"))
    elif closed_at is None:
        yield Skipped(ID, task.id, say("任务还没有销号"))
    elif rule is None:
        yield Skipped(ID, task.id, say("案卷没有带本地的观察规则"))
    else:
        for goal in goals:
            yield from _judge(case, goal, closed_at, *rule)


def _judge(case: Dossier, goal: Goal, closed_at: When, months: int, k: int, n: int) -> Iterator[Finding | Skipped]:
    until = _until(case, closed_at, months)
    seen = watch(case, goal, closed_at=closed_at, until=until, k=k, n=n)
    if seen.relapsed is None:
        yield Skipped(ID, case.task.id, seen.reason)
        return
    failing = _failing_months(seen.windows, goal.target)
    run = first_run(failing, k, n)
    if run and not _returned_since(case, run[0]):
        since_then = tuple(month for month in failing if month >= run[0])
        yield _finding(case, goal, tuple(w for w in seen.windows if w.meets is False and _month(w) >= run[0]), since_then, k, n)


def _failing_months(windows: Iterable[WindowValue], target: Target | None) -> tuple[date, ...]:
    """First days of the months that fail. A month, quarter or year fails as a whole; of shorter windows more than FAILING_SHARE must fail."""
    judged = [window for window in windows if window.meets is not None]
    if target and target.window in MONTHS_IN:
        length = MONTHS_IN[target.window]
        return tuple(sorted({add_months(_month(w), offset) for w in judged if not w.meets for offset in range(length)}))
    all_of, failed = Counter(map(_month, judged)), Counter(_month(w) for w in judged if not w.meets)
    return tuple(sorted(month for month, count in failed.items() if count > all_of[month] * FAILING_SHARE))


def _month(window: WindowValue) -> date:
    return window.first.replace(day=1)


def _closed_at(case: Dossier) -> When | None:
    closure = case.last_record(case.task.id, "closure")
    return parse_when(case.task.closed_at) or parse_when(closure.date if closure else None)


def _rule(case: Dossier) -> tuple[int, int, int] | None:
    """(months of watch, k, n): the task's own watch plan, else the place's rule."""
    rule = case.watch_plan_of(case.task.id) or (case.rules.watch if case.rules else None)
    return (rule.months, rule.k or DEFAULT_K, rule.n or DEFAULT_N) if rule else None


def _until(case: Dossier, closed_at: When, months: int) -> When:
    """The last day to look at: the day of the dossier, not past the watch; a long-term task is watched on."""
    made = When.parse(case.made_at)
    if case.task.kind == "long_term":
        return made
    over = add_months(closed_at.last, months)
    end_of_month = add_months(over.replace(day=1), 1)
    last = min(made.last, end_of_month)
    return When(last, last)


def _returned_since(case: Dossier, month: date) -> bool:
    """Whether somebody has acted on it: the task is open again, or was returned after the first failing month."""
    if case.task.status == "reopened":
        return True
    returns = case.records_of(case.task.id, "return", "look_back")
    return any((at := parse_when(r.date)) and at.first >= month and (r.type == "return" or r.passed is False) for r in returns)


def _finding(case: Dossier, goal: Goal, failed: tuple[WindowValue, ...], months: tuple[date, ...], k: int, n: int) -> Finding:
    target = goal.target
    assert target is not None  # only goals with a target are watched
    shown = tuple(window for window in failed if _month(window) in months)
    series = tuple(
        Where(one, since=f"{min(months):%Y-%m}", until=f"{max(months):%Y-%m}") if case.find(Series, one) else Where(one)
        for one in dict.fromkeys(window.source for window in shown)
    )
    return Finding(
        ID,
        Severity.BLOCK,
        case.task.id,
        (*series, Where(goal.id)),
        say(
            "销号后 {windows} 的{kind}未达到“{demand}”的目标，{n} 个月内有 {k} 个月以上，达到回头看条件。请开展回头看，说明原因。",
            windows=with_values(shown, target),
            kind=window_words(target.window),
            demand=demand(target),
            n=n,
            k=k,
        ),
        say("销号后观察：任意 {n} 个月内 {k} 个月不达标即回头看", n=n, k=k),
        {
            "failed": [f"{month:%Y-%m}" for month in months],
            "rule": f"{k}/{n}",
            "limit": target.value,
            "operator": target.operator,
            "unit": target.unit,
            "values": [round(window.value, 4) for window in shown if window.value is not None],
        },
    )
