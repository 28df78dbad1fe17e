"""The index of statements in the database: written in the transaction that files a statement, asked which earlier ones it may be taken from.

A gram that stands in more statements than an official phrase may is read no further than that, so that a question costs the same however many
statements there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from xiaohao.dossier import Dossier
from xiaohao.dossier.statement import Statement as StatementThing
from xiaohao.kernel.arrays import np
from xiaohao.records.models import IndexedStatement, Statement, StatementGram
from xiaohao.screening.checks.txt_dup import WORN
from xiaohao.screening.copied.grams import Grams, Hashes, grams, sampled
from xiaohao.screening.copied.masked import Places, masked
from xiaohao.screening.copied.own_text import read_statement
from xiaohao.screening.copied.spread import MOST_TEXTS, MUCH_USED, Phrases, common_from, ranked, said_by_all

#: So many statements, the most touched first, are held side by side with a new one.
MOST_CANDIDATES = 12
#: Kinds of statements that are compared with everything ever submitted: what a unit says it has done, and how far it is.
COMPARED = ("completion", "progress")
#: Kinds that are kept to compare with: what was published, too. A notice repeats its task's account; what it adds is mostly its form.
INDEXED = (*COMPARED, "notice")

#: Grams asked for in one statement of SQL; SQLite allows 500 parts.
_AT_ONCE = 200
#: Of a text in everybody's words so many earliest statements of its unit with the same words are held side by side.
_FIRST_ONES = 3
#: Rows put in by one statement of SQL: half of the cost of a row is the call.
_ROWS = 32
_TABLE = StatementGram._meta.db_table
_ONE = f"SELECT gram, number FROM (SELECT gram, number FROM {_TABLE} WHERE gram = %s LIMIT {MOST_TEXTS + 1}) AS found"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Ids of `statements` worth holding side by side, the most touched first, and what the index knows to be nobody's own."""

    statements: tuple[str, ...]
    phrases: Phrases


def file(statement: StatementThing, dossier: Dossier) -> None:
    """Put a statement that has just been written into the index; other kinds are passed over. What its task has said before is not put in again: a
    gram speaks for a task once, however often it reports."""
    if statement.kind in INDEXED:
        before = list(IndexedStatement.objects.filter(statement__task=statement.task).values_list("number", flat=True))
        row = IndexedStatement.objects.create(statement_id=statement.id)
        hashes = np.unique(sampled(read_statement(dossier, statement).grams).hashes)
        insert(row.number, hashes[~np.isin(hashes, _said_by(before, hashes))] if before else hashes)


def _said_by(numbers: Sequence[int], hashes: Hashes) -> Hashes:
    """Which of these grams the statements of these numbers have."""
    found = StatementGram.objects.filter(gram__in=hashes.astype(np.int64).tolist(), number__in=numbers)
    return np.array(list(found.values_list("gram", flat=True)), dtype=np.uint64)


def insert(number: int, hashes: Hashes) -> None:
    """The postings of one statement."""
    insert_many([(number, hashes)])


def insert_many(statements: Sequence[tuple[int, Hashes]]) -> None:
    """The postings of (number, grams) of several statements."""
    insert_postings(
        np.concatenate([hashes for _, hashes in statements]),
        np.repeat([number for number, _ in statements], [len(h) for _, h in statements]),
    )


def insert_postings(hashes: Hashes, numbers: Places) -> None:
    """Postings (gram, number), in the order of the table and each once: a long run of them costs a fifth of single ones."""
    order = np.lexsort((numbers, hashes))
    grams_, owners = hashes[order].astype(np.int64), numbers[order]
    once = np.ones(len(grams_), dtype=bool)
    once[1:] = (grams_[1:] != grams_[:-1]) | (owners[1:] != owners[:-1])
    rows = np.stack((grams_[once], owners[once]), axis=1).reshape(-1).tolist()
    whole = len(rows) - len(rows) % (2 * _ROWS)
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(_ROWS), [rows[n : n + 2 * _ROWS] for n in range(0, whole, 2 * _ROWS)])
        cursor.executemany(_insertion(1), [rows[n : n + 2] for n in range(whole, len(rows), 2)])


