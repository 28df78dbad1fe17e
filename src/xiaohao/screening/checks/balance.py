"""收支不平: what is made does not equal what is moved, stored and treated, beyond the loss allowed.

Innocent explanations looked for first: stock with a storage record and its later removal, several outlets, the loss that the plant is
allowed and the tolerance of the rulebook, loads that leave shortly after the last reading. Source: DOSSIER.md, facilities.flows/loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Facility
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import dimension_of, facilities_of_case, flow_of, records_in_case, series_words, span_of

ID = "BALANCE"
STAGE = "application"
NEEDS = ("facilities.flows/loss", "records(transfer, storage, weighbridge)", "rules.tolerance.balance")

#: Flows that leave a plant on wheels, by slip; what flows out (leachate, manure) where no inflow stands against it and slips name it.
HAULED = ("sludge", "product", "stock", "outflow")

#: Relative difference that is none, where the rulebook does not say.
DEFAULT_TOLERANCE = 0.15

#: Days of readings a balance needs: a month; over less, what lies in the yard decides.
FEWEST_DAYS = 28

#: Days after the last reading in which its load may still leave.
HAULED_LATER_DAYS = 31


@dataclass(frozen=True, slots=True)
class Moved:
    """Tonnes (or m3) hauled, the slips behind them, and what storage records hold."""

    amount: float
    slips: tuple[Record, ...]
    stored: float


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per plant and flow whose books do not close."""
    pairs = tuple(
        (plant, curve)
        for plant in facilities_of_case(case)
        for flow in HAULED
        if (curve := flow_of(case, plant, flow)) and (flow != "outflow" or _is_hauled_away(case, plant, curve))
    )
    waters = tuple(_waters(case))
    if not pairs and not waters:
        yield Skipped(ID, case.task.id, say("案卷中没有设施的产量、水量或产泥序列"))
    for plant, curve in pairs:
        yield from _judge(case, plant, curve)
    for plant, inflow, outflow in waters:
        yield from _judge_water(case, plant, inflow, outflow)


def _is_hauled_away(case: Dossier, plant: Facility, curve: Curve) -> bool:
    """Whether an outflow goes by slip rather than by pipe: no inflow stands against it, and the slips name what the series counts."""
    slips = (*_slips(case, plant, "transfer"), *_slips(case, plant, "weighbridge"))
    return flow_of(case, plant, "inflow") is None and any(
        quantity.name in curve.series.indicator for slip in slips for quantity in slip.quantities
    )


def _judge(case: Dossier, plant: Facility, curve: Curve) -> Iterator[Finding | Skipped]:
    made = _total(curve)
    if made is None or made <= 0:
        return
    first, last = curve.day(0), curve.day(len(curve) - 1)
    moved = _moved(case, plant, curve, first, last)
    if not moved.slips:
        yield Skipped(ID, case.task.id, say("{plant}的{what}没有转运联单或过磅记录可以对照", plant=plant.name, what=curve.series.indicator))
        return
    slips = [span for slip in moved.slips if (span := span_of(slip))]
    if min(span[0] for span in slips) > first + timedelta(days=FEWEST_DAYS) * 2 and moved.amount < made:
        # the slips begin much later than the readings: compare only the time that both cover
        curve = curve.between(min(span[0] for span in slips).replace(day=1), None)
        made = _total(curve) or 0.0
    allowed = 1 - (1 - (plant.loss or 0.0)) * (1 - _tolerance(case))
    if made * (1 - allowed) > moved.amount + moved.stored or moved.amount > made * (1 + _tolerance(case)) + moved.stored:
        yield _finding(case, plant, curve, made, moved, allowed)


def _total(curve: Curve) -> float | None:
    """Everything in the period, gaps filled with the mean; None for less than a month. A rate (t/d) counts by its days, an amount as it stands."""
    known = curve.known()
    if len(known) == 0:
        return None
    days = (int(curve.minutes[-1]) - int(curve.minutes[0]) + curve.step) / MINUTES_A_DAY
    if days < FEWEST_DAYS:
        return None
    mean = float(np.mean(known.values))
    if "per day" in dimension_of(curve.series.unit):
        return mean * days
    return mean * days * MINUTES_A_DAY / curve.step


def _mass_unit(unit: str) -> str:
    """t of t/d, m3 of m3/d."""
    return unit.partition("/")[0]


def _moved(case: Dossier, plant: Facility, curve: Curve, first: date, last: date) -> Moved:
    unit = _mass_unit(curve.series.unit)
    until = last + timedelta(days=HAULED_LATER_DAYS)
    transfers = [(r, value) for r in _slips(case, plant, "transfer") if (value := _quantity(r, unit)) is not None]
    scales = [(r, value) for r in _slips(case, plant, "weighbridge") if (value := _quantity(r, unit)) is not None]
    inside = [(r, value) for r, value in transfers or scales if (span := span_of(r)) and first <= span[0] <= until]
    after = sum(value for r, value in inside if (span := span_of(r)) and span[0] > last)
    stocks = [
        (span[1], value)
        for r in records_in_case(case, "storage")
        if r.of in (None, plant.id, *_flow_ids(plant)) and (span := span_of(r)) and (value := _quantity(r, unit)) is not None
    ]
    # a stock that a later record says is empty has left: what was stored before it must stand on slips
    emptied = max((at for at, value in stocks if value == 0), default=date.min)
    stored = [value for at, value in stocks if at > emptied]
    total = sum(value for _, value in inside)
    # what leaves after the last reading may be of this period or of the next: it helps where too little was moved, never against the plant
    return Moved(total - after, tuple(r for r, _ in inside), sum(stored) + after)


