"""Readings gathered into windows (hour, day, month, quarter, year, or the whole), each averaged and told whether it is complete.

Complete means: at least half of the readings that the series should have given are there (DOSSIER.md, "How a target is read").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from xiaohao.kernel.when import When
from xiaohao.outcomes.series import Reading
from xiaohao.outcomes.sources import Source

#: Windows that are whole calendar periods of one or more months, with their length in months.
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}

#: Readings a day by interval of the series; rarer ones are counted otherwise.
_HOURS_A_DAY = 24

#: A window with less than this share of its readings is not complete (DOSSIER.md).
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class WindowValue:
    """One window of one source. `name` is its ISO spelling (2022-03, 2022-Q1, 2022-03-05), `value` its mean (its sum for `total`) in the target's unit,
    `count` of `expected` readings. `whole`: it lies wholly between the two ends. `counts`: it is one of those that decide.
    `meets` is None where it is not complete."""

    source: str
    name: str
    first: date
    last: date
    value: float | None
    count: int
    expected: int
    whole: bool
    complete: bool
    meets: bool | None = None
    counts: bool = False


def windows_of(source: Source, window: str, *, first: date, last: date) -> tuple[WindowValue, ...]:
    """The windows between `first` and `last` (both included), in order of time, those without any reading included for month, quarter and year.
    A reading that is coarser than the window (a yearly figure under a monthly target) belongs to none."""
    inside = [r for r in source.readings if first <= r.at.first and r.at.last <= last and r.value is not None]
    if window == "total":
        return (_total(source, inside, first, last),) if inside else ()
    if window == "instant":
        return tuple(_single(source, reading, first, last) for reading in inside)
    groups: dict[tuple[str, date, date], list[Reading]] = {key: [] for key in _calendar(window, first, last)}
    for reading in inside:
        key = _window_of(window, reading.at)
        if key:
            groups.setdefault(key, []).append(reading)
    return tuple(
        _window(source, key, found, first, last, window) for key, found in sorted(groups.items(), key=lambda item: (item[0][1], item[0][0]))
    )


def expected_in(interval: str, first: date, last: date) -> int:
    """How many readings a series of that interval gives from `first` to `last`; at least 1. For `event` it is 1: nobody promised more."""
    days = (last - first).days + 1
    if interval == "hour":
        return days * _HOURS_A_DAY
    if interval == "day":
        return days
    if interval == "week":
        return max(1, days // 7)
    if interval == "month":
        return max(1, (last.year - first.year) * 12 + last.month - first.month + 1)
    return 1


def is_complete(count: int, expected: int) -> bool:
    return count > 0 and count >= expected * _LEAST_SHARE


def _window(source: Source, key: tuple[str, date, date], found: list[Reading], first: date, last: date, window: str) -> WindowValue:
    name, start, end = key
    expected = 1 if window == "hour" else expected_in(source.interval, start, end)
    return WindowValue(
        source=source.id,
        name=name,
        first=start,
        last=end,
        value=_mean(found),
        count=len(found),
        expected=expected,
        whole=first <= start and end <= last,
        complete=is_complete(len(found), expected),
    )


def _single(source: Source, reading: Reading, first: date, last: date) -> WindowValue:
    return _window(source, (_moment_name(reading.at), reading.at.first, reading.at.last), [reading], first, last, "hour")


def _total(source: Source, found: list[Reading], first: date, last: date) -> WindowValue:
    expected = expected_in(source.interval, first, last)
    return WindowValue(
        source=source.id,
        name=_moment_name(found[-1].at) if source.states else f"{first.isoformat()}..{last.isoformat()}",
        first=first,
        last=last,
        value=found[-1].value if source.states else fsum(reading.value for reading in found if reading.value is not None),
        count=len(found),
        expected=expected,
        whole=True,
        complete=source.states or is_complete(len(found), expected),
    )


def _mean(found: list[Reading]) -> float | None:
    return fsum(reading.value for reading in found if reading.value is not None) / len(found) if found else None


def _window_of(window: str, at: When) -> tuple[str, date, date] | None:
    """(name, first, last) of the window that holds the whole of `at`, or None."""
    if window == "hour" and at.moment:
        return at.moment.strftime("%Y-%m-%dT%H"), at.first, at.last
    if window in ("hour", "day"):
        return (at.first.isoformat(), at.first, at.last) if at.is_a_day else None
    key = _months(at.first, MONTHS_IN[window])
    return key if at.last <= key[2] else None


def _calendar(window: str, first: date, last: date) -> Iterable[tuple[str, date, date]]:
    """Every month, quarter or year that touches `first`..`last`."""
    day = first
    while window in MONTHS_IN and day <= last:
        key = _months(day, MONTHS_IN[window])
        yield key
        day = key[2] + timedelta(days=1)


def _months(day: date, length: int) -> tuple[str, date, date]:
    start = date(day.year, (day.month - 1) // length * length + 1, 1)
    following = date(start.year + (start.month + length > 12), (start.month + length - 1) % 12 + 1, 1)
    name = {1: f"{start:%Y-%m}", 3: f"{start.year}-Q{start.month // 3 + 1}", 12: f"{start.year}"}[length]
    return name, start, following - timedelta(days=1)


def _moment_name(at: When) -> str:
    return at.moment.strftime("%Y-%m-%dT%H:%M") if at.moment else at.first.isoformat()
