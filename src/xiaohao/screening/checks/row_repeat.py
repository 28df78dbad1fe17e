"""数据照抄: blocks of readings recur, also with changed last digits or at another site; last digits are not spread.

Innocent explanations looked for first: coarse resolution and quiet levels (how often readings agree by chance is learnt from the series
themselves), real cycles with noise, neighbouring points moving together, a stretch that stands still (FLAT says so), rounding to 0 and 5.
Source: DOSSIER.md; the search is xiaohao.outcomes.repeats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve, moment_of
from xiaohao.outcomes.repeats import Copied, Grid, grid_of, repeats_between, repeats_in, uneven_digits
from xiaohao.outcomes.sources import same_indicator
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import INSTRUMENTS, curve_by_id, curves_of_case, dimension_of, series_words

ID = "ROW-REPEAT"
STAGE = "progress, acceptance"
NEEDS = ("series",)


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding per series: a block that recurs in it, else one that stands in another series too, else uneven last digits."""
    grids = tuple(grid for curve in curves_of_case(case) if (grid := grid_of(curve)))
    if not grids:
        yield Skipped(ID, case.task.id, say("案卷中没有逐时或逐日的监测序列"))
    for grid in grids:
        yield from _judge(case, grid)


def _judge(case: Dossier, grid: Grid) -> Iterator[Finding]:
    copied = repeats_in(grid)
    if copied:
        yield _repeated(case, copied)
        return
    for other in _others(case, grid.curve.series):
        there = grid_of(other)
        if there and (copied := repeats_between(grid, there)):
            yield _elsewhere(case, copied)
            return
    uneven = uneven_digits(grid.curve)
    if uneven:
        yield _digits(case, grid.curve, *uneven)


def _others(case: Dossier, series: Series) -> Iterator[Curve]:
    """Series of the same indicator at another place; of each pair only one is asked about, so that it is said once."""
    for other in case.series:
        same = other.kind in INSTRUMENTS and other.interval == series.interval and same_indicator(other.indicator, series.indicator)
        elsewhere = other.place != series.place and other.file != series.file and other.id < series.id
        if same and elsewhere and dimension_of(other.unit) == dimension_of(series.unit) and (curve := curve_by_id(case, other.id)):
            yield curve


def _repeated(case: Dossier, copied: Copied) -> Finding:
    series = copied.one.curve.series
    overlapping = copied.lag <= copied.last - copied.first + 1
    block = copied.lag if overlapping else copied.last - copied.first + 1
    times = (copied.last - copied.first + 1 + copied.lag) // copied.lag if overlapping else 2
    if overlapping:
        whole = _where(copied.one, copied.first, copied.last + copied.lag)
        where: tuple[Where, ...] = (whole,)
        what = say(
            "{first} 至 {last} 每 {block} 个读数重复一遍，共 {times} 遍，{how}",
            first=whole.since,
            last=whole.until,
            block=block,
            times=times,
            how=_how(copied),
        )
    else:
        one, two = _where(copied.one, copied.first, copied.last), _where(copied.one, copied.first + copied.lag, copied.last + copied.lag)
        where = (one, two)
        what = say(
            "{first} 至 {last} 与 {first2} 至 {last2} 的 {count} 个读数{how}",
            first=one.since,
            last=one.until,
            first2=two.since,
            last2=two.until,
            count=copied.count,
            how=_how(copied),
        )
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        where,
        say("{series}{what}。请提供仪器原始记录或原始化验单。", series=series_words(case, series), what=what),
        say("真实读数不会成段重复"),
        {"block": block, "times": times, "readings": copied.count, "changed_digits": copied.tolerance > 0},
    )


def _elsewhere(case: Dossier, copied: Copied) -> Finding:
    one, other = copied.one.curve.series, copied.other.curve.series
    here = _where(copied.one, copied.first, copied.last)
    there = _where(copied.other, copied.first + copied.lag, copied.last + copied.lag)
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (here, there),
        say(
            "{one}与{other}在 {first} 至 {last} 的 {count} 个读数{how}。请提供两处仪器的原始记录。",
            one=series_words(case, one),
            other=series_words(case, other),
            first=here.since,
            last=here.until,
            count=copied.count,
            how=_how(copied),
        ),
        say("两处仪器的读数不会成段相同"),
        {
            "block": copied.last - copied.first + 1,
            "times": 2,
            "readings": copied.count,
            "changed_digits": copied.tolerance > 0,
            "other": other.id,
        },
    )


def _how(copied: Copied) -> str:
    return say("只有末位不同") if copied.tolerance else say("完全相同")


def _digits(case: Dossier, curve: Curve, uneven: float, shares: dict[int, float]) -> Finding:
    most = sorted(shares, key=lambda digit: (-shares[digit], digit))[:2]
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(curve.series.id, since=curve.at(0), until=curve.at(len(curve) - 1)),),
        say(
            "{series}的末位数字分布不均：{one} 和 {two} 占 {share}%（应各约 10%）。请提供仪器原始记录或原始化验单。",
            series=series_words(case, curve.series),
            one=most[0],
            two=most[1],
            share=round(100 * (shares[most[0]] + shares[most[1]])),
        ),
        say("变动范围远大于分辨率的读数，末位数字应大致均匀"),
        {"uneven": round(uneven, 2), "shares": {str(digit): share for digit, share in shares.items()}},
    )


def _where(grid: Grid, first: int, last: int) -> Where:
    return Where(grid.curve.series.id, since=_time(grid, first), until=_time(grid, last))


def _time(grid: Grid, place: int) -> str:
    moment = moment_of(grid.time(place))
    return moment.strftime("%Y-%m-%dT%H:%M") if grid.curve.step < MINUTES_A_DAY else moment.date().isoformat()
