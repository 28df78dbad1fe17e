"""What is said of two reporters' different values for one fact (SOURCE-GAP): of two series, of a record or reports beside a series, of two reports."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.outcomes.curve import Curve
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity
from xiaohao.screening.instruments import dimension_of, series_words
from xiaohao.screening.reported_levels import Reported, Stated

ID = "SOURCE-GAP"


@dataclass(frozen=True, slots=True)
class Gap:
    """The two levels over the compared months, in the unit of the first, and the months."""

    one: float
    other: float
    months: tuple[int, ...]


def is_rate(unit: str) -> bool:
    """Whether values are averaged (mg/L, t/d, %) rather than added up (t, m3, kWh)."""
    return dimension_of(unit) not in ("mass", "volume", "energy")


def of_series(case: Dossier, one: Curve, other: Curve, gap: Gap, tolerance: float) -> Finding:
    unit = one.series.unit if is_rate(one.series.unit) else say("{unit}/月", unit=one.series.unit)
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
        {"a": round(gap.one, 4), "b": round(gap.other, 4), "unit": str(unit), "months": len(gap.months), "tolerance": tolerance},
    )


def of_reports(case: Dossier, curve: Curve, reports: list[Reported], tolerance: float) -> Finding:
    value, level = (float(np.mean([getattr(one, name) for one in reports])) for name in ("value", "level"))
    first = reports[0]
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (*(Where(one.record.id) for one in reports), Where(curve.series.id, since=curve.at(0), until=curve.at(len(curve) - 1))),
        say(
            "{org}在 {count} 份记录中报的{series}平均 {value} {unit}，{org2}同期序列平均 {level} {unit}。请两家核对口径，提供各自的原始记录。",
            org=case.org_name(first.record.org),
            count=len(reports),
            series=series_words(case, curve.series),
            value=amount(value),
            unit=first.unit,
            org2=case.org_name(curve.series.source),
            level=amount(level, value),
        ),
        say("同一事实由两家报送，相差不应超过允许误差"),
        {"a": round(level, 4), "b": round(value, 4), "unit": first.unit, "reports": len(reports), "tolerance": tolerance},
    )


def of_two_reports(case: Dossier, one: Stated, other: Stated, tolerance: float) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(one.record.id), Where(other.record.id)),
        say(
            "{first} 至 {last} {what}，{org}报 {value} {unit}，{org2}报 {value2} {unit}。请两家核对口径，提供各自的原始记录。",
            first=one.days[0],
            last=one.days[1],
            what=one.name,
            org=case.org_name(one.record.org),
            value=amount(one.value),
            unit=one.unit,
            org2=case.org_name(other.record.org),
            value2=amount(other.value, one.value),
        ),
        say("同一事实由两家报送，相差不应超过允许误差"),
        {"a": round(one.value, 4), "b": round(other.value, 4), "unit": one.unit, "tolerance": tolerance},
    )


def of_record(case: Dossier, curve: Curve, record: Record, value: float, mean: float, tolerance: float) -> Finding:
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
        {"a": round(mean, 4), "b": round(value, 4), "unit": curve.series.unit, "tolerance": tolerance},
    )
