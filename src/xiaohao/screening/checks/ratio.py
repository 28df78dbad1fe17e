"""比值失真: two quantities leave their usual ratio.

Innocent explanations looked for first: seasonal drift inside the band, both quantities rising after the works, single odd samples.
Source: the rulebook's `ratios` (DOSSIER.md); the band is the place's own, nothing is assumed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.rules import RatioRule
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import Flags, Floats, Minutes, np
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.outcomes.curve import Curve
from xiaohao.outcomes.sources import same_indicator
from xiaohao.outcomes.spread import stretches
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import curve_by_id, series_of_case, series_words

ID = "RATIO"
STAGE = "progress"
NEEDS = ("series", "rules.ratios")

#: A ratio counts as outside only past this share of the band's edge: both figures are rounded.
MARGIN = 0.03

#: Pairs of readings needed, share of them outside over the whole time, and months in a row outside where it began later.
FEWEST_PAIRS = 3
MOSTLY = 0.6
MONTHS = 3

#: A shorter time: looks of so many days, so many in a row, and further outside.
LOOK_DAYS = 10
LOOKS = 4
MARGIN_SHORT = 0.08


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per pair of series whose ratio lies outside the band for most of the time, or for three months (or, further outside, forty days) in a row."""
    rules = case.rules.ratios if case.rules else ()
    if not rules:
        yield Skipped(ID, case.task.id, say("案卷没有带本地的比值范围"))
        return
    pairs = tuple(pair for rule in rules for pair in _pairs(case, rule))
    if not pairs:
        yield Skipped(ID, case.task.id, say("案卷中没有可以相比的两个序列"))
    for rule, over, under in pairs:
        yield from _judge(case, rule, over, under)


def _pairs(case: Dossier, rule: RatioRule) -> Iterator[tuple[RatioRule, Curve, Curve]]:
    for over in series_of_case(case):
        for under in series_of_case(case):
            if same_indicator(over.indicator, rule.over) and same_indicator(under.indicator, rule.under) and _beside(over, under):
                one, other = curve_by_id(case, over.id), curve_by_id(case, under.id)
                if one and other:
                    yield rule, one.known(), other.known()


def _beside(one: Series, other: Series) -> bool:
    """At one place or plant; where neither is given, in one hand."""
    if one.place or other.place:
        return one.place == other.place
    return one.facility == other.facility and one.source == other.source


def _judge(case: Dossier, rule: RatioRule, over: Curve, under: Curve) -> Iterator[Finding]:
    paired = _ratios(over, under)
    if paired is None or len(paired[0]) < FEWEST_PAIRS:
        return
    days, ratios = paired
    outside: Flags = (ratios < rule.low * (1 - MARGIN)) | (ratios > rule.high * (1 + MARGIN))
    middle = float(np.median(ratios))
    if np.mean(outside) >= MOSTLY and not rule.low <= middle <= rule.high:
        yield _finding(case, rule, over, under, days, ratios)
        return
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    part = _run_outside(months, ratios, rule, MONTHS, MARGIN)
    if part is None:
        part = _run_outside(days // LOOK_DAYS, ratios, rule, LOOKS, MARGIN_SHORT)
    if part is not None:
        yield _finding(case, rule, over, under, days[part], ratios[part])


def _ratios(over: Curve, under: Curve) -> tuple[Minutes, Floats] | None:
    """(days, ratios of the daily means) of the days, or for monthly series months, on which both have readings; None where units cannot be compared."""
    try:
        factor = convert(1.0, over.series.unit, under.series.unit)
    except ValueError:  # UnitsDiffer, or an empty unit
        factor = 1.0  # kWh per m3 and the like: the rulebook's band knows its own units
    monthly = max(over.step, under.step) > 7 * 24 * 60
    one, other = (_means(curve, monthly) for curve in (over, under))
    shared = sorted(set(one) & set(other))
    usable = [key for key in shared if other[key] > 0]
    if not usable:
        return None
    return np.array([_first_day(key) if monthly else key for key in usable]), np.array([factor * one[key] / other[key] for key in usable])


def _means(curve: Curve, monthly: bool) -> dict[int, float]:
    keys = curve.months() if monthly else curve.days()
    found, inverse = np.unique(keys, return_inverse=True)
    sums, counts = np.bincount(inverse, weights=curve.values), np.bincount(inverse)
    return dict(zip(found.tolist(), (sums / counts).tolist(), strict=True))


def _first_day(month: int) -> int:
    return int(np.datetime64(f"{month // 12:04}-{month % 12 + 1:02}-01", "D").astype(np.int64))


def _run_outside(looks: Minutes, ratios: Floats, rule: RatioRule, fewest: int, margin: float) -> Flags | None:
    """The longest run of at least `fewest` looks in a row whose median lies outside the band by `margin`, all on one side; None where none does."""
    keys = np.unique(looks)
    medians = np.array([np.median(ratios[looks == key]) for key in keys])
    best: tuple[int, int] | None = None
    for outside in (medians < rule.low * (1 - margin), medians > rule.high * (1 + margin)):
        for first, last in stretches(outside):
            if last - first + 1 >= fewest and (best is None or last - first > best[1] - best[0]):
                best = (first, last)
    return None if best is None else (looks >= keys[best[0]]) & (looks <= keys[best[1]])


def _finding(case: Dossier, rule: RatioRule, over: Curve, under: Curve, days: Minutes, ratios: Floats) -> Finding:
    first, last = (str(np.datetime64(int(day), "D")) for day in (days[0], days[-1]))
    middle = round(float(np.median(ratios)), 3)
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(Where(curve.series.id, since=first, until=last) for curve in (over, under)),
        say(
            "{series}{over}与{under}之比为 {ratio}，常见范围 {low} 至 {high}。请提供两项指标的原始记录或请另一家复测。",
            series=say("{first} 至 {last}，", first=first, last=last),
            over=series_words(case, over.series),
            under=series_words(case, under.series),
            ratio=middle,
            low=rule.low,
            high=rule.high,
        ),
        say("两项指标之比有常见范围"),
        {"ratio": middle, "low": rule.low, "high": rule.high, "pairs": len(ratios)},
    )
