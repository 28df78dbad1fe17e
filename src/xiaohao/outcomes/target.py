"""Reading a target: is the goal met by what the instruments say, between the day the work was done and the acceptance?

The rule is DOSSIER.md, "How a target is read"; what it leaves open is decided in docs/adr/0004-targets-and-windows.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal, Target
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.kernel.when import When
from xiaohao.outcomes.derived import DERIVED, indicator_words
from xiaohao.outcomes.months import add_months, start_of_last_months
from xiaohao.outcomes.seasons import SEASONS, Season, covered, first_covered
from xiaohao.outcomes.sources import Source, sources_for
from xiaohao.outcomes.windows import MONTHS_IN, WindowValue, expected_in, is_complete, windows_of
from xiaohao.outcomes.words import amount, demand, names_of, total_words, window_words, with_values

#: Relative difference that is float noise of an average, far below any instrument's resolution: a mean equal to its limit meets `<=`.
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the readings say about one goal.

    `met` is None where they say nothing yet; `reason` is one Chinese sentence with the figures; `windows` are all windows seen, those that decide
    marked `counts`; `needed` is how many must meet the target (None: all of them); `earliest` is the first day on which enough time has passed."""

    met: bool | None
    windows: tuple[WindowValue, ...]
    reason: str
    needed: int | None = None
    earliest: date | None = None

    @property
    def failed(self) -> tuple[WindowValue, ...]:
        """The windows that decide and do not meet the target."""
        return tuple(window for window in self.windows if window.counts and window.meets is False)

    @property
    def earlier_failures(self) -> tuple[WindowValue, ...]:
        """Windows before those that decide that did not meet the target: shown, not held against it."""
        return tuple(window for window in self.windows if not window.counts and window.meets is False)


def judge(dossier: Dossier, goal: Goal, *, done_at: When | None, until: When, seasons: Mapping[str, Season] = SEASONS) -> Verdict:
    """The verdict on `goal`, from `done_at` (the work was done) to `until` (the acceptance, or today before it). Both count as their last day."""
    target = goal.target
    if target is None:
        return Verdict(None, (), say("目标没有量化指标，不能用数据判断。"))
    if done_at is None:
        return Verdict(None, (), say("没有登记完工日期，不知道从哪天起算。"))
    first, last = done_at.last, until.last
    sources = sources_for(dossier, task_of(dossier, goal), target, until=last)
    if not sources:
        return Verdict(
            None,
            (),
            say("案卷中没有“{indicator}”的监测数据。", indicator=indicator_words(target.indicator)),
            earliest=_earliest(target, first, seasons),
        )
    verdicts = [_judge_source(source, target, first, last) for source in sources]
    verdict = replace(min(verdicts, key=_severity), windows=tuple(window for each in verdicts for window in each.windows))
    return _with_time(verdict, target, done_at, until, seasons)


def task_of(dossier: Dossier, goal: Goal) -> str:
    """Id of the task whose plan holds the goal; a goal of no plan belongs to `dossier.task`."""
    return next((plan.task for plan in dossier.plans if goal.id in {each.id for each in plan.goals}), None) or dossier.task.id


def meets(target: Target, value: float) -> bool:
    """Whether `value`, in the target's unit, satisfies the target; a value equal to the limit meets `<=`, `>=` and `=`."""
    equal = abs(value - target.value) <= _NOISE * max(abs(value), abs(target.value), 1.0)
    above = value > target.value and not equal
    below = value < target.value and not equal
    return {"<": below, "<=": not above, "=": equal, ">=": not below, ">": above}[target.operator]


def judged_windows(source: Source, target: Target, *, first: date, last: date) -> tuple[WindowValue, ...]:
    """The windows of the source between two days, in the target's unit, complete ones held against the target.
    Raises UnitsDiffer where the source's unit cannot be converted."""
    return tuple(_held_against(target, source, window) for window in windows_of(source, target.window, first=first, last=last))


# One source ---------------------------------------------------------------------------------------------------------------------


def _judge_source(source: Source, target: Target, first: date, last: date) -> Verdict:
    try:
        seen = judged_windows(source, target, first=_beginning(target, source, first), last=last)
    except ValueError:  # UnitsDiffer, or an empty unit
        return Verdict(
            None,
            (),
            say("{source} 的单位是“{given}”，目标的单位是“{wanted}”，不能换算。", source=source.id, given=source.unit, wanted=target.unit),
        )
    needed, counting = _counting(target, source, seen, first, last)
    windows = tuple(replace(window, counts=window in counting) for window in seen)
    counted = tuple(window for window in windows if window.counts)
    failed = tuple(window for window in counted if not window.meets)
    if failed:
        return Verdict(False, windows, _failing(target, failed), needed)
    if not counted or (needed is not None and len(counted) < needed):
        return Verdict(None, windows, _lacking(target, counted, needed), needed)
    return Verdict(True, windows, _meeting(target, counted), needed)


