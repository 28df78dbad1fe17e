"""The index in the database: written in the transaction that writes what it indexes, asked for rows that hold every word of a question.

Plain tables on both engines: pair of characters → entry. Who may see a hit is not known here; callers lay `matching` over the query of what a
person may see, so that neither a row nor a count can tell more than the list does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from xiaohao.documents.finding import folded, pairs, pairs_asked, pairs_beginning, words_of
from xiaohao.publicity.words import RECORD_WORDS
from xiaohao.records.models import Document, Petition, Record, SearchEntry, SearchPair, Task

#: Kind of a thing → (its table, the number of the kind inside a pair).
KINDS: dict[str, tuple[Any, int]] = {"task": (Task, 1), "record": (Record, 2), "petition": (Petition, 3), "document": (Document, 4)}
_KIND_OF: dict[type[Any], str] = {model: kind for kind, (model, _) in KINDS.items()}
#: Pairs of a long word that are asked for; the text has the last word on it anyway.
_MOST_PAIRS = 6
#: Rows that are looked up at once; what stands in more entries is common. Ours, measured by bench/search.py.
FEW = 2_000
_PAIR, _ENTRY = SearchPair._meta.db_table, SearchEntry._meta.db_table
_AT_ONCE = 5_000


def text_of(row: Any) -> str:
    """Everything a row is found by, what it is called first. Of a petition nothing that could tell who complained: no column holds that."""
    more = row.more
    if isinstance(row, Task):
        said = [row.title, row.problem, f"第{row.number}项", row.address, row.owner.name, row.list.name, row.list.inspection.name]
    elif isinstance(row, Record):
        said = [more.get("title"), more.get("text"), RECORD_WORDS.get(row.type, ""), more.get("number"), row.org.name if row.org else ""]
    elif isinstance(row, Document):
        said = [row.title, row.number, row.issuer.name]
    else:
        said = [row.number, more.get("text"), more.get("address"), more.get("firm_name"), *more.get("pollution", ())]
        said += [more.get("x-public"), more.get("x-handling"), row.org.name]
    return "\n".join(str(one) for one in said if one)


# Writing ------------------------------------------------------------------------------------------------------------------------


def file(rows: Iterable[Any]) -> None:
    """Put rows into the index, or what has changed of them; rows of tables that are not searched are passed over. Belongs into the
    transaction that writes them."""
    fresh: list[SearchEntry] = []
    by_kind: dict[str, dict[str, str]] = {}
    for row in rows:
        if kind := _KIND_OF.get(type(row)):
            by_kind.setdefault(kind, {})[str(row.pk)] = folded(text_of(row))
    for kind, texts in by_kind.items():
        known = {one.row: one for some in _some(list(texts)) for one in SearchEntry.objects.filter(kind=kind, row__in=some)}
        for pk, text in texts.items():
            if pk not in known:
                fresh.append(SearchEntry(kind=kind, row=pk, text=text))
            elif known[pk].text != text:
                _renew(known[pk], text)
    SearchEntry.objects.bulk_create(fresh, batch_size=500)
    insert_pairs([(entry.number, pairs(entry.text, KINDS[entry.kind][1])) for entry in fresh])


def _renew(entry: SearchEntry, text: str) -> None:
    SearchPair.objects.filter(number=entry.number).delete()
    entry.text = text
    entry.save(update_fields=["text"])
    insert_pairs([(entry.number, pairs(text, KINDS[entry.kind][1]))])


def _some(ids: list[str], size: int = 500) -> Iterator[list[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def insert_pairs(entries: Sequence[tuple[int, frozenset[int]]]) -> None:
    """The pairs of (number, pairs) of many entries, in the order of the table."""
    rows = sorted((pair, number) for number, found in entries for pair in found)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            cursor.executemany(f"INSERT INTO {_PAIR} (pair, number) VALUES (%s, %s)", rows[start : start + _AT_ONCE])


def missing() -> Iterator[Any]:
    """Rows that the index does not know: filed before there was one, or after it was lost."""
    for kind, (model, _) in KINDS.items():
        manager = model.every if model is Task else model.objects
        known = SearchEntry.objects.filter(kind=kind, row=OuterRef("pk"))
        yield from whole(manager.all().filter(~Exists(known)), kind).order_by("pk")


def whole(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """The rows with what their text needs."""
    needed = {"task": ("owner", "list__inspection"), "record": ("org",), "petition": ("org",), "document": ("issuer",)}
    return rows.select_related(*needed[kind])


def file_of_unit(unit: str) -> int:
    """Index anew what is found by the unit's name; returns how many rows that were."""
    count = 0
    for kind, field in (("task", "owner"), ("record", "org"), ("petition", "org"), ("document", "issuer")):
        model, _ = KINDS[kind]
        rows = list(whole(model._base_manager.filter(**{field: unit}), kind))
        file(rows)
        count += len(rows)
    return count


