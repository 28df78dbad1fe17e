"""Seasons that a target may ask for: a result that held only in the dry months says nothing about the floods.

The spans here are defaults; a place passes its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Season:
    """A yearly span of days, both ends included; it may run over New Year."""

    words: str
    start: tuple[int, int]
    end: tuple[int, int]

    def beginning_in(self, year: int) -> tuple[date, date]:
        """First and last day of the season that begins in `year`."""
        return date(year, *self.start), date(year + (self.end < self.start), *self.end)


#: Defaults until the office's rulebook gives its own: the months in which most northern and central places set them. The flood season is
#: announced by each province (防洪法第四十一条), the heating season by each city, so none of these is a national date.
SEASONS: Mapping[str, Season] = MappingProxyType(
    {
        "wet": Season("汛期", (6, 1), (9, 30)),
        "dry": Season("枯水期", (11, 1), (3, 31)),
        "heating": Season("采暖期", (11, 15), (3, 15)),
        "growing": Season("生长季", (5, 1), (9, 30)),
    }
)

#: "wholly or mostly inside" (DOSSIER.md): more than half of the season's days.
_MOSTLY = 0.5

#: A season comes back within a year, and one begun is over within another.
_LOOK_AHEAD_DAYS = 2 * 366


def covered(season: Season, first: date, last: date) -> bool:
    """Whether `first`..`last` (both included) holds more than half of one year's season."""
    return share_covered(season, first, last) > _MOSTLY


def share_covered(season: Season, first: date, last: date) -> float:
    """The largest share 0..1 of one year's season that `first`..`last` (both included) holds."""
    return max(
        (
            _share(season.beginning_in(year), first, last)
            for year in range(max(date.min.year, first.year - 1), min(last.year, date.max.year - 1) + 1)
        ),
        default=0.0,
    )


def first_covered(season: Season, first: date) -> date:
    """The first day on which a period that began on `first` holds most of the season."""
    ahead = min(_LOOK_AHEAD_DAYS, (date.max - first).days)
    days = (first + timedelta(days=count) for count in range(ahead))
    return next((day for day in days if covered(season, first, day)), date.max)


def _share(span: tuple[date, date], first: date, last: date) -> float:
    start, end = span
    inside = (min(end, last) - max(start, first)).days + 1
    return max(0, inside) / ((end - start).days + 1)