def _counting(
    target: Target, source: Source, seen: tuple[WindowValue, ...], first: date, last: date
) -> tuple[int | None, tuple[WindowValue, ...]]:
    """How many windows must meet the target (None: all), and which windows decide."""
    months = target.min_months or 0
    complete = tuple(window for window in seen if window.complete)
    if target.window in MONTHS_IN:
        needed = ceil(months / MONTHS_IN[target.window]) if months else None
        whole = tuple(window for window in complete if window.whole)
        # 5 月 20 日完工、8 月 20 日验收满 3 个月，其间整月只有两个：不足时，首尾有一半以上数据的月也算
        enough = whole if len(whole) >= (needed or 1) else complete
        return needed, enough[-needed:] if needed else enough
    if target.window == "total" or not months:
        return None, complete
    since = max(first, start_of_last_months(last, months))
    recent = tuple(window for window in complete if window.first >= since)
    return _fewest(target, source, since, last), recent


def _fewest(target: Target, source: Source, since: date, last: date) -> int:
    """How many of the short windows there must be: half of those that the period holds; of a series without rhythm, one in every second month."""
    if source.interval == "event":
        return max(1, ceil((target.min_months or 0) / 2))
    in_series = expected_in(source.interval, since, last)
    in_days = expected_in("hour" if target.window == "hour" else "day", since, last)
    possible = in_series if target.window == "instant" else min(in_series, in_days)
    return next((count for count in range(possible // 2, possible + 1) if is_complete(count, possible)), 1)


def _beginning(target: Target, source: Source, first: date) -> date:
    """A floor on a total (累计植树不少于 5000 株), and a state of the ledger, count from the beginning of the series; all else from the day the
    work was done."""
    counts_up = target.window == "total" and (source.states or target.operator in (">", ">="))
    return min([first, *(reading.at.first for reading in source.readings[:1])]) if counts_up else first


def _held_against(target: Target, source: Source, window: WindowValue) -> WindowValue:
    if window.value is None:
        return window
    value = convert(window.value, source.unit, target.unit)
    return replace(window, value=value, meets=meets(target, value) if window.complete else None)


def _severity(verdict: Verdict) -> int:
    """The worst that speaks: one failing source decides, then one that meets, then one that says nothing."""
    return {False: 0, True: 1, None: 2}[verdict.met]


# Time -----------------------------------------------------------------------------------------------------------------------------


def _with_time(verdict: Verdict, target: Target, done_at: When, until: When, seasons: Mapping[str, Season]) -> Verdict:
    """A verdict that is not a failure is none before the months have passed and the seasons were seen."""
    earliest = _earliest(target, done_at.last, seasons)
    verdict = replace(verdict, earliest=earliest)
    if verdict.met is False:
        return verdict
    passed = done_at.months_until(until)
    if target.min_months and passed < target.min_months:
        reason = say(
            "目标要求保持 {wanted} 个月，完工至今满 {passed} 个月，最早到 {earliest}。",
            wanted=target.min_months,
            passed=max(0, passed),
            earliest=earliest,
        )
        return replace(verdict, met=None, reason=reason)
    unseen = [season for name in target.seasons if (season := seasons.get(name)) and not covered(season, done_at.last, until.last)]
    if unseen:
        words = "、".join(season.words for season in unseen)
        return replace(
            verdict,
            met=None,
            reason=say("目标要求经过{seasons}，完工至今还没有经过，最早到 {earliest}。", seasons=words, earliest=earliest),
        )
    return verdict


def _earliest(target: Target, first: date, seasons: Mapping[str, Season]) -> date | None:
    days = [add_months(first, target.min_months)] if target.min_months else []
    days += [first_covered(season, first) for name in target.seasons if (season := seasons.get(name))]
    return max(days, default=None)


# Sentences ------------------------------------------------------------------------------------------------------------------------


def _failing(target: Target, failed: tuple[WindowValue, ...]) -> str:
    if target.window == "total":
        return say(
            "{words}为 {value} {unit}，未达到“{demand}”的目标。",
            words=total_words(target),
            value=amount(failed[0].value, target.value),
            unit=target.unit,
            demand=demand(target),
        )
    return say(
        "{windows}的{kind}未达到“{demand}”的目标。",
        windows=with_values(failed, target),
        kind=window_words(target.window),
        demand=demand(target),
    )


def _lacking(target: Target, counted: tuple[WindowValue, ...], needed: int | None) -> str:
    kind = window_words(target.window)
    if target.indicator in DERIVED and target.window == "total":
        return say("还没有可以计算{words}的任务。", words=indicator_words(target.indicator))
    if not counted or needed is None:
        return say("完工以后还没有一个数据过半的{kind}。", kind=kind)
    return say("判断目标需要 {needed} 个数据过半的{kind}，现有 {found} 个。", needed=needed, kind=kind, found=len(counted))


def _meeting(target: Target, counted: tuple[WindowValue, ...]) -> str:
    if target.window == "total":
        return say(
            "{words}为 {value} {unit}，达到“{demand}”的目标。",
            words=total_words(target),
            value=amount(counted[0].value),
            unit=target.unit,
            demand=demand(target),
        )
    return say(
        "{windows} 的{kind}（{count} 个）都达到“{demand}”的目标。",
        windows=names_of(counted),
        count=len(counted),
        kind=window_words(target.window),
        demand=demand(target),
    )