def stale() -> Iterator[str]:
    """`kind/id` of every entry that says something else than its row. A row without an entry is filed by the worker; an entry without a row
    finds nothing."""
    for kind, (model, _) in KINDS.items():
        held = dict(SearchEntry.objects.filter(kind=kind).values_list("row", "text").iterator())
        for row in whole(model._base_manager.all(), kind).order_by("pk").iterator(chunk_size=500):
            if held.get(str(row.pk), text := folded(text_of(row))) != text:
                yield f"{kind}/{row.pk}"


def file_missing(most: int = 500) -> int:
    """Index some of what is missing; returns how many rows that were."""
    rows = [row for row, _ in zip(missing(), range(most), strict=False)]
    with transaction.atomic():
        file(rows)
    return len(rows)


# Asking -------------------------------------------------------------------------------------------------------------------------


def matching(rows: QuerySet[Any], question: str, kind: str) -> QuerySet[Any]:
    """Those of the rows that hold every word of the question; all of them when nothing was asked, none when what was asked holds no word.
    What is in few entries is looked up there; what is in many is asked of each row, so that a page of a long list ends early."""
    if not question.strip():
        return rows
    words = words_of(question)
    if not words:
        return rows.none()
    found = _few(words, kind)
    return rows.filter(pk__in=found) if found is not None else rows.filter(_held_by_row(words, kind, rows.model._meta.db_table))


def is_common(question: str, kind: str = "task") -> bool:
    """Whether more entries hold the words than are looked up at once."""
    words = words_of(question)
    return bool(words) and _few(words, kind) is None


def _few(words: tuple[str, ...], kind: str) -> list[str] | None:
    """Ids of the rows that hold the words, None for more than FEW."""
    (first, *further), texts = _conditions(words, kind)
    where, given = [f"g.pair {first[0]}"], [*first[1]]
    for condition, values in further:
        where.append(f"EXISTS (SELECT 1 FROM {_PAIR} h WHERE h.pair {condition} AND h.number = g.number)")
        given += values
    where += ["e.text LIKE %s"] * len(texts)
    sql = f"SELECT DISTINCT e.row FROM {_PAIR} g JOIN {_ENTRY} e ON e.number = g.number WHERE {' AND '.join(where)} LIMIT {FEW + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*given, *texts])
        found = [row for (row,) in cursor.fetchall()]
    return found if len(found) <= FEW else None


def _held_by_row(words: tuple[str, ...], kind: str, table: str) -> RawSQL:
    """The same as a condition on each row of the table."""
    pairs_held, texts = _conditions(words, kind)
    where, given = ["e.kind = %s", f"e.row = {table}.id"], [kind]
    for condition, values in pairs_held:
        where.append(f"EXISTS (SELECT 1 FROM {_PAIR} h WHERE h.pair {condition} AND h.number = e.number)")
        given += [*values]
    where += ["e.text LIKE %s"] * len(texts)
    return RawSQL(f"EXISTS (SELECT 1 FROM {_ENTRY} e WHERE {' AND '.join(where)})", [*given, *texts], output_field=BooleanField())


def _conditions(words: tuple[str, ...], kind: str) -> tuple[list[tuple[str, tuple[int, ...]]], list[str]]:
    """(conditions on pairs, rarest first, each with its values; patterns that the text must hold besides)."""
    code = KINDS[kind][1]
    asked = {pair for word in words if len(word) > 1 for pair in pairs_asked(word, code)[:_MOST_PAIRS]}
    held: list[tuple[str, tuple[int, ...]]] = [("= %s", (pair,)) for pair in sorted(asked, key=lambda pair: (_count(pair), pair))]
    held += [("BETWEEN %s AND %s", pairs_beginning(word, code)) for word in words if len(word) == 1]
    return held, [f"%{word}%" for word in words if len(word) > 2]  # a word holds letters and digits only, so no wildcard


def _count(pair: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM (SELECT 1 FROM {_PAIR} WHERE pair = %s LIMIT {FEW}) AS counted", [pair])
        return int(cursor.fetchone()[0])
