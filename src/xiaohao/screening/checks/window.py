"""验收窗口: the acceptance rests on a few days, on fewer months than the goal asks, lacks the season asked for, or falls while dosing still runs.

Innocent explanations looked for first: early emergency dosing that stopped long before; an acceptance exactly at the minimum; another
province's dates of the season; sampling on one day beside a series of months. Source: INSTITUTION.md, acceptance "after a minimum time in
which the result held"; DOSSIER.md, "How a target is read".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal, Target
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.months import add_months
from xiaohao.outcomes.seasons import SEASONS, Season, share_covered
from xiaohao.outcomes.series import readings, speaks
from xiaohao.outcomes.sources import series_for
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import span_of
from xiaohao.screening.words import listed

ID = "WINDOW"
STAGE = "acceptance"
NEEDS = ("goals.target.min_months/seasons", "records(sampling, lab_report, dosing, acceptance)", "series")

#: Days: samples that all lie within half a month say nothing about a goal that is read by months.
FEW_DAYS = 15

#: Share of the months asked for in which a series must have readings to stand beside the samples.
MONTHS_SEEN = 0.5

#: Days before the acceptance in which the water should stand without help: a month, the shortest window that goals are read in.
FREE_OF_DOSING_DAYS = 30

#: More than half of the season must lie between the end of the works and the acceptance ("wholly or mostly", DOSSIER.md).
MOSTLY = 0.5

#: Other spans that places give the same season; a season is missing only when it is missing under each of them (each province announces
#: its own flood season, each city its own heating season: see outcomes.seasons).
OTHER_SPANS = {
    "wet": (
        Season("汛期", (4, 1), (9, 30)),
        Season("汛期", (5, 1), (9, 30)),
        Season("汛期", (6, 1), (8, 31)),
        Season("汛期", (7, 1), (9, 30)),
    ),
    "dry": (Season("枯水期", (10, 1), (3, 31)), Season("枯水期", (11, 1), (4, 30)), Season("枯水期", (12, 1), (2, 28))),
    "heating": (Season("采暖期", (11, 1), (3, 31)), Season("采暖期", (10, 15), (4, 15)), Season("采暖期", (12, 1), (2, 28))),
    "growing": (Season("生长季", (4, 1), (10, 31)), Season("生长季", (4, 1), (9, 30)), Season("生长季", (6, 1), (8, 31))),
}


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding per acceptance: everything that narrows its window in one sentence."""
    task = case.task
    goals = tuple(goal for goal in case.goals_of(task.id) if goal.target is not None)
    acceptance = case.last_record(task.id, "acceptance")
    accepted_at = parse_when(acceptance.date) if acceptance else None
    done_at = parse_when(task.done_at)
    if not goals:
        yield Skipped(ID, task.id, say("没有带数字的整改目标，不知道结果须保持多久"))
    elif acceptance is None or accepted_at is None:
        yield Skipped(ID, task.id, say("还没有验收记录"))
    elif done_at is None:
        yield Skipped(ID, task.id, say("没有登记完工日期，不知道从哪天起算"))
    else:
        yield from _judge(case, goals, acceptance, done_at, accepted_at)


def _judge(case: Dossier, goals: tuple[Goal, ...], acceptance: Record, done_at: When, accepted_at: When) -> Iterator[Finding]:
    said: list[str] = []
    pointers = [Where(acceptance.id)]
    figures: dict[str, object] = {}
    for goal in goals:
        target = goal.target
        if target is None:
            continue
        before = len(said)
        said += _too_soon(case, target, done_at, accepted_at, figures)
        said += _season_missing(target, done_at, accepted_at, figures)
        said += _few_days(case, target, done_at, accepted_at, figures)
        if len(said) > before:
            pointers.append(Where(goal.id))
    dosing = _dosing(case, accepted_at)
    if dosing:
        last = dosing[-1]
        figures["dosing_ended"] = _last_day(last).isoformat()
        said.append(say("投药记录延续到 {day}，距验收 {days} 天", day=_last_day(last), days=(accepted_at.first - _last_day(last)).days))
        pointers += [Where(record.id) for record in dosing[-2:]]
    if said:
        yield Finding(
            ID,
            Severity.WARN,
            case.task.id,
            tuple(dict.fromkeys(pointers)),
            say("{facts}。请等目标要求的时段满足后复测、再验收。", facts="；".join(dict.fromkeys(said))),
            say("验收须在目标要求的时段内、结果稳定之后"),
            figures,
        )


