"""Claimed dates, as exact as the source gives them: 2021, 2021-09, 2021-09-30, 2021-09-30T14:20.

A claimed date is an interval of days. Two of them are compared only as exactly as both are given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

#: China Standard Time; the country has one zone and no daylight saving since 1992.
CST = timezone(timedelta(hours=8), "Asia/Shanghai")

_WHEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?)?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """The days `first`..`last` (both included) that a claimed date may mean; `moment` is local time where a clock time was given."""

    first: date
    last: date
    moment: datetime | None = None

    @classmethod
    def parse(cls, text: str) -> When:
        """Read an ISO date of any exactness. Raises ValueError when it is not one."""
        found = _WHEN.fullmatch(text)
        if not found:
            raise ValueError(f"not an ISO date: {text!r}")
        year, month, day, hour = found.group(1, 2, 3, 4)
        if month is None:
            return cls(date(int(year), 1, 1), date(int(year), 12, 31))
        if day is None:
            return cls(date(int(year), int(month), 1), date(int(year), int(month), monthrange(int(year), int(month))[1]))
        if hour is None:
            only = date(int(year), int(month), int(day))
            return cls(only, only)
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        moment = moment.replace(tzinfo=CST) if moment.tzinfo is None else moment.astimezone(CST)
        return cls(moment.date(), moment.date(), moment)

    @property
    def is_a_day(self) -> bool:
        return self.first == self.last

    def surely_before(self, other: When) -> bool:
        """True when no reading of the two dates puts `self` on or after `other`'s day (or minute, where both have one)."""
        if self.moment and other.moment:
            return self.moment < other.moment
        return self.last < other.first

    def months_until(self, other: When) -> int:
        """Whole months from the end of `self` to the end of `other`; 20 May to 20 August is 3."""
        start, end = self.last, other.last
        months = (end.year - start.year) * 12 + end.month - start.month
        return months - 1 if end.day < min(start.day, monthrange(end.year, end.month)[1]) else months


def parse_when(text: str | None) -> When | None:
    """`When.parse`, but None for an absent or malformed date (a malformed one is a problem of the bundle, not of the check)."""
    if not text:
        return None
    try:
        return When.parse(text)
    except ValueError:
        return None


def parse_instant(text: str) -> datetime:
    """A journal time: exact, with offset. Raises ValueError otherwise."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(f"a journal time needs its offset: {text!r}")
    return moment.astimezone(CST)
