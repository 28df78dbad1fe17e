"""Moments and days as stories write them: `2026-03-03T09:00`, `2026-03-03`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import official_calendar

#: When a clerk enters a day's rows, unless the story says otherwise.
_ENTERED = "17:20"
#: The evening before the demonstration begins.
LAST_EVENING = "2026-03-02"


def moment(text: str) -> datetime:
    """A moment in the county's time; a bare day means the evening, when the day's rows are entered."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T{_ENTERED}").replace(tzinfo=CST)


def end_of_month(day: str) -> str:
    """The last working day of the month in which the day lies."""
    year, month = int(day[:4]), int(day[5:7])
    last = date(year, month, monthrange(year, month)[1])
    while not official_calendar().is_workday(last):
        last -= timedelta(days=1)
    return last.isoformat()


def seen(text: str) -> str:
    """The same as the journal writes it."""
    return moment(text).isoformat()


def months_from(first: str, values: Iterable[float]) -> tuple[tuple[str, float], ...]:
    """A value for the middle of each month, from the month `2024-11` on."""
    year, month = map(int, first.split("-"))
    return tuple((f"{year + (month - 1 + n) // 12}-{(month - 1 + n) % 12 + 1:02}-15", value) for n, value in enumerate(values))
