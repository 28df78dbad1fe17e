"""Entering units, people, places and accounts: the ground on which everything else stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xiaohao.acts._entry import COMMAND_LINE, append_entry
from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.roles import Role
from xiaohao.records import models, write


def enter_places(places: Iterable[Place], *, at: datetime) -> None:
    """Add places, parents before children."""
    with transaction.atomic():
        rows = [write.add(place) for place in places]
        append_entry(EntryType.ACT, step="enter_places", by=COMMAND_LINE, at=at, rows=rows)


def enter_orgs(orgs: Iterable[Org], *, at: datetime) -> None:
    """Add units, parents before children; the path in the tree follows from them."""
    with transaction.atomic():
        rows = [_enter_org(org) for org in orgs]
        append_entry(EntryType.ACT, step="enter_orgs", by=COMMAND_LINE, at=at, rows=rows)


def enter_people(people: Iterable[Person], *, staff_no: str, at: datetime) -> None:
    """Add people; `staff_no` is a pattern with `{n}` for the pseudonyms that stand for them in the journal."""
    with transaction.atomic():
        first = models.Person.objects.count() + 1
        rows = [write.add(person, staff_no=staff_no.format(n=number)) for number, person in enumerate(people, first)]
        append_entry(EntryType.ACT, step="enter_people", by=COMMAND_LINE, at=at, rows=rows)


def open_account(*, username: str, person: str, roles: Iterable[Role], password: str | None) -> models.Account:
    """Open an account. Without a password nobody can sign in to it from outside."""
    return models.Account.objects.open(username=username, person_id=person, roles=sorted(roles), password=password)


def _enter_org(org: Org) -> models.Org:
    parent = models.Org.objects.get(pk=org.parent) if org.parent else None
    row = write.add(org, path=write.path_of(org, parent))
    assert isinstance(row, models.Org)
    return row