def _too_soon(case: Dossier, target: Target, done_at: When, accepted_at: When, figures: dict[str, object]) -> Iterator[str]:
    """Fewer whole months than asked, under the kindest reading of dates that are given as months."""
    wanted = target.min_months or _general_minimum(case)
    if not wanted:
        return
    done, accepted = done_at.first, accepted_at.last
    if add_months(done, wanted) <= accepted:
        return
    figures |= {"min_months": wanted, "days": (accepted - done).days}
    yield say("要求稳定 {wanted} 个月，验收距完工 {days} 天", wanted=wanted, days=(accepted - done).days)


def _general_minimum(case: Dossier) -> int | None:
    """The place's own minimum; it is a rule for works, whose result must stand for a while."""
    rule = case.rules.acceptance if case.rules else None
    return rule.min_months if rule and case.task.nature == "works" and case.task.kind != "immediate" else None


def _season_missing(target: Target, done_at: When, accepted_at: When, figures: dict[str, object]) -> Iterator[str]:
    missing = [name for name in target.seasons if name in SEASONS and not _seen(name, done_at.first, accepted_at.last)]
    if missing:
        figures["seasons_missing"] = missing
        yield say("目标要求经过{seasons}，完工到验收之间没有经过", seasons=listed([SEASONS[name].words for name in missing]))


def _seen(name: str, first: date, last: date) -> bool:
    return any(share_covered(season, first, last) >= MOSTLY for season in (SEASONS[name], *OTHER_SPANS.get(name, ())))


def _few_days(case: Dossier, target: Target, done_at: When, accepted_at: When, figures: dict[str, object]) -> Iterator[str]:
    """A goal for months that nothing supports but samples of a few days: no series of the indicator that saw the months between."""
    if not target.min_months or _months_seen(case, target, done_at, accepted_at) >= MONTHS_SEEN * target.min_months:
        return
    days = sorted(day for record in case.records_of(case.task.id, "sampling", "lab_report") for day in _days(record))
    if not days or (days[-1] - days[0]).days >= FEW_DAYS:
        return
    span = (days[-1] - days[0]).days + 1
    figures |= {"min_months": target.min_months, "sample_span_days": span}
    yield say("目标要求稳定 {wanted} 个月，采样都在 {span} 天内", wanted=target.min_months, span=span)


def _months_seen(case: Dossier, target: Target, done_at: When, accepted_at: When) -> int:
    """Months between the works and the acceptance in which a series of the indicator has readings that count."""
    months = {
        (reading.at.first.year, reading.at.first.month)
        for series in series_for(case, case.task.id, target)
        for reading in readings(case, series) or ()
        if done_at.first <= reading.at.first <= accepted_at.last and speaks(series, reading)
    }
    return len(months)


def _days(record: Record) -> Iterator[date]:
    """Days on which a sample was taken: of a sampling its times, else its date; of a report the days its results speak of."""
    texts = record.times or (record.date,) if record.type == "sampling" else [result.at for result in record.results if result.at]
    for text in texts:
        if when := parse_when(text):
            yield when.first


def _dosing(case: Dossier, accepted_at: When) -> tuple[Record, ...]:
    """Dosing of the water itself (not the routine dosing inside a plant) that lasts into the month before the acceptance."""
    free_from = accepted_at.first - timedelta(days=FREE_OF_DOSING_DAYS)
    found = (r for r in case.records_of(case.task.id, "dosing") if r.of is None and (span := span_of(r)) and span[0] <= accepted_at.last)
    return tuple(sorted((r for r in found if _last_day(r) > free_from), key=lambda r: (_last_day(r), r.id)))


def _last_day(record: Record) -> date:
    span = span_of(record)
    return span[1] if span else date.min
