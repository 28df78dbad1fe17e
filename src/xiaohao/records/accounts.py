"""Accounts as the sign-in page needs them."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.kernel.roles import Role
from xiaohao.records.models import Account


@dataclass(frozen=True, slots=True)
class DemoSeat:
    """One account that a visitor of the demonstration may take with one click."""

    username: str
    person: str
    post: str
    org: str
    roles: tuple[Role, ...]


def demo_seats() -> tuple[DemoSeat, ...]:
    """Every active account, by unit from the top of the tree. For the demonstration only: it holds no real people."""
    rows = Account.objects.filter(is_active=True).select_related("person__org").order_by("person__org__path", "username")
    return tuple(
        DemoSeat(
            row.username,
            row.person.name,
            row.person.post,
            row.person.org.name if row.person.org else "",
            tuple(Role(role) for role in row.roles),
        )
        for row in rows
    )


def demo_account(username: str) -> Account | None:
    """The active account of that name."""
    return Account.objects.filter(is_active=True, username=username).first()
