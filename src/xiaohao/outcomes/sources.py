"""Which readings speak for an indicator at a place: the monitoring series of the case, or, where it has none, the laboratory and acceptance results.

Every source is judged for itself: a good series never hides a bad one beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Target
from xiaohao.dossier.record import Result
from xiaohao.dossier.series import Series
from xiaohao.dossier.task import Task
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.derived import DERIVED, derived_series
from xiaohao.outcomes.series import Reading, read_csv, readings, speaks


@dataclass(frozen=True, slots=True)
class Source:
    """Readings that count, in `unit`, of one series (`id`) or of the records that gave results (`id` of the first); `interval` as in Series.
    `states`: each reading is a state of the ledger on its day, so that the total is the last of them."""

    id: str
    unit: str
    interval: str
    readings: tuple[Reading, ...]
    states: bool = False


def same_indicator(one: str, other: str) -> bool:
    """Whether two spellings name one indicator: width, case, spaces and sub- or superscripts aside (PM₂.₅ is PM2.5)."""
    return _plain(one) == _plain(other)


def sources_for(dossier: Dossier, task_id: str, target: Target, *, until: date) -> tuple[Source, ...]:
    """The sources that speak for `target` up to `until`. A series of the case whose file is missing is no source (the bundle's problem says so);
    a derived target is counted from the ledger itself where the case brings no series of it."""
    found = tuple(_of_series(dossier, series) for series in series_for(dossier, task_id, target))
    with_file = tuple(source for source in found if source is not None)
    if with_file:
        return with_file
    if target.indicator in DERIVED:
        return tuple(_of_ledger(dossier, task_id, target, until))
    return tuple(_of_results(dossier, task_id, target))


def series_for(dossier: Dossier, task_id: str, target: Target) -> tuple[Series, ...]:
    """The series of the task (or of no task at all) that hold the target's indicator at its place; where none stands at the place itself, those inside it."""
    same = [s for s in dossier.series if same_indicator(s.indicator, target.indicator) and (not s.tasks or task_id in s.tasks)]
    if target.place is None:
        return tuple(s for s in same if task_id in s.tasks)
    there = tuple(s for s in same if s.place == target.place)
    return there or tuple(s for s in same if target.place in _around(dossier, s.place))


def _around(dossier: Dossier, place_id: str | None) -> tuple[str, ...]:
    """Ids of the places that hold the place, nearest first. A loop in the tree is cut."""
    chain: list[str] = []
    while (place := dossier.find(Place, place_id)) and place.parent not in (None, *chain):
        place_id = place.parent
        chain.append(str(place_id))
    return tuple(chain)


def _of_series(dossier: Dossier, series: Series) -> Source | None:
    found = readings(dossier, series)
    if found is None:
        return None
    counting = tuple(reading for reading in found if speaks(series, reading))
    return Source(series.id, series.unit, series.interval, counting, states=series.indicator in DERIVED)


def _of_ledger(dossier: Dossier, task_id: str, target: Target, until: date) -> Iterable[Source]:
    task = dossier.find(Task, task_id)
    if task and dossier.kind == "ledger":
        series, content = derived_series(dossier, target.indicator, task.owner, until)
        counting = tuple(reading for reading in read_csv(content).readings if reading.value is not None)
        yield Source(series.id, series.unit, series.interval, counting, states=True)


def _of_results(dossier: Dossier, task_id: str, target: Target) -> Iterable[Source]:
    """One source per unit of measurement found in the results of laboratory reports and acceptances."""
    by_unit: dict[str, list[tuple[str, Reading]]] = {}
    for record in dossier.records_of(task_id, "lab_report", "acceptance"):
        for result in record.results:
            at = parse_when(result.at or record.date)
            if at and _speaks_for(target, result, record.place):
                by_unit.setdefault(result.unit, []).append((record.id, Reading(at, result.value)))
    for unit, found in by_unit.items():
        yield Source(found[0][0], unit, "event", tuple(sorted((r for _, r in found), key=lambda reading: reading.at.first)))


def _speaks_for(target: Target, result: Result, record_place: str | None) -> bool:
    place = result.place or record_place
    return same_indicator(result.indicator, target.indicator) and (target.place is None or place == target.place)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