def _insertion(rows: int) -> str:
    return f"INSERT INTO {_TABLE} (gram, number) VALUES {', '.join(['(%s, %s)'] * rows)}"


def missing() -> Iterator[str]:
    """Ids of the statements that the index does not know: those filed before there was one, or after it was lost."""
    yield from Statement.objects.filter(kind__in=INDEXED, indexed=None).order_by("pk").values_list("pk", flat=True)


def candidates(statement: StatementThing, dossier: Dossier) -> Candidates:
    """Earlier statements of other tasks that touch many sentences of this one, in every unit, year and round."""
    found = sampled(read_statement(dossier, statement).grams)
    own = IndexedStatement.objects.filter(statement__task=statement.task).values_list("number", flat=True)
    spreads, common, much_used = touched(found, frozenset(own))
    touching = [number for number, spread in spreads if spread][:MOST_CANDIDATES]
    numbers = touching + _of_its_unit(statement, [number for number, spread in spreads if not spread])
    known = dict(IndexedStatement.objects.filter(number__in=numbers).values_list("number", "statement_id"))
    return Candidates(
        tuple(known[number] for number in numbers if number in known),
        Phrases(_grams_of(statement.text, common), _grams_of(statement.text, much_used)),
    )


def _of_its_unit(statement: StatementThing, numbers: Sequence[int]) -> list[int]:
    """The earliest of these that the same unit wrote: what others say in the same words was handed down to them as well."""
    own = IndexedStatement.objects.filter(number__in=numbers, statement__author=statement.author)
    return list(own.order_by("number").values_list("number", flat=True)[:_FIRST_ONES])


def touched(query: Grams, own: frozenset[int] = frozenset()) -> tuple[list[tuple[int, float]], list[int], list[int]]:
    """((number, spread) of the statements that touch the query, widest first, without its `own`; numbers of its sentences that are
    everybody's; and of those that are much used)."""
    postings = _postings(query.hashes)
    last = IndexedStatement.objects.order_by("-number").values_list("number", flat=True).first() or 0
    most = common_from(last)
    common = said_by_all(query, postings, most)
    everybodys = np.isin(query.sentence, common)
    rare = {gram: [one for one in texts if one not in own] for gram, texts in postings.items() if len(texts) <= most}
    spreads = ranked(query.where(~everybodys), rare)
    if len(common) >= WORN * max(1, len(np.unique(query.sentence))):
        spreads += _first_with_the_same(query, postings, own)
    return spreads, common.tolist(), said_by_all(query, postings, min(most, MUCH_USED + 1)).tolist()


def _first_with_the_same(query: Grams, postings: Mapping[int, Sequence[int]], own: frozenset[int]) -> list[tuple[int, float]]:
    """The statements (spread 0) that hold most of a text whose words look like everybody's: it may be one unit's account of all its tasks,
    which the check tells from words handed down."""
    every = Counter(one for gram in query.hashes.tolist() for one in postings.get(gram, ()) if one not in own)
    return [(number, 0.0) for number, times in sorted(every.items()) if times >= WORN * len(query)]


def _postings(hashes: Hashes) -> dict[int, list[int]]:
    """The statements of each gram, at most one more than an official phrase may have."""
    wanted = np.unique(hashes).tolist()
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            cursor.execute(" UNION ALL ".join([_ONE] * len(some)), some)
            for gram, number in cursor.fetchall():
                found.setdefault(gram, []).append(number)
    return found


def _grams_of(text: str, sentences: Iterable[int]) -> Hashes:
    """Every gram of these sentences, sorted."""
    every = grams(masked(text))
    return np.unique(every.hashes[np.isin(every.sentence, list(sentences))])
