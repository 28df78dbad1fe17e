"""The index of photographs in the database: asked which photographs, of every unit, year and round, a new one may be taken from.

A photograph waits for the index from the moment its row is written, in the act's own transaction; it is looked at before anything is compared, so
that no act holds the database while a picture is decoded. A key that very many marks share is kept no longer: a question costs the same however
many photographs there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import connection, transaction
from django.db.models import Max

from xiaohao.evidence.photo_keys import COMMON, CROWDED, PLACE_BITS, Asked, Numbers, asked_by, keys_of, meant, places_of, ranked
from xiaohao.evidence.photo_marks import MOST, Marks, Seen, packed, unpacked
from xiaohao.kernel.arrays import np
from xiaohao.records import decoding
from xiaohao.records.content import ContentStore
from xiaohao.records.models import File, IndexedPhoto, PhotoKey

#: Photographs, the likeliest first, that are held side by side with a new one.
MOST_CANDIDATES = 20
#: Photographs that are put into the index in one transaction.
BATCH = 20
#: Keys, or ranges of keys, asked for in one statement of SQL; SQLite allows 32,766 values and 500 rows of them are as good as more.
_AT_ONCE, _RANGES = 4_000, 500

_TABLE = PhotoKey._meta.db_table


def index_missing(store: ContentStore) -> int:
    """Look at the photographs that the index does not know and put them in; returns how many there were."""
    waiting = File.objects.filter(kind="photo", pictured=None).order_by("pk").values_list("pk", "sha256")
    count = 0
    while rows := list(waiting[:BATCH]):
        seen = dict(decoding.seen_of((pk, partial(_content, store, sha256)) for pk, sha256 in rows))
        with transaction.atomic():
            insert([(pk, seen[pk]) for pk, _ in rows])
        count += len(rows)
    return count


def _content(store: ContentStore, sha256: str) -> bytes | None:
    """The stored bytes; None where they are lost or were changed (`xiaohao fsck` names them)."""
    try:
        return store.get(sha256)
    except OSError:
        return None


def insert(photos: Sequence[tuple[str, Seen | None]]) -> None:
    """Put photographs (file id, what was seen) into the index."""
    rows = [IndexedPhoto(file_id=id, marks=packed(seen.marks) if seen else b"", longest=seen.longest if seen else 0) for id, seen in photos]
    IndexedPhoto.objects.bulk_create(rows)
    numbers = dict(IndexedPhoto.objects.filter(file__in=[id for id, _ in photos]).values_list("file_id", "number"))
    insert_keys([(numbers[id], seen.marks) for id, seen in photos if seen])


def insert_keys(photos: Sequence[tuple[int, Marks]]) -> None:
    """The keys of photographs (number, marks), in the order of the table; none under a key that is common already."""
    if not photos:
        return
    keys = np.concatenate([keys_of(marks) for _, marks in photos])
    spots = np.concatenate([(number << PLACE_BITS) + places_of(marks) for number, marks in photos])
    common = {key for key, count in _counts(np.unique(keys).tolist()).items() if count > COMMON}
    rows = sorted({(key, spot) for key, spot in zip(keys.tolist(), spots.tolist(), strict=True) if key not in common})
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_TABLE} (key, spot) VALUES (%s, %s)", rows)


def _counts(keys: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            cursor.execute(f"SELECT key, count(*) FROM {_TABLE} WHERE key IN ({_marks(some)}) GROUP BY key", some)
            found.update(cursor.fetchall())
    return found


def nearest(marks: Marks, own: frozenset[int] = frozenset(), photographs: int | None = None) -> list[int]:
    """Numbers of the photographs whose marks agree best with these, the best first, without its `own`. `photographs`: how many there are in the
    index, when the caller knows."""
    if photographs is None:
        photographs = IndexedPhoto.objects.aggregate(most=Max("number"))["most"] or 0
    asked = asked_by(marks, photographs * MOST)
    question, keys, spots = _found(asked)
    right = meant(asked, question, keys)
    question, spots = question[right], spots[right]
    votes = ranked(marks, asked, question, spots >> PLACE_BITS, spots & ((1 << PLACE_BITS) - 1))
    return [number for number, _ in votes if number not in own][:MOST_CANDIDATES]


def _found(asked: Asked) -> tuple[Numbers, Numbers, Numbers]:
    """(question, key, spot) of everything that lies in the ranges asked for, but for the crowded ones."""
    ranges = list(zip(range(len(asked.low)), asked.low.tolist(), asked.high.tolist(), strict=True))
    found: list[tuple[int, int, int]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(ranges), _RANGES):
            some = ranges[start : start + _RANGES]
            cursor.execute(_IN_RANGES.format(rows=", ".join(["(%s, %s, %s)"] * len(some))), [value for one in some for value in one])
            found += cursor.fetchall()
    question, keys, spots = np.array(found, np.int64).reshape(-1, 3).T
    return question, keys, spots


#: A range is passed over when so many keys after its beginning there is one that still lies in it.
_IN_RANGES = f"""
    WITH asked (question, low, high) AS (VALUES {{rows}})
    SELECT question, key, spot FROM asked CROSS JOIN {_TABLE}
    WHERE key BETWEEN low AND high
    AND NOT COALESCE((SELECT beyond.key FROM {_TABLE} beyond WHERE beyond.key >= low ORDER BY beyond.key LIMIT 1 OFFSET {CROWDED}) <= high, FALSE)
"""


def _marks(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))


def stored(files: Iterable[str]) -> dict[str, tuple[int, Seen | None]]:
    """By file id the number and the stored marks of photographs (None: cannot be read), without the pictures."""
    rows = IndexedPhoto.objects.filter(file__in=list(files))
    return {row.file_id: (row.number, Seen(unpacked(bytes(row.marks)), row.longest) if row.longest else None) for row in rows}


def files_of(numbers: Iterable[int]) -> dict[int, str]:
    """File ids by number."""
    return dict(IndexedPhoto.objects.filter(number__in=list(numbers)).values_list("number", "file_id"))
