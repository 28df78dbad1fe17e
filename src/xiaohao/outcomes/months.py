"""Counting in months: 20 May and three months is 20 August, 31 January and one month is the last day of February."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (earlier when negative), or that month's last day where it is shorter; the last day of the
    calendar where it would lie beyond it (a mistyped year 9999 is no crash)."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if year > date.max.year else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_of_last_months(last: date, months: int) -> date:
    """The first day of the `months` months that end on `last`."""
    return add_months(last, -months) + timedelta(days=1)
