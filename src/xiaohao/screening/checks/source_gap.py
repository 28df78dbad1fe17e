"""两套数: two reporters give different values for one fact, beyond tolerance.

Innocent explanations looked for first: small differences of definition (the rulebook's tolerance, and only a gap on the same side most of
the time), different windows (only months that both report are compared), other units. Figures inside sentences are not compared here:
NUM-CLAIM and TARGET read those. Source: DOSSIER.md, series.source and rules.tolerance.source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve
from xiaohao.outcomes.sources import same_indicator
from xiaohao.screening.finding import Finding, Skipped
from xiaohao.screening.gap_findings import ID, Gap, is_rate, of_record, of_reports, of_series, of_two_reports
from xiaohao.screening.instruments import (
    curve_by_id,
    dimension_of,
    facilities_of_case,
    records_in_case,
    series_of_case,
    span_of,
)
from xiaohao.screening.reported_levels import REPORTS, Reported, beside, stated, two_reports

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


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per pair of reporters of one fact."""
    pairs = tuple(_pairs(case))
    told = tuple(_told(case))
    reports = tuple(_reports(case))
    both = tuple(two_reports(case, records_in_case(case, *REPORTS)))
    if not (pairs or told or reports or both):
        yield Skipped(ID, case.task.id, say("案卷中没有两个单位报送的同一指标"))
    for one, other in pairs:
        gap = _gap(one, other, _tolerance(case))
        if gap:
            yield of_series(case, one, other, gap, _tolerance(case))
    for curve, record, value in told:
        yield from _judge_record(case, curve, record, value)
    for curve, own in reports:
        yield from _judge_reports(case, curve, own)
    for first, second in both:
        if _apart(first.value, second.value, _tolerance(case)):
            yield of_two_reports(case, first, second, _tolerance(case))


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
    rate = is_rate(curve.series.unit)
    found: dict[int, float] = {}
    for month in np.unique(months).tolist():
        values = curve.values[months == month]
        share = len(values) * curve.step / (30 * MINUTES_A_DAY)
        if share >= LEAST_OF_MONTH or curve.series.interval == "event":
            mean = float(np.mean(values))
            found[month] = mean if rate else mean * max(1.0, round(30 * MINUTES_A_DAY / curve.step))
    return found


def _told(case: Dossier) -> Iterator[tuple[Curve, Record, float]]:
    """Records of another unit that state the level of a series' own indicator, at its place or plant, in a comparable rate."""
    for series in series_of_case(case):
        if series.kind not in REPORTED or series.source is None or not is_rate(series.unit):
            continue
        for record in records_in_case(case, "site_visit", "enforcement", "look_back", "meeting", "order"):
            if record.org in (None, series.source) or not _about(series, record) or any(stated(record)):
                continue  # for a stretch of days: compared with just these
            for quantity in record.quantities:
                if same_indicator(quantity.name, series.indicator) and dimension_of(quantity.unit) == dimension_of(series.unit) != "":
                    curve = curve_by_id(case, series.id)
                    if curve:
                        yield curve.known(), record, convert(quantity.value, quantity.unit, series.unit)


def _reports(case: Dossier) -> Iterator[tuple[Curve, list[Reported]]]:
    """For each series and each other unit the reports of that unit that state the series' indicator for a stretch of days."""
    figures = [one for record in records_in_case(case, *REPORTS) for one in stated(record)]
    for series in series_of_case(case):
        if series.kind not in REPORTED or series.source is None:
            continue
        own = [one for one in figures if one.record.org not in (None, series.source) and _about(series, one.record)]
        curve = curve_by_id(case, series.id) if own else None
        if curve is None:
            continue
        found = [laid for one in own if (laid := beside(curve.known(), one))]
        for org in sorted({str(one.record.org) for one in found}):
            yield curve.known(), [one for one in found if one.record.org == org]


def _apart(one: float, other: float, tolerance: float) -> int:
    """1 where the first lies past the tolerance above the other, −1 below, 0 near it."""
    edge = tolerance * PAST * max(abs(one), abs(other))
    return 0 if abs(one - other) <= edge else 1 if one > other else -1


def _judge_reports(case: Dossier, curve: Curve, reports: list[Reported]) -> Iterator[Finding]:
    """One finding for a unit whose reports mostly lie on the same side of the series."""
    sides = [_apart(one.value, one.level, _tolerance(case)) for one in reports]
    for side in (1, -1):
        if sides.count(side) >= MOSTLY * len(sides):
            yield of_reports(case, curve, [one for one, at in zip(reports, sides, strict=True) if at == side], _tolerance(case))


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
        yield of_record(case, curve, record, value, mean, _tolerance(case))
