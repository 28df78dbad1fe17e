"""After closing the same target is watched: k failing months in any n months in a row are a relapse 反弹.

The system only opens a look-back item; that the task returns is decided by a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal, Target
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When
from xiaohao.outcomes.months import add_months
from xiaohao.outcomes.sources import sources_for
from xiaohao.outcomes.target import judged_windows, task_of
from xiaohao.outcomes.windows import WindowValue
from xiaohao.outcomes.words import demand

#: Where a rulebook names a length of watch and no rule: one failing month of one is enough to look again.
DEFAULT_K = 1
DEFAULT_N = 1


@dataclass(frozen=True, slots=True)
class Watched:
    """What the watch has seen of one goal. `relapsed` is None where there are no readings after closing or the goal cannot be watched;
    `failed` are all failing months (2022-10), `crossing` the first run of months that crossed the rule, `since` the day on which it was crossed."""

    relapsed: bool | None
    failed: tuple[str, ...]
    crossing: tuple[str, ...]
    reason: str
    windows: tuple[WindowValue, ...] = ()
    since: date | None = None


def watch(dossier: Dossier, goal: Goal, *, closed_at: When, until: When, k: int | None, n: int | None) -> Watched:
    """The watch of `goal` from the month after `closed_at` to `until`. A month fails when a complete window of the target in it does not meet it."""
    target = goal.target
    if target is None or target.window == "total":
        return Watched(None, (), (), say("这项目标没有可以逐月观察的指标。"))
    windows = tuple(_windows(dossier, task_of(dossier, goal), target, closed_at.last, until.last))
    if not any(window.complete for window in windows):
        return Watched(None, (), (), say("销号后还没有数据过半的月份。"), windows)
    failed = tuple(sorted({month for window in windows if window.meets is False for month in _months_of(window)}))
    k, n = k or DEFAULT_K, max(n or DEFAULT_N, k or DEFAULT_K)
    run = first_run(failed, k, n)
    names = tuple(f"{month:%Y-%m}" for month in failed)
    if run:
        crossing = tuple(f"{month:%Y-%m}" for month in run)
        reason = say(
            "销号后 {months} 未达到“{demand}”的目标，{n} 个月内有 {k} 个月，达到回头看条件。",
            months="、".join(crossing),
            demand=demand(target),
            n=n,
            k=k,
        )
        return Watched(True, names, crossing, reason, windows, since=_last_day(windows, run))
    reason = (
        say("销号后 {months} 未达到目标，尚未达到“{n} 个月内 {k} 个月”的回头看条件。", months="、".join(names), n=n, k=k)
        if names
        else say("销号后各月都达到“{demand}”的目标。", demand=demand(target))
    )
    return Watched(False, names, (), reason, windows)


def first_run(failed: Sequence[date], k: int, n: int) -> tuple[date, ...]:
    """The first k of the failing months (first days, sorted) that lie within n months in a row; () when there are none."""
    for first, kth in zip(failed, failed[k - 1 :], strict=False):
        if kth < add_months(first, n):
            return tuple(month for month in failed if first <= month <= kth)
    return ()


def _windows(dossier: Dossier, task_id: str, target: Target, closed: date, until: date) -> Iterator[WindowValue]:
    start = add_months(closed.replace(day=1), 1)
    for source in sources_for(dossier, task_id, target, until=until):
        try:
            yield from (w for w in judged_windows(source, target, first=start, last=until) if w.whole)
        except ValueError:  # the units cannot be compared: the acceptance has said so
            continue


def _months_of(window: WindowValue) -> Iterator[date]:
    """First days of the months that the window holds: a failing quarter is three failing months."""
    month = window.first.replace(day=1)
    while month <= window.last:
        yield month
        month = add_months(month, 1)


def _last_day(windows: Sequence[WindowValue], run: Sequence[date]) -> date:
    return max(
        window.last for window in windows if window.meets is False and window.first.replace(day=1) <= run[-1] and window.last >= run[-1]
    )
