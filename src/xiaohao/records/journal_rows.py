"""Appending to the journal inside the act's own transaction, and reading its entries back in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from xiaohao.journal.entry import Entry
from xiaohao.records.models import Commitment, JournalEntry

#: Key of the PostgreSQL advisory lock that makes indexes contiguous in the order of commits; any constant will do.
_JOURNAL_LOCK = 0x7869616F


def next_index() -> int:
    """The index the next entry will have, held for this transaction: SQLite has one writer at a time, PostgreSQL waits for the lock.
    Take it last, so that others wait as shortly as possible."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_JOURNAL_LOCK])
    newest = JournalEntry.objects.aggregate(newest=Max("index"))["newest"]
    return 0 if newest is None else newest + 1


@dataclass(frozen=True, slots=True)
class Made:
    """An entry ready to be inserted: `content` is stored as it is and never made again, `salts` are those behind its commitments."""

    index: int
    content: bytes
    entry: Entry
    task_id: str | None
    salts: list[Commitment]


def append(*, index: int, content: bytes, entry: Entry, task_id: str | None, salts: list[Commitment]) -> JournalEntry:
    """Insert the entry and the salts behind its commitments. `content` is stored as it is and never made again."""
    return append_many([Made(index, content, entry, task_id, salts)])[0]


#: Rows of one statement.
_AT_ONCE = 500


def append_many(made: Sequence[Made]) -> list[JournalEntry]:
    """Insert entries in their order."""
    rows = [
        JournalEntry(
            index=one.index,
            content=one.content,
            type=one.entry.type,
            step=one.entry.step or "",
            task_id=one.task_id,
            prev_state=one.entry.prev_state or "" if one.entry.state else "",
            state=one.entry.state or "",
            at=one.entry.at,
        )
        for one in made
    ]
    JournalEntry.objects.bulk_create(rows, batch_size=_AT_ONCE)
    for row, one in zip(rows, made, strict=True):
        for salt in one.salts:
            salt.entry = row
    Commitment.objects.bulk_create([salt for one in made for salt in one.salts], batch_size=_AT_ONCE)
    return rows


def entries_from(index: int) -> Iterator[bytes]:
    """The bytes of every entry from `index` on, in order."""
    rows = JournalEntry.objects.filter(index__gte=index).order_by("index").values_list("content", flat=True)
    return (bytes(content) for content in rows.iterator(chunk_size=1000))
