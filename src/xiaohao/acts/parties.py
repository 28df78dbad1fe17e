"""Entering units, people, places and accounts: the ground on which everything else stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from xiaohao.acts._entry import COMMAND_LINE, append_entry
from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.codes import is_credit_code, is_region_code
from xiaohao.kernel.said import say
from xiaohao.records import models, write

Thing = TypeVar("Thing")
Branch = TypeVar("Branch", Place, Org)


def enter_places(places: Iterable[Place], *, at: datetime) -> None:
    """Add places, parents before children."""
    with transaction.atomic():
        rows = [write.add(place) for place in places]
        append_entry(EntryType.ACT, step="enter_places", by=COMMAND_LINE, at=at, rows=rows)


def enter_orgs(orgs: Iterable[Org], *, at: datetime) -> None:
    """Add units, parents before children; the path in the tree follows from them. Raises ValueError for a region code or a unified social
    credit code (x-region-code, x-credit-code) that cannot be one."""
    with transaction.atomic():
        rows = [_enter_org(org) for org in orgs]
        append_entry(EntryType.ACT, step="enter_orgs", by=COMMAND_LINE, at=at, rows=rows)


def enter_people(people: Iterable[Person], *, staff_no: str, at: datetime) -> None:
    """Add people; `staff_no` is a pattern with `{n}` for the pseudonyms that stand for them in the journal."""
    with transaction.atomic():
        first = models.Person.objects.count() + 1
        rows = [write.add(person, staff_no=staff_no.format(n=number)) for number, person in enumerate(people, first)]
        append_entry(EntryType.ACT, step="enter_people", by=COMMAND_LINE, at=at, rows=rows)


def register(*, places: Iterable[Place], orgs: Iterable[Org], people: Iterable[Person], at: datetime) -> int:
    """Enter what is not there yet, in whatever order it was written; returns how many. Raises LookupError for a unit or place under one
    that nobody knows."""
    with transaction.atomic():
        new_places = _parents_first(places, set(models.Place.objects.values_list("pk", flat=True)))
        new_orgs = _parents_first(orgs, set(models.Org.objects.values_list("pk", flat=True)))
        known = set(models.Person.objects.values_list("pk", flat=True))
        new_people = [person for person in people if person.id not in known]
        if new_places:
            enter_places(new_places, at=at)
        if new_orgs:
            enter_orgs(new_orgs, at=at)
        if new_people:
            enter_people(new_people, staff_no="{n:05}", at=at)
    return len(new_places) + len(new_orgs) + len(new_people)


def _parents_first(things: Iterable[Branch], known: set[str]) -> list[Branch]:
    """Those that are not known, each after the one it is under."""
    waiting, ordered, there = [thing for thing in things if thing.id not in known], list[Branch](), {None, *known}
    while waiting:
        ready = [thing for thing in waiting if thing.parent in there]
        if not ready:
            raise LookupError("、".join(thing.id for thing in waiting))
        ordered += ready
        there |= {thing.id for thing in ready}
        waiting = [thing for thing in waiting if thing.id not in there]
    return ordered


def _enter_org(org: Org) -> models.Org:
    for name, is_one, words in (
        ("x-region-code", is_region_code, say("行政区划代码")),
        ("x-credit-code", is_credit_code, say("统一社会信用代码")),
    ):
        code = dict(org.unknown).get(name)
        if code is not None and not is_one(str(code)):
            raise ValueError(say("{unit}的{name}“{code}”不对，请核对", unit=org.name, name=words, code=code))
    parent = models.Org.objects.get(pk=org.parent) if org.parent else None
    row = write.add(org, path=write.path_of(org, parent))
    assert isinstance(row, models.Org)
    return row
