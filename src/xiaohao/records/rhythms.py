"""Rhythms of calls that are in force, and the period that each asks about next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier.supervision import CallRhythm as Rhythm
from xiaohao.records.models import CallRhythm, Commitment

_MONTHS = {"monthly": 1, "quarterly": 3}


@dataclass(frozen=True, slots=True)
class Period:
    """The time asked about, first and last day, and the day on which the call goes out."""

    start: date
    end: date
    issue: date


def rhythms_in_force(org: str | None = None) -> tuple[Rhythm, ...]:
    """The newest of each office and kind that is not stopped; of one office, where it is named."""
    rows = CallRhythm.objects.filter(org=org) if org else CallRhythm.objects.all()
    entries = dict(Commitment.objects.filter(table="callrhythm").values_list("row", "entry_id"))  # two may have been set within one second
    newest = {(row.org_id, row.kind): row.thing() for row in sorted(rows, key=lambda row: entries[row.pk])}
    return tuple(one for one in newest.values() if not one.stopped)


def period_before(rhythm: Rhythm, today: date) -> Period:
    """The month or quarter that ended before the one of `today`, and the day in this one on which its call goes out."""
    months = _MONTHS[rhythm.kind]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    end = first - timedelta(days=1)
    start = date(end.year, end.month - months + 1, 1)
    return Period(start, end, first.replace(day=rhythm.day))


def next_issue(rhythm: Rhythm, today: date) -> date:
    """The day on which its next call goes out, today included."""
    this = period_before(rhythm, today).issue
    if this >= today:
        return this
    months = _MONTHS[rhythm.kind]
    month = this.month - 1 + months
    return date(this.year + month // 12, month % 12 + 1, rhythm.day)
