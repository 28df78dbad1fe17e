"""Which readings speak for an indicator at a place: the monitoring series of the case, or, where it has none, the laboratory and acceptance results.

Every source is judged for itself: a good series never hides a bad one beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Target
from xiaohao.dossier.record import Result
from xiaohao.dossier.series import Series
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.series import Reading, readings, speaks


@dataclass(frozen=True, slots=True)
class Source:
    """Readings that count, in `unit`, of one series (`id`) or of the records that gave results (`id` of the first); `interval` as in Series."""

    id: str
    unit: str
    interval: str
    readings: tuple[Reading, ...]


def same_indicator(one: str, other: str) -> bool:
    """Whether two spellings name one indicator: width, case, spaces and sub- or superscripts aside (PM₂.₅ is PM2.5)."""
    return _plain(one) == _plain(other)


def sources_for(dossier: Dossier, task_id: str, target: Target) -> tuple[Source, ...]:
    """The sources that speak for `target`. A series of the case whose file is missing is no source (the bundle's problem says so)."""
    found = tuple(_of_series(dossier, series) for series in series_for(dossier, task_id, target))
    with_file = tuple(source for source in found if source is not None)
    return with_file or tuple(_of_results(dossier, task_id, target))


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
    return Source(series.id, series.unit, series.interval, tuple(reading for reading in found if speaks(series, reading)))


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