def _slips(case: Dossier, plant: Facility, kind: str) -> Iterator[Record]:
    """What leaves the plant: slips of its own unit or place, or, where it is the only plant of the case, of nobody else's."""
    for record in records_in_case(case, kind):
        if record.of == plant.id:  # received, not sent
            continue
        own = plant.org is not None and record.org == plant.org
        here = plant.place is not None and record.place == plant.place
        if own or here or len([f for f in facilities_of_case(case) if f.flows]) == 1:
            yield record


def _flow_ids(plant: Facility) -> tuple[str, ...]:
    return tuple(flow.series for flow in plant.flows)


def _quantity(record: Record, unit: str) -> float | None:
    """The record's amount in `unit`; None where it names none that can be compared."""
    amounts = []
    for quantity in record.quantities:
        try:
            amounts.append(convert(quantity.value, quantity.unit, unit))
        except ValueError:
            continue
    return sum(amounts) if amounts else None


def _tolerance(case: Dossier) -> float:
    own = case.rules.tolerance.balance if case.rules and case.rules.tolerance else None
    return DEFAULT_TOLERANCE if own is None else own


def _finding(case: Dossier, plant: Facility, curve: Curve, made: float, moved: Moved, allowed: float) -> Finding:
    unit = _mass_unit(curve.series.unit)
    stored = say("，库存记录 {stored} {unit}", stored=amount(moved.stored), unit=unit) if moved.stored else say("，未见库存记录")
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (
            Where(curve.series.id, since=curve.at(0), until=curve.at(len(curve) - 1)),
            Where(plant.id),
            *(Where(slip.id) for slip in (*moved.slips[:1], *moved.slips[-1:])[: len(moved.slips)]),
        ),
        say(
            "{plant}{first} 至 {last} {what}合计 {made} {unit}，联单或过磅合计 {moved} {unit}{stored}，相差超过允许的 {allowed}%。请补充去向或库存的记录。",
            plant=plant.name,
            first=curve.day(0),
            last=curve.day(len(curve) - 1),
            what=curve.series.indicator,
            made=amount(made),
            unit=unit,
            moved=amount(moved.amount),
            stored=stored,
            allowed=round(100 * allowed),
        ),
        say("产生量应等于转出、库存与允许损耗之和"),
        {
            "made": round(made, 3),
            "moved": round(moved.amount, 3),
            "stored": round(moved.stored, 3),
            "allowed": round(allowed, 3),
            "unit": unit,
        },
    )


# Water through the plant ----------------------------------------------------------------------------------------------------------


def _waters(case: Dossier) -> Iterator[tuple[Facility, Curve, Curve]]:
    for plant in facilities_of_case(case):
        inflow, outflow = flow_of(case, plant, "inflow"), flow_of(case, plant, "outflow")
        if inflow and outflow:
            yield plant, inflow, outflow


def _judge_water(case: Dossier, plant: Facility, inflow: Curve, outflow: Curve) -> Iterator[Finding]:
    """What comes in and what goes out over the days that both know."""
    one, other = inflow.known(), outflow.known()
    shared = np.intersect1d(one.days(), other.days())
    if len(shared) < FEWEST_DAYS:
        return
    try:
        into = float(np.mean(one.values[np.isin(one.days(), shared)]))
        out = convert(float(np.mean(other.values[np.isin(other.days(), shared)])), other.series.unit, one.series.unit)
    except ValueError:  # UnitsDiffer, or an empty unit
        return
    tolerance = _tolerance(case)
    allowed = 1 - (1 - (plant.loss or 0.0)) * (1 - tolerance)
    if into * (1 - allowed) <= out <= into * (1 + tolerance):
        return
    yield Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(Where(curve.series.id, since=curve.at(0), until=curve.at(len(curve) - 1)) for curve in (inflow, outflow)),
        say(
            "{plant}同期{inflow}平均 {into} {unit}，{outflow}平均 {out} {unit}，相差超过允许的 {allowed}%。请说明去向并提供计量记录。",
            plant=plant.name,
            inflow=series_words(case, inflow.series),
            into=amount(into),
            unit=inflow.series.unit,
            outflow=series_words(case, outflow.series),
            out=amount(out),
            allowed=round(100 * allowed),
        ),
        say("进水量应等于出水量与允许损耗之和"),
        {"made": round(into, 3), "moved": round(out, 3), "allowed": round(allowed, 3), "days": len(shared)},
    )
