"""Coming in: the password, the lock after failures, the invitation by which somebody sets a password, and what ends sessions."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts.access_log import note
from xiaohao.acts.accounts import account_of, digest, must_be
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records.access_log import Result, What
from xiaohao.records.models import Account, Invitation, SignedIn, SignInLock


class Locked(Exception):  # noqa: N818 - an answer to the person at the door, not an error
    """Too many failures under this user name. `until` is when it opens by itself."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def by_password(*, username: str, password: str, at: datetime, address: str) -> Account | None:
    """The account that this password opens, None for a wrong one. Raises Locked, for a name that nobody has as well."""
    name = _name_of(username)
    _must_be_open(name, at)
    account = authenticate(None, username=username, password=password)
    if isinstance(account, Account):
        return account
    failed(username=username, at=at, address=address)
    return None


def failed(*, username: str, at: datetime, address: str) -> None:
    """Count a failure (a wrong password, a wrong code) under this user name, and lock it after too many. Raises Locked when this one locks."""
    account = Account.objects.filter(username=username).first()
    with transaction.atomic():
        row, _ = SignInLock.objects.select_for_update().get_or_create(name=_name_of(username), defaults={"account": account, "last_at": at})
        row.failures = 1 if row.until else row.failures + 1  # an earlier lock has run out: counting begins anew
        row.last_at, row.until = at, None
        if row.failures >= settings.LOCK_AFTER:
            row.until = at + timedelta(minutes=settings.LOCK_MINUTES)
        row.save()
        note(What.SIGN_IN, at=at, account=account, result=Result.LOCKED if row.until else Result.FAILED, address=address)
    if row.until:
        raise Locked(row.until)


def must_be_open(account: Account, at: datetime) -> None:
    """Raises Locked while the account's name is locked."""
    _must_be_open(_name_of(account.username), at)


def came_in(*, account: Account, at: datetime, address: str, about: str = "") -> None:
    """Somebody has signed in: earlier failures are forgotten, the log says so."""
    SignInLock.objects.filter(name=_name_of(account.username)).delete()
    note(What.SIGN_IN, at=at, account=account, about=about, address=address)


def unlock(*, by: Actor, at: datetime, account: Account, address: str = "") -> None:
    """The security administrator lets somebody try again. Raises Refused."""
    must_be(Role.SECURITY_ADMIN, by, "unlock_account")
    with transaction.atomic(durable=not settings.TESTING):
        SignInLock.objects.filter(name=_name_of(account.username)).delete()
        append_entry(EntryType.ACT, step="unlock_account", by=by, at=at.replace(microsecond=0))
        note(What.UNLOCKED, at=at, account=account_of(by), about=account.username, address=address)


def invitation(token: str, at: datetime) -> Invitation | None:
    """The invitation of that token, None for one that is used, over or unknown."""
    row = Invitation.objects.select_related("account__person__org").filter(digest=digest(token), used_at=None, expires_at__gt=at).first()
    return row if row and row.account.is_active else None


def join(*, token: str, password: str, at: datetime, address: str) -> Account | None:
    """Set the password by an invitation, once; whatever second factor the account had is gone, for a new one is set next. None when the
    invitation does not work (any more)."""
    with transaction.atomic(durable=not settings.TESTING):
        row = invitation(token, at)
        if row is None or not Invitation.objects.filter(pk=row.pk, used_at=None).update(used_at=at):
            return None
        account = row.account
        account.second_factors.all().delete()
        account.recovery_codes.all().delete()
        account.sessions.all().delete()
        account.set_password(password)
        account.save(update_fields=["password"])
        SignInLock.objects.filter(name=_name_of(account.username)).delete()
        note(What.JOINED, at=at, account=account, address=address)
    return account


def set_password(*, account: Account, password: str, at: datetime, address: str) -> None:
    """A new password of one's own; every other session ends by it (Django binds sessions to the password)."""
    with transaction.atomic(durable=not settings.TESTING):
        account.set_password(password)
        account.save(update_fields=["password"])
        note(What.PASSWORD_SET, at=at, account=account, address=address)


def end_sessions(*, account: Account, keys: list[str], by: Account, at: datetime, address: str) -> int:
    """End these sessions of the account; returns how many there were."""
    with transaction.atomic(durable=not settings.TESTING):
        ended, _ = SignedIn.objects.filter(account=account, session_key__in=keys).delete()
        if ended:
            note(What.SESSION_ENDED, at=at, account=by, about=f"{account.username} {ended}", address=address)
    return ended


def _must_be_open(name: str, at: datetime) -> None:
    row = SignInLock.objects.filter(name=name, until__gt=at).first()
    if row is not None and row.until is not None:
        raise Locked(row.until)


def _name_of(username: str) -> str:
    """A keyed hash: what is typed as a user name is sometimes a password."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"sign-in " + username.strip().lower().encode(), "sha256").hex()
