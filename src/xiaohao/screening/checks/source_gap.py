"""两套数: two reporters give different values for one fact, beyond tolerance.

Innocent explanations looked for first: small differences of definition (the rulebook's tolerance, and only a gap on the same side most of
the time), different windows (only months that both report are compared), other units. Figures inside sentences are not compared here:
NUM-CLAIM and TARGET read those. Source: DOSSIER.md, series.source and rules.tolerance.source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve
from xiaohao.outcomes.sources import same_indicator
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import (
    curve_by_id,
    dimension_of,
    facilities_of_case,
    records_in_case,
    series_of_case,
    series_words,
    span_of,
)

ID = "SOURCE-GAP"
STAGE = "application"
NEEDS = ("series.indicator/place/source", "records.quantities", "statements", "rules.tolerance.source")

#: Relative difference of two reports that is one of definition, where the rulebook does not say; and how far past the tolerance one speaks.
DEFAULT_TOLERANCE = 0.1
PAST = 1.2

#: Share of the months compared that must lie apart on the same side.
MOSTLY = 0.75

#: Share of a month that a series must cover for its month to be compared.
LEAST_OF_MONTH = 0.5

#: Kinds whose values somebody reports; satellite and weather are models and context.
REPORTED = frozenset({"auto", "manual", "lab", "utility", "register"})


@dataclass(frozen=True, slots=True)
class Gap:
    """The two levels over the compared months, in the unit of the first, and the months."""

    one: float
    other: float
    months: tuple[int, ...]


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per pair of reporters of one fact."""
    pairs = tuple(_pairs(case))
    told = tuple(_told(case))
    if not pairs and not told:
        yield Skipped(ID, case.task.id, say("案卷中没有两个单位报送的同一指标"))
    for one, other in pairs:
        gap = _gap(one, other, _tolerance(case))
        if gap:
            yield _finding(case, one, other, gap)
    for curve, record, value in told:
        yield from _judge_record(case, curve, record, value)


def _tolerance(case: Dossier) -> float:
    own = case.rules.tolerance.source if case.rules and case.rules.tolerance else None
    return DEFAULT_TOLERANCE if own is None else own


def _pairs(case: Dossier) -> Iterator[tuple[Curve, Curve]]:
    series = [s for s in series_of_case(case) if s.kind in REPORTED and s.source is not None]
    for one, other in combinations(sorted(series, key=lambda s: s.id), 2):
        if one.source != other.source and _same_fact(case, one, other) and dimension_of(one.unit) == dimension_of(other.unit) != "":
            first, second = curve_by_id(case, one.id), curve_by_id(case, other.id)
            if first and second:
                yield first.known(), second.known()


def _same_fact(case: Dossier, one: Series, other: Series) -> bool:
    if not same_indicator(one.indicator, other.indicator):
        return False
    if one.facility and other.facility:
        return one.facility == other.facility
    if one.place and other.place:
        return one.place == other.place
    return (
        any({one.id, other.id} <= {flow.series for flow in plant.flows} for plant in facilities_of_case(case)) or one.place == other.place
    )


def _gap(one: Curve, other: Curve, tolerance: float) -> Gap | None:
    """The gap over the months that both cover, where it lies past the tolerance on one side most of the time."""
    try:
        factor = convert(1.0, other.series.unit, one.series.unit)
    except ValueError:  # UnitsDiffer, or an empty unit
        return None
    mine, theirs = _by_month(one), _by_month(other)
    shared = tuple(sorted(set(mine) & set(theirs)))
    if not shared:
        return None
    first = np.array([mine[month] for month in shared])
    second = factor * np.array([theirs[month] for month in shared])
    base = np.maximum(np.abs(first), np.abs(second))
    apart = np.where(base > 0, (first - second) / np.where(base > 0, base, 1), 0.0)
    edge = tolerance * PAST
    whole = float(np.median(apart))
    same_side = float(np.mean(apart > tolerance if whole > 0 else apart < -tolerance))
    if abs(whole) <= edge or same_side < MOSTLY:
        return None
    return Gap(float(np.mean(first)), float(np.mean(second)), shared)


