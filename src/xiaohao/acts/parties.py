"""Entering units, people, places and accounts: the ground on which everything else stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.kernel.roles import Role
from xiaohao.records import models, write


def enter_places(places: Iterable[Place]) -> None:
    """Add places, parents before children."""
    with transaction.atomic():
        for place in places:
            write.add(place)


def enter_orgs(orgs: Iterable[Org]) -> None:
    """Add units, parents before children; the path in the tree follows from them."""
    with transaction.atomic():
        for org in orgs:
            parent = models.Org.objects.get(pk=org.parent) if org.parent else None
            write.add(org, path=write.path_of(org, parent))


def enter_people(people: Iterable[Person], *, staff_no: str) -> None:
    """Add people; `staff_no` is a pattern with `{n}` for the pseudonyms that stand for them in the journal."""
    with transaction.atomic():
        first = models.Person.objects.count() + 1
        for number, person in enumerate(people, first):
            write.add(person, staff_no=staff_no.format(n=number))


def open_account(*, username: str, person: str, roles: Iterable[Role], password: str | None) -> models.Account:
    """Open an account. Without a password nobody can sign in to it from outside."""
    return models.Account.objects.create(username=username, person_id=person, roles=sorted(roles), password=password)
