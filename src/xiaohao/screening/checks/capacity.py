"""超能力: the receiver treats more than its capacity times its hours allows.

Innocent explanations looked for first: short peaks within stock (a month is averaged, with a storage record the whole time), two receivers
(each is judged for itself). Source: DOSSIER.md, facilities.capacity and records(transfer).of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Facility
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import dimension_of, records_in_case, span_of

ID = "CAPACITY"
STAGE = "application"
NEEDS = ("facilities.capacity", "records(transfer).of/quantities")

#: Days over which receipts are averaged: a month; shorter peaks wait in the yard.
AVERAGED_DAYS = 30

#: Days between slips from which a month holds too few of them to be judged alone: each speaks for the time since the last.
SELDOM_DAYS = 10

#: Share by which a plant may exceed its rating before one asks, over the whole time and in one month: ratings are rounded, and a month has peaks.
MARGIN = 0.1
MONTH_MARGIN = 0.25


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per receiving plant."""
    received = _received(case)
    if not received:
        yield Skipped(ID, case.task.id, say("案卷中没有送往有核定能力的设施的转运联单"))
    for plant, slips in received:
        yield from _judge(case, plant, slips)


def _received(case: Dossier) -> tuple[tuple[Facility, tuple[tuple[date, date, float, Record], ...]], ...]:
    """Each rated plant with (first day, last day, amount in the unit of its rating per day, slip) of what it received."""
    found: dict[str, list[tuple[date, date, float, Record]]] = {}
    for slip in records_in_case(case, "transfer"):
        plant, span = case.find(Facility, slip.of), span_of(slip)
        if plant and plant.capacity and span and (sent := _amount(slip, plant.capacity.unit)) is not None:
            found.setdefault(plant.id, []).append((*span, sent, slip))
    return tuple((plant, tuple(sorted(found[plant.id], key=lambda row: row[:3]))) for plant in case.facilities if plant.id in found)


def _amount(slip: Record, rate: str) -> float | None:
    """The slip's amount in the unit that the rating counts per day: t of t/d."""
    dimension = dimension_of(rate)
    wanted = {"mass per day": "t", "volume per day": "m3"}.get(dimension, rate.partition("/")[0])
    rate = {"mass per day": "t/d", "volume per day": "m3/d"}.get(dimension, rate)
    days = (span[1] - span[0]).days + 1 if (span := span_of(slip)) else 1
    amounts = []
    for quantity in slip.quantities:
        for unit, times in ((wanted, 1), (rate, days)):  # an amount, or a rate over the days of the slip
            try:
                amounts.append(convert(quantity.value, quantity.unit, unit) * times)
            except ValueError:
                continue
            break
    return sum(amounts) if amounts else None


def _judge(case: Dossier, plant: Facility, slips: tuple[tuple[date, date, float, Record], ...]) -> Iterator[Finding]:
    rating = plant.capacity
    if rating is None or not dimension_of(rating.unit).endswith("per day"):
        return
    wanted = {"mass per day": "t/d", "volume per day": "m3/d"}.get(dimension_of(rating.unit), rating.unit)
    capacity = convert(rating.value, rating.unit, wanted)
    first, last = slips[0][0], max(row[1] for row in slips)
    days = (last - first).days + 1
    if days < AVERAGED_DAYS:
        return
    stock = any(r.of in (None, plant.id) for r in records_in_case(case, "storage"))
    by_month = not stock and _usual_gap(slips) <= SELDOM_DAYS
    spans = [(first, last), *(_months(first, last) if by_month else ())]
    for start, end in spans:
        inside = [row for row in slips if start <= row[0] <= end]
        # a slip a month covers its month: the last one reaches past the day it was written
        covered = (end - start).days + 1 if (start, end) != (first, last) else days + _usual_gap(slips) - 1
        mean = sum(row[2] for row in inside) / covered
        margin = MARGIN if (start, end) == (first, last) else MONTH_MARGIN
        if mean > capacity * (1 + margin):
            yield _finding(case, plant, capacity, mean, wanted, start, end, tuple(row[3] for row in inside))
            return


def _usual_gap(slips: tuple[tuple[date, date, float, Record], ...]) -> int:
    """Days between two deliveries, at least 1."""
    gaps = sorted((two[0] - one[0]).days for one, two in pairwise(slips))
    return max(1, gaps[len(gaps) // 2]) if gaps else 1


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The calendar months that lie wholly inside."""
    start = first if first.day == 1 else (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while (end := (start.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)) <= last:
        yield start, end
        start = end + timedelta(days=1)


def _finding(
    case: Dossier, plant: Facility, capacity: float, mean: float, unit: str, start: date, end: date, slips: tuple[Record, ...]
) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(plant.id), *(Where(slip.id) for slip in (slips[0], slips[-1])[: len(slips)])),
        say(
            "{plant}核定能力 {capacity} {unit}，{start} 至 {end} 按联单平均接收 {mean} {unit}。请提供运行时间、库存和实际处置的记录。",
            plant=plant.name,
            capacity=amount(capacity),
            unit=unit,
            start=start,
            end=end,
            mean=amount(mean),
        ),
        say("接收量不应超过处置能力乘以运行时间"),
        {"capacity": round(capacity, 3), "received": round(mean, 3), "unit": unit, "slips": len(slips)},
    )
