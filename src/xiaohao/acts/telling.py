"""Telling people something once: a message has the id of what it says to whom, so saying it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from xiaohao.acts.ids import id_from
from xiaohao.kernel.roles import Role
from xiaohao.kernel.said import Said, said_to_json
from xiaohao.records.models import Account, Message


def people_of(units: Iterable[str | None], *roles: Role) -> set[str]:
    """Persons of these units whose active account has one of the roles."""
    accounts = Account.objects.filter(person__org__in=[unit for unit in units if unit], is_active=True)
    return {account.person_id for account in accounts if {*account.roles} & {*roles}}


def tell(people: Iterable[str], kind: str, about: str, words: Said, at: datetime, *, once: str = "") -> int:
    """Leave the message for those who have not had it; returns for how many. `about` says which page it leads to (records.reminded); `once` is
    what makes it another one, such as the due day, where `about` alone does not."""
    rows = [
        Message(
            id=id_from("msg", kind, about, person, *([once] if once else [])),
            person_id=person,
            kind=kind,
            about=about,
            sentence=said_to_json(words),
            made_at=at,
        )
        for person in sorted(people)
    ]
    known = set(Message.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    Message.objects.bulk_create([row for row in rows if row.pk not in known], ignore_conflicts=True)
    return len(rows) - len(known)
