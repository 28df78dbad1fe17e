"""What cannot be so: one person in two places at once. Shown to the clerk while the row is being typed, long before a check would raise it.

The check MEET-CONFLICT asks how far apart the two places are; here a person who is typing is only shown that the hours overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xiaohao.dossier.record import Record
from xiaohao.kernel.when import parse_when


@dataclass(frozen=True, slots=True)
class Clash:
    """`people` (ids) are in `record` in the same minutes as in the new row."""

    record: Record
    people: tuple[str, ...]


def clashes_with(new: Record, others: Iterable[Record]) -> tuple[Clash, ...]:
    """The rows whose hours overlap those of `new` and that name one of its people; rows without hours clash with nothing, nor does the row
    that `new` corrects. Touching ends (9:00–10:00, 10:00–11:00) do not overlap."""
    mine = _hours(new)
    if mine is None:
        return ()
    found = []
    for other in others:
        hours = _hours(other)
        both = tuple(person for person in new.people if person in other.people)
        if both and hours and other.id not in (new.id, new.replaces) and hours[0] < mine[1] and mine[0] < hours[1]:
            found.append(Clash(other, both))
    return tuple(found)


def _hours(record: Record) -> tuple[datetime, datetime] | None:
    start, end = parse_when(record.start), parse_when(record.end)
    if not (start and start.moment and end and end.moment) or end.moment <= start.moment:
        return None
    return start.moment, end.moment