def _by_month(curve: Curve) -> dict[int, float]:
    """By month the mean of a rate or concentration, the sum of an amount; months that are not mostly covered left out."""
    months = curve.months()
    rate = _is_rate(curve.series.unit)
    found: dict[int, float] = {}
    for month in np.unique(months).tolist():
        values = curve.values[months == month]
        share = len(values) * curve.step / (30 * MINUTES_A_DAY)
        if share >= LEAST_OF_MONTH or curve.series.interval == "event":
            mean = float(np.mean(values))
            found[month] = mean if rate else mean * max(1.0, round(30 * MINUTES_A_DAY / curve.step))
    return found


def _is_rate(unit: str) -> bool:
    """Whether values are averaged (mg/L, t/d, %) rather than added up (t, m3, kWh)."""
    return dimension_of(unit) not in ("mass", "volume", "energy")


def _told(case: Dossier) -> Iterator[tuple[Curve, Record, float]]:
    """Records of another unit that state the level of a series' own indicator, at its place or plant, in a comparable rate."""
    for series in series_of_case(case):
        if series.kind not in REPORTED or series.source is None or not _is_rate(series.unit):
            continue
        for record in records_in_case(case, "site_visit", "enforcement", "look_back", "meeting", "order"):
            if record.org in (None, series.source) or not _about(series, record):
                continue
            for quantity in record.quantities:
                if same_indicator(quantity.name, series.indicator) and dimension_of(quantity.unit) == dimension_of(series.unit) != "":
                    curve = curve_by_id(case, series.id)
                    if curve:
                        yield curve.known(), record, convert(quantity.value, quantity.unit, series.unit)


def _about(series: Series, record: Record) -> bool:
    if record.of is not None:
        return record.of in (series.id, series.facility)
    return series.place is not None and record.place == series.place


def _judge_record(case: Dossier, curve: Curve, record: Record, value: float) -> Iterator[Finding]:
    """Against the month of the record: no mean of the month and no single reading may come near it."""
    span = span_of(record)
    if span is None:
        return
    around = curve.between(span[0].replace(day=1), span[1])
    if len(around) == 0 or value <= 0:
        return
    mean, edge = float(np.mean(around.values)), _tolerance(case) * PAST
    near = np.abs(around.values - value) <= edge * np.maximum(np.abs(around.values), abs(value))
    if abs(mean - value) > edge * max(abs(mean), abs(value)) and not near.any():
        yield _finding_of_record(case, curve, record, value, mean)


def _finding(case: Dossier, one: Curve, other: Curve, gap: Gap) -> Finding:
    unit = one.series.unit if _is_rate(one.series.unit) else say("{unit}/月", unit=one.series.unit)
    first, last = (f"{month // 12:04}-{month % 12 + 1:02}" for month in (gap.months[0], gap.months[-1]))
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(Where(curve.series.id, since=first, until=last) for curve in (one, other)),
        say(
            "{first} 至 {last} {series}，{org}报 {value} {unit}，{org2}报 {value2} {unit}。请两家核对口径，提供各自的原始记录。",
            first=first,
            last=last,
            series=series_words(case, one.series),
            org=case.org_name(one.series.source),
            value=amount(gap.one),
            unit=unit,
            org2=case.org_name(other.series.source),
            value2=amount(gap.other, gap.one),
        ),
        say("同一事实由两家报送，相差不应超过允许误差"),
        {"a": round(gap.one, 4), "b": round(gap.other, 4), "unit": str(unit), "months": len(gap.months), "tolerance": _tolerance(case)},
    )


def _finding_of_record(case: Dossier, curve: Curve, record: Record, value: float, mean: float) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(record.id), Where(curve.series.id, since=curve.at(0), until=curve.at(len(curve) - 1))),
        say(
            "{day} {org}记录的{series}为 {value} {unit}，同月序列平均 {mean} {unit}。请核对口径，提供各自的原始记录。",
            day=record.date or record.start or "",
            org=case.org_name(record.org),
            series=series_words(case, curve.series),
            value=amount(value),
            unit=curve.series.unit,
            mean=amount(mean, value),
        ),
        say("同一事实由两家报送，相差不应超过允许误差"),
        {"a": round(mean, 4), "b": round(value, 4), "unit": curve.series.unit, "tolerance": _tolerance(case)},
    )
