"""Queries of petitions: those a person may read, a page at a time; what an earlier one may have to do with it; what the public sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from xiaohao.dossier import Dossier
from xiaohao.evidence.petition_number import bare_number
from xiaohao.evidence.petition_rates import Rates, rates_of
from xiaohao.kernel.roles import Actor
from xiaohao.records.models import Org, Petition, Place
from xiaohao.records.worklist import root_of, visible_to
from xiaohao.screening.checks.repeat import same_matter

PAGE_SIZE = 50
_BETWEEN = "~"
#: Earlier petitions that are compared with one: enough for a firm that is complained about every week of a year.
_MOST_COMPARED = 100


@dataclass(frozen=True, slots=True)
class PetitionFilters:
    """What the list is narrowed to; empty means everything."""

    words: str = ""
    batch: str = ""
    status: str = ""
    truth: str = ""


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """One page and the cursor of the next ("" for the last)."""

    rows: tuple[Petition, ...]
    after: str


def petitions_for(actor: Actor) -> QuerySet[Petition]:
    """Petitions that a unit of this person's subtree handles, and those of tasks that they may read."""
    root = root_of(actor.org)
    if root is None:
        return Petition.objects.none()
    return Petition.objects.filter(Q(org__path__startswith=root) | Q(task__in=visible_to(actor).order_by())).select_related(
        "org", "place", "task", "inspection"
    )


def open_for(actor: Actor) -> QuerySet[Petition]:
    """Those that this person's unit has still to handle."""
    return Petition.objects.filter(org=actor.org).exclude(status="done")


def narrowed(found: QuerySet[Petition], filters: PetitionFilters) -> QuerySet[Petition]:
    """The petitions under the filters."""
    if filters.batch.isdecimal():
        found = found.filter(batch=int(filters.batch))
    if filters.status:
        found = found.filter(status=filters.status)
    if filters.truth:
        found = found.filter(truth=filters.truth)
    for word in filters.words.split()[:5]:
        own = Q(number__icontains=bare_number(word)) | Q(more__text__icontains=word) | Q(more__firm_name__icontains=word)
        found = found.filter(own | Q(more__address__icontains=word) | Q(place__name__icontains=word) | Q(org__name__icontains=word))
    return found


def page_of(found: QuerySet[Petition], *, after: str = "", size: int = PAGE_SIZE) -> PetitionPage:
    """The page that begins after the cursor, newest first."""
    ordered = found.order_by("-received", "-pk")
    received, between, pk = after.partition(_BETWEEN)
    if between:
        ordered = ordered.filter(Q(received__lt=received) | Q(received=received, pk__lt=pk))
    rows = list(ordered[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return PetitionPage(tuple(rows[:size]), f"{last.received}{_BETWEEN}{last.pk}" if last else "")


def rates_by_batch(found: QuerySet[Petition]) -> tuple[tuple[int | None, Rates], ...]:
    """The rates of every batch, the first one first, those without a batch last. A petition merged into another is that one's."""
    statuses: dict[int | None, list[str]] = {}
    for batch, status in found.filter(merged_into="").order_by().values_list("batch", "status"):
        statuses.setdefault(batch, []).append(status)
    return tuple((batch, rates_of(statuses[batch])) for batch in sorted(statuses, key=lambda one: (one is None, one or 0)))


def all_rates(found: QuerySet[Petition]) -> Rates:
    """The rates of all of them together."""
    return rates_of(found.filter(merged_into="").order_by().values_list("status", flat=True))


def same_as(petition: Petition) -> tuple[Petition, ...]:
    """Other petitions about the same matter, of any batch and round, newest first: same pollution at one place or of one firm."""
    near = Q(place=petition.place_id) if petition.place_id else Q(pk__in=())
    for name in ("address", "firm", "firm_name"):
        if value := petition.more.get(name):
            near |= Q(**{f"more__{name}": value})
    others = Petition.objects.filter(near).exclude(pk=petition.pk).select_related("org", "inspection", "task").order_by("-received")
    ledger = _ledger(others[:_MOST_COMPARED], petition)
    mine = petition.thing()
    return tuple(other for other in others[:_MOST_COMPARED] if same_matter(ledger, mine, other.thing()))


def _ledger(others: Iterable[Petition], petition: Petition) -> Dossier:
    """Enough of a dossier to compare firms: the places, after which firms are called, and the firms themselves."""
    firms = {one.more.get("firm") for one in (*others, petition)} - {None}
    orgs = tuple(org.thing() for org in Org.objects.filter(pk__in=firms))
    return Dossier(id="petitions", kind="ledger", made_at="", orgs=orgs, places=tuple(place.thing() for place in Place.objects.all()))


def known_numbers(inspection: str | None, numbers: Iterable[str]) -> frozenset[str]:
    """Which of the numbers are on file for that inspection, as they are compared."""
    wanted = {bare_number(number) for number in numbers}
    return frozenset(Petition.objects.filter(inspection=inspection, number__in=wanted).values_list("number", flat=True))


# What the public sees -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicPetition:
    """One line of the public table: the number, where, what kind, the summary and the answer that officials wrote for the public. No text of
    the petitioner is in it."""

    number: str
    batch: int | None
    received: str
    place: str
    pollution: tuple[str, ...]
    summary: str
    truth: str
    status: str
    handling: str
    unit: str


def public_petitions(batch: str = "") -> tuple[PublicPetition, ...]:
    """Petitions with a summary for the public, newest first."""
    found = Petition.objects.filter(more__has_key="x-public").select_related("org", "place").order_by("-received", "-pk")
    if batch.isdecimal():
        found = found.filter(batch=int(batch))
    return tuple(_public(row) for row in found if row.more["x-public"])


def public_rates(batch: str = "") -> Rates:
    """The rates of every petition on file, published or not: what is left unpublished must not improve them."""
    found = Petition.objects.filter(batch=int(batch)) if batch.isdecimal() else Petition.objects.all()
    return all_rates(found)


def public_batches() -> tuple[int, ...]:
    """Batches that have something public."""
    found = Petition.objects.filter(more__has_key="x-public").exclude(batch=None).order_by().values_list("batch", flat=True).distinct()
    return tuple(sorted({int(batch) for batch in found if batch is not None}))


def _public(row: Petition) -> PublicPetition:
    return PublicPetition(
        row.number, row.batch, row.received, row.place.name if row.place else "", tuple(row.more.get("pollution", ())),
        row.more["x-public"], row.truth, row.status, row.more.get("x-handling", ""), row.org.name,
    )  # fmt: skip
