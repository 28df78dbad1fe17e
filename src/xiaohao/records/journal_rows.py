"""Appending to the journal inside the act's own transaction, and reading its entries back in order."""

from __future__ import annotations

from collections.abc import Iterator

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


def append(*, index: int, content: bytes, entry: Entry, task_id: str | None, salts: list[Commitment]) -> JournalEntry:
    """Insert the entry and the salts behind its commitments. `content` is stored as it is and never made again."""
    row = JournalEntry.objects.create(
        index=index,
        content=content,
        type=entry.type,
        step=entry.step or "",
        task_id=task_id,
        prev_state=entry.prev_state or "" if entry.state else "",
        state=entry.state or "",
        at=entry.at,
    )
    for salt in salts:
        salt.entry = row
    Commitment.objects.bulk_create(salts)
    return row


def entries_from(index: int) -> Iterator[bytes]:
    """The bytes of every entry from `index` on, in order."""
    rows = JournalEntry.objects.filter(index__gte=index).order_by("index").values_list("content", flat=True)
    return (bytes(content) for content in rows.iterator(chunk_size=1000))
