"""What the public site lists, a page at a time for programs: the pages' own queries from a cursor on, never more than asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Q

from xiaohao.records import queries
from xiaohao.records.queries import OpenNotice, PublicTask

#: Between the two halves of a cursor; never part of a list's code, an address or a number.
_BETWEEN = "~"
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Lines(Generic[Line]):
    """One page and the cursor of the next ("" for the last)."""

    lines: tuple[Line, ...]
    after: str


def page_of_tasks(words: str, state: str, *, after: str, size: int) -> Lines[PublicTask]:
    """The tasks that `queries.find_public` finds, from the cursor on. A malformed cursor begins at the beginning."""
    found = queries.found_public(words, state)
    code, between, address = after.partition(_BETWEEN)
    if between:
        found = found.filter(Q(list__code__gt=code) | Q(list__code=code, address__gt=address))
    rows = list(found[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Lines(queries.lines_of(rows[:size]), f"{last.list.code}{_BETWEEN}{last.address}" if last else "")


def page_of_notices(at: datetime, *, after: str, size: int) -> Lines[OpenNotice]:
    """The notices of `queries.open_notices` that follow the one of that number. An unknown number begins at the beginning."""
    found, last = queries.open_notice_rows(at), queries.place_of_notice(after, at) if after else None
    if last:
        waits, end, pk = last
        found = found.filter(Q(waits__gt=waits) | Q(waits=waits, last_day__gt=end) | Q(waits=waits, last_day=end, pk__gt=pk))
    rows = list(found[: size + 1])
    return Lines(queries.open_notices_of(rows[:size]), queries.number_of(rows[size - 1].pk) if len(rows) > size else "")


def page_in(lines: Sequence[Line], name: Callable[[Line], str], *, after: str, size: int) -> Lines[Line]:
    """The page of a list that is already there whole: what follows the line of that name. An unknown name begins at the beginning."""
    first = next((place for place, line in enumerate(lines, 1) if name(line) == after), 0) if after else 0
    page = tuple(lines[first : first + size])
    return Lines(page, name(page[-1]) if len(lines) > first + size else "")
