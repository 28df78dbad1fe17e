"""Accounts as the sign-in page and the administrators need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

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


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the administrators' list: whether it is locked now, has a second factor, and which roles wait for consent."""

    account: Account
    locked_until: datetime | None
    has_factor: bool
    waiting: tuple[str, ...] | None

    @property
    def without_password(self) -> bool:
        """Whether the account is in use and has no password: never entered, reset, of the demonstration, or for unified sign-in alone."""
        return self.account.is_active and not self.locked_until and not self.account.has_usable_password()

    @property
    def state(self) -> str:
        """closed, locked, invited (nobody has entered it yet) or open. Who came in without a password (unified sign-in) has entered it."""
        if not self.account.is_active:
            return "closed"
        if self.locked_until:
            return "locked"
        return "open" if self.account.has_usable_password() or self.account.last_login else "invited"


def account_lines(*, words: str = "", state: str = "", at: datetime) -> tuple[AccountLine, ...]:
    """Accounts whose person, unit or user name holds all of the words, by unit; in one state where it is given. In four queries."""
    rows = Account.objects.select_related("person__org", "lock").order_by("person__org__path", "username")
    for word in words.split()[:5]:
        rows = rows.filter(Q(username__icontains=word) | Q(person__name__icontains=word) | Q(person__org__name__icontains=word))
    lines = (account_line(row, at) for row in rows.prefetch_related("second_factors", "role_requests"))
    return tuple(line for line in lines if state in ("", line.state))


def account_line(row: Account, at: datetime) -> AccountLine:
    """One of them."""
    lock = getattr(row, "lock", None)
    waiting = [request for request in row.role_requests.all() if request.granted is None]
    return AccountLine(
        row,
        lock.until if lock and lock.until and lock.until > at else None,
        bool(row.second_factors.all()),
        tuple(waiting[-1].roles) if waiting else None,
    )
