"""Queries of the register room: the rows that one person may read, by kind, a page at a time; numbers of documents; who was where on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from xiaohao.dossier.document import Document as Paper
from xiaohao.dossier.record import Record as Row
from xiaohao.kernel.roles import Actor
from xiaohao.records.models import Document, Record
from xiaohao.records.worklist import visible_to
from xiaohao.screening.document_number import read_number

#: Rows of one page of a register.
PAGE_SIZE = 50
#: Between the two halves of a page's cursor; never part of a date or an id.
_BETWEEN = "~"
#: Complaints of residents are a room of their own.
_ELSEWHERE = ("objection",)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page of a register is narrowed to; empty means everything. `since` and `until` are ISO dates of what the rows say."""

    kind: str = ""
    words: str = ""
    task: str = ""
    since: str = ""
    until: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Rows with the address of a task through which they may be read, and the cursor of the next page ("" for the last)."""

    rows: tuple[tuple[Record, str], ...]
    after: str


def standing(rows: QuerySet[Record] | None = None) -> QuerySet[Record]:
    """The rows that count: of a corrected row the newest version, of a withdrawn one nothing."""
    found = Record.objects.all() if rows is None else rows
    return found.exclude(pk__in=Record.objects.exclude(replaces="").values("replaces")).exclude(more__has_key="x-withdrawn")


def rows_for(actor: Actor, filters: Filters) -> QuerySet[Record]:
    """The standing rows of tasks that this person may read, narrowed."""
    tasks = visible_to(actor).order_by()
    if filters.task:
        tasks = tasks.filter(address=filters.task)
    found = standing().exclude(type__in=_ELSEWHERE).filter(pk__in=Record.on_tasks.through.objects.filter(task__in=tasks).values("record"))
    if filters.kind:
        found = found.filter(type=filters.kind)
    if filters.since:
        found = found.filter(date__gte=filters.since)
    if filters.until:
        found = found.filter(date__lte=f"{filters.until}~")  # a day with its hour still belongs to the day
    if filters.mine:
        found = found.filter(org=actor.org)
    for word in filters.words.split()[:5]:
        found = found.filter(Q(more__title__icontains=word) | Q(more__text__icontains=word) | Q(org__name__icontains=word))
    return found


def counts_by_kind(actor: Actor, filters: Filters) -> Mapping[str, int]:
    """Rows of each kind under the other filters."""
    every = Filters(words=filters.words, task=filters.task, since=filters.since, until=filters.until, mine=filters.mine)
    return dict(rows_for(actor, every).order_by().values_list("type").annotate(Count("pk")))


def counts_by_task(actor: Actor, filters: Filters) -> tuple[tuple[str, str, int], ...]:
    """(address, title, rows) of the tasks that the rows serve, most rows first; a row of two tasks counts for both."""
    seen = visible_to(actor).order_by()
    links = Record.on_tasks.through.objects.filter(record__in=rows_for(actor, filters), task__in=seen)
    found = links.values_list("task__address", "task__title").annotate(rows=Count("pk")).order_by("-rows", "task__address")
    return tuple((address, title, rows) for address, title, rows in found)


def page_of(actor: Actor, filters: Filters, *, after: str = "", size: int = PAGE_SIZE) -> RegisterPage:
    """The page that begins after the cursor, newest first. A malformed cursor begins at the beginning."""
    found = rows_for(actor, filters).select_related("org").order_by("-date", "-pk")
    date, between, pk = after.partition(_BETWEEN)
    if between:
        found = found.filter(Q(date__lt=date) | Q(date=date, pk__lt=pk))
    rows = list(found[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    through = readable_through(actor, rows[:size])
    return RegisterPage(tuple((row, through[row.pk]) for row in rows[:size]), f"{last.date}{_BETWEEN}{last.pk}" if last else "")


def readable_through(actor: Actor, rows: Sequence[Record] | Sequence[Document]) -> dict[str, str]:
    """Row id → address of a task through which this person may read it."""
    if not rows:
        return {}
    model, name = type(rows[0]), "record" if isinstance(rows[0], Record) else "document"
    links = model.on_tasks.through.objects.filter(**{f"{name}__in": [row.pk for row in rows]}, task__in=visible_to(actor).order_by())
    return dict(links.order_by("-task__address").values_list(f"{name}_id", "task__address"))


def versions_of(record: str) -> tuple[Record, ...]:
    """Every version of a row, oldest first: what it corrects and what corrects it."""
    first, seen = record, set[str]()
    while (row := Record.objects.filter(pk=first).first()) and row.replaces and first not in seen:
        seen.add(first)
        first = row.replaces
    found, ids = [], [first]
    while ids:
        rows = list(Record.objects.filter(pk__in=ids).select_related("recorded_by"))
        found += rows
        ids = list(Record.objects.filter(replaces__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return tuple(found)


def rows_on(day: str, people: Iterable[str]) -> tuple[tuple[Row, str], ...]:
    """Standing rows of any task on that ISO day that name one of the people, each with one task's id ("" for none)."""
    wanted = set(people)
    found = standing(Record.objects.filter(date__startswith=day[:10])).prefetch_related("on_tasks") if len(day) >= 10 and wanted else ()
    return tuple(
        (row.thing(), next((task.pk for task in row.on_tasks.all()), "")) for row in found if wanted & set(row.more.get("people", ()))
    )


# Documents ----------------------------------------------------------------------------------------------------------------------


def papers_for(actor: Actor) -> QuerySet[Document]:
    """Documents of tasks that this person may read, and those addressed to their unit."""
    on_tasks = Document.on_tasks.through.objects.filter(task__in=visible_to(actor).order_by()).values("document")
    addressed = Q(more__recipients__icontains=f'"{actor.org}"')
    return Document.objects.filter(Q(pk__in=on_tasks) | addressed).select_related("issuer").order_by("-date", "pk")


def papers_of_year(actor: Actor, year: int) -> tuple[Paper, ...]:
    """The documents whose number holds that year."""
    return tuple(row.thing() for row in papers_for(actor).filter(number__contains=str(year)))


def number_years(actor: Actor) -> tuple[int, ...]:
    """Years that the numbers of documents name, newest first."""
    numbers = papers_for(actor).exclude(number="").order_by().values_list("number", flat=True).distinct()
    return tuple(sorted({read.year for number in numbers if (read := read_number(number))}, reverse=True))


def papers_issued_by(org: str, year: int) -> tuple[Paper, ...]:
    """Every document of that issuer with the year in its number, whoever may read it: a number is given once."""
    return tuple(row.thing() for row in Document.objects.filter(issuer=org, number__contains=str(year)))


def to_book_in(actor: Actor) -> tuple[Document, ...]:
    """Documents addressed to this person's unit that it has not booked in."""
    found = Document.objects.filter(more__recipients__icontains=f'"{actor.org}"').select_related("issuer").order_by("-date", "pk")
    return tuple(row for row in found if all(receipt["org"] != actor.org for receipt in row.more.get("receipts", ())))
