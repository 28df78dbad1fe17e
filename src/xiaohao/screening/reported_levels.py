"""Levels and totals that a register states for a stretch of days, to lay beside what another unit reports for the same days.

A monthly report or a check of the books writes one figure for its days (`start` to `end`); slips, loads and stocks are movements and no reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.arrays import np
from xiaohao.kernel.units import convert
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve
from xiaohao.outcomes.sources import same_indicator
from xiaohao.screening.instruments import dimension_of, span_of

#: Records that state a level when they say for which days; an order, a contract or a load does not.
REPORTS = ("site_visit", "enforcement", "look_back", "meeting", "order", "work_log", "assessment", "review", "acceptance")

#: Days for which a report must speak: of less, a peak or a trough decides. Share of them that a series must hold readings of.
FEWEST_DAYS, LEAST_OF_SPAN = 7, 0.5
#: Two reports speak for the same days when so large a share of the longer one's days is the shorter's.
SAME_DAYS = 0.8

_AMOUNT_OF = {"mass per day": "t", "volume per day": "m3", "energy per day": "kWh"}
_RATE_OF = {"mass": "t/d", "volume": "m3/d", "energy": "kWh/d"}


@dataclass(frozen=True, slots=True)
class Reported:
    """What a record says (`value`) and what a series holds for the record's days (`level`), both in `unit`."""

    record: Record
    value: float
    level: float
    unit: str


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of one record for its days, as a rate per day where it is an amount."""

    record: Record
    name: str
    days: tuple[date, date]
    value: float
    unit: str


def stated(record: Record) -> Iterator[Stated]:
    """The figures of a report that says for which days it speaks; none of another record."""
    span = span_of(record)
    if record.type not in REPORTS or record.start is None or record.end is None or span is None:
        return
    days = (span[1] - span[0]).days + 1
    if days < FEWEST_DAYS:
        return
    for quantity in record.quantities:
        rate = _RATE_OF.get(dimension := dimension_of(quantity.unit))
        if rate:
            yield Stated(record, quantity.name, span, convert(quantity.value, quantity.unit, rate.partition("/")[0]) / days, rate)
        elif dimension:
            yield Stated(record, quantity.name, span, quantity.value, quantity.unit)


def beside(curve: Curve, one: Stated) -> Reported | None:
    """The report beside the series' mean over its days, in the series' unit; None where the two do not speak of one thing or of other days."""
    if not same_indicator(one.name, curve.series.indicator):
        return None
    within = curve.between(*one.days)
    if len(within) * curve.step < LEAST_OF_SPAN * ((one.days[1] - one.days[0]).days + 1) * MINUTES_A_DAY:
        return None
    level, unit = float(np.mean(within.values)), curve.series.unit
    rate = _RATE_OF.get(dimension_of(unit))
    if rate:
        level, unit = convert(level, unit, rate.partition("/")[0]) * MINUTES_A_DAY / curve.step, rate
    if dimension_of(unit) != dimension_of(one.unit) or dimension_of(unit) == "":
        return None
    return Reported(one.record, convert(one.value, one.unit, unit), level, unit)


def two_reports(case: Dossier, records: tuple[Record, ...]) -> Iterator[tuple[Stated, Stated]]:
    """Two units' reports of one indicator, place and stretch of days, the first in the second's unit."""
    figures = [one for record in records if record.org is not None and record.place is not None for one in stated(record)]
    for one, other in combinations(figures, 2):
        there = one.record.org != other.record.org and one.record.place == other.record.place and one.record.of == other.record.of
        if (
            there
            and same_indicator(one.name, other.name)
            and _same_days(one, other)
            and dimension_of(one.unit) == dimension_of(other.unit) != ""
        ):
            yield Stated(one.record, one.name, one.days, convert(one.value, one.unit, other.unit), other.unit), other


def _same_days(one: Stated, other: Stated) -> bool:
    shared = (min(one.days[1], other.days[1]) - max(one.days[0], other.days[0])).days + 1
    return shared >= SAME_DAYS * max((each.days[1] - each.days[0]).days + 1 for each in (one, other))
