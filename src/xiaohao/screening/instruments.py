"""Which series, plants and records of stops belong to the case that is being judged: in a bundle of one task all of them, in a ledger its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Facility, Series
from xiaohao.kernel.said import say
from xiaohao.kernel.units import read_unit
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.curve import Curve, curve_of

Spans = tuple[tuple[date, date], ...]

#: Kinds of series that come from an instrument or a meter, reading by reading.
INSTRUMENTS = frozenset({"auto", "manual", "lab", "utility"})


def series_of_case(case: Dossier) -> tuple[Series, ...]:
    """The series of the task, and those of no task: all of them where there is only one task, else the ones at its places."""
    task = case.task
    if len(case.tasks) == 1:
        return tuple(s for s in case.series if not s.tasks or task.id in s.tasks)
    return tuple(s for s in case.series if task.id in s.tasks or (not s.tasks and s.place in task.places))


def curves_of_case(case: Dossier, kinds: Iterable[str] = INSTRUMENTS) -> Iterator[Curve]:
    """The arrays of the case's series of these kinds, those without a file left out."""
    wanted = frozenset(kinds)
    for series in series_of_case(case):
        if series.kind in wanted and (curve := curve_of(case, series)) is not None:
            yield curve


def curve_by_id(case: Dossier, series_id: str | None) -> Curve | None:
    series = case.find(Series, series_id)
    return curve_of(case, series) if series else None


def facilities_of_case(case: Dossier) -> tuple[Facility, ...]:
    """The plants of the task: all where there is only one task, else those at its places, of its firms or owners, or with its series."""
    if len(case.tasks) == 1:
        return case.facilities
    task = case.task
    own = {series.id for series in case.series_of(task.id)}
    units = {task.owner, *task.firms, *task.co_owners}
    return tuple(f for f in case.facilities if f.place in task.places or f.org in units or own & {flow.series for flow in f.flows})


def flow_of(case: Dossier, facility: Facility, quantity: str) -> Curve | None:
    """The curve of the plant's power, inflow, chemical … (Flow.quantity)."""
    return next((curve for flow in facility.flows if flow.quantity == quantity and (curve := curve_by_id(case, flow.series))), None)


def facility_of(case: Dossier, series: Series) -> Facility | None:
    """The plant that the series belongs to: the one it names, one that lists it among its flows, or the only one at its place."""
    named = case.find(Facility, series.facility)
    if named:
        return named
    listing = [f for f in case.facilities if series.id in {flow.series for flow in f.flows}]
    there = listing or [f for f in case.facilities if series.place is not None and f.place == series.place]
    return there[0] if len(there) == 1 else None


#: Where a ledger remembers its rows that belong to no task.
_OF_NO_TASK = "rows of no task"


def records_in_case(case: Dossier, *types: str) -> tuple[Record, ...]:
    """The task's records of these types and those of no task, in the order in which they were first seen."""
    of_none: tuple[Record, ...] | None = case.memory.get(_OF_NO_TASK)
    if of_none is None:
        of_none = tuple(r for r in case.standing_records if not r.tasks)
        case.memory[_OF_NO_TASK] = of_none
    found = {r.id: r for r in (*of_none, *case.records_of(case.task.id, *types)) if r.type in types}
    return tuple(sorted(found.values(), key=lambda r: (r.recorded_at, r.id)))


def dimension_of(unit: str) -> str:
    """What a unit measures (xiaohao.kernel.units); "" for an empty unit, which measures nothing."""
    try:
        return read_unit(unit).dimension
    except ValueError:
        return ""


def span_of(record: Record) -> tuple[date, date] | None:
    """First and last day that a record covers: its start and end, else its date; None for one without a date."""
    start = parse_when(record.start) or parse_when(record.date)
    end = parse_when(record.end) or parse_when(record.start) or parse_when(record.date)
    return (start.first, max(start.first, end.last)) if start and end else None


def stops_of(case: Dossier, facility: Facility | None, *series: Series, types: tuple[str, ...] = ("shutdown", "maintenance")) -> Spans:
    """Days on which, by record, the plant stood or the instrument was being mended: records of the plant, of one of the series, of their
    place, or that name nothing."""
    about = {one.id for one in series} | ({facility.id, *(flow.series for flow in facility.flows)} if facility else set())
    places = {one.place for one in series} | ({facility.place} if facility else set())
    found = (r for r in case.standing_records if r.type in types and (r.of in about if r.of else r.place is None or r.place in places))
    return tuple(_open_ended(case, record, span) for record in found if (span := span_of(record)))


def _open_ended(case: Dossier, record: Record, span: tuple[date, date]) -> tuple[date, date]:
    """A stop that has begun and is not reported over lasts to the day the dossier was made."""
    made = parse_when(case.made_at)
    lasts = record.type == "shutdown" and record.start is not None and record.end is None and made is not None
    return (span[0], max(span[1], made.last)) if lasts and made else span


def series_words(case: Dossier, series: Series) -> str:
    """石桥断面氨氮: what is measured and where, as findings name a series."""
    place = case.find(Place, series.place)
    plant = case.find(Facility, series.facility)
    where = place.name if place else plant.name if plant else ""
    return say("{where}“{indicator}”", where=where, indicator=series.indicator)


def span_words(first: date, last: date) -> str:
    """2021-05-02 至 2021-05-05, or the one day."""
    return first.isoformat() if first == last else say("{first} 至 {last}", first=first, last=last)
