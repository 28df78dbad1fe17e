"""尺寸不足: the length, area, number or place that the acceptance measured falls short of the plan.

Innocent explanations looked for first: inside the tolerance; another unit, same amount; more than planned; stretches measured one by one, on
several days, that add up. Source: the local rulebook's tolerance; without one only a shortfall that no tolerance would cover is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Measured, Record
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import Position, area_m2, length_m, metres_between, metres_to, position, positions
from xiaohao.kernel.said import say
from xiaohao.kernel.units import UnitsDiffer, comparable, convert
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import measure_name

ID = "GEOM"
STAGE = "acceptance"
NEEDS = ("measures.quantity/outline", "records(type=acceptance).measured", "rules.tolerance.length")

#: Without a rule of the place: no rulebook that we know tolerates more.
NO_RULE_TOLERANCE = 0.2
#: A hand-held receiver is right to some ten metres; a corner within so many metres of the planned line or outline lies on it.
ON_THE_LINE_M = 100
#: "Elsewhere": at least this share of the measured corners lies off.
OFF_SHARE = 0.5
#: A planned and a measured single position further apart than this are two sites.
ANOTHER_SITE_M = 1_000
#: A line or outline drawn from few corners is shorter than the thing by so much at most.
DRAWN_SHARE = 0.15

BASIS = say("实测的数量和位置须与方案一致")


@dataclass(frozen=True, slots=True)
class _Short:
    """What falls short: how, in words, and the two figures."""

    words: str
    planned: float
    measured: float
    unit: str


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding per measure, on the amount first, then on the drawn size, then on the place."""
    acceptances = tuple(r for r in case.records_of(case.task.id, "acceptance") if r.passed is not False)
    if not any(record.measured for record in acceptances):
        yield Skipped(ID, case.task.id, say("验收记录没有实测数量"))
        return
    tolerance = case.rules.tolerance.length if case.rules and case.rules.tolerance else None
    for measure in case.measures_of(case.task.id):
        ids = case.versions_of({measure.id})
        rows = [(record, one) for record in acceptances for one in record.measured if one.measure in ids]
        short = (
            next(_shortfalls(measure, [one for _, one in rows], NO_RULE_TOLERANCE if tolerance is None else tolerance), None)
            if rows
            else None
        )
        if short:
            yield _finding(case, measure, tuple(dict.fromkeys(record.id for record, _ in rows)), short, rows[-1][0])


def _shortfalls(measure: Measure, measured: list[Measured], tolerance: float) -> Iterator[_Short]:
    yield from _amount(measure, measured, tolerance)
    yield from _drawn(measure, measured, tolerance)
    yield from _elsewhere(measure, measured)


def _amount(measure: Measure, measured: list[Measured], tolerance: float) -> Iterator[_Short]:
    """All that was measured for it added up: stretches and stages are measured one by one."""
    quantity = measure.quantity
    if quantity is None:
        return
    rows = [one for one in measured if comparable(one.unit, quantity.unit)]
    total = sum(convert(one.value, one.unit, quantity.unit) for one in rows)
    if rows and total < quantity.value * (1 - tolerance):
        words = say(
            "方案{name} {planned:g} {unit}，验收实测 {measured:g} {unit}",
            name=quantity.name,
            planned=quantity.value,
            measured=round(total, 3),
            unit=quantity.unit,
        )
        yield _Short(words, quantity.value, round(total, 3), quantity.unit)


def _drawn(measure: Measure, measured: list[Measured], tolerance: float) -> Iterator[_Short]:
    planned = positions(measure.outline)
    drawn = [positions(one.outline) for one in measured if one.outline]
    if len(planned) < 2 or not drawn:
        return
    is_area = len(planned) > 2 and _is_area(measure)
    before = area_m2(planned) if is_area else length_m(planned)
    after = sum(area_m2(each) if is_area else length_m(each) for each in drawn)
    if after < before * (1 - tolerance - DRAWN_SHARE):
        unit = "m2" if is_area else "m"
        words = say(
            "方案线位或范围为 {planned} {unit}，验收测绘为 {measured} {unit}", planned=round(before), measured=round(after), unit=unit
        )
        yield _Short(words, round(before), round(after), unit)


def _is_area(measure: Measure) -> bool:
    """Whether the outline is that of an area: the amount says so, else the outline's being one."""
    if measure.quantity is None:
        return True
    try:
        convert(1, measure.quantity.unit, "m")
    except UnitsDiffer:
        return True
    return False


def _elsewhere(measure: Measure, measured: list[Measured]) -> Iterator[_Short]:
    planned = positions(measure.outline)
    corners = [corner for one in measured for corner in positions(one.outline)]
    if planned and corners:
        off = [away for corner in corners if (away := metres_to(corner, planned)) > ON_THE_LINE_M]
        missed = [
            corner for corner in planned if metres_to(corner, tuple(corners)) > ON_THE_LINE_M
        ]  # a longer line still holds the planned one
        if len(off) >= OFF_SHARE * len(corners) and len(missed) >= OFF_SHARE * len(planned):
            yield _Short(say("验收测绘的位置离方案位置 {metres} 米", metres=round(max(off))), 0, round(max(off)), "m")
        return
    for one in measured:
        apart = _apart(position(measure.lat, measure.lon), position(one.lat, one.lon))
        if apart > ANOTHER_SITE_M:
            yield _Short(say("验收测量的位置离方案位置 {metres} 米", metres=round(apart)), 0, round(apart), "m")


def _apart(one: Position | None, other: Position | None) -> float:
    return metres_between(one, other) if one and other else 0.0


def _finding(case: Dossier, measure: Measure, records: tuple[str, ...], short: _Short, last: Record) -> Finding:
    return Finding(
        ID,
        Severity.BLOCK,
        case.task.id,
        (Where(measure.id), *(Where(one) for one in records)),
        say("{measure}：{short}。请复测，按实测更正，或补做后再验收。", measure=measure_name(measure), short=short.words),
        BASIS,
        {"planned": short.planned, "measured": short.measured, "unit": short.unit},
    )
