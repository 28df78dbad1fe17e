"""Tokens by which other systems act for an account: made by its owner, ended by the owner or the security administrator."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts.access_log import note
from xiaohao.acts.accounts import account_of, digest, must_be
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import ADMINISTRATORS, Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.records.access_log import What
from xiaohao.records.models import Account, ApiToken
from xiaohao.records.tokens import BEGINS, LIFETIMES, MOST_TOKENS, Scope, working

#: Bytes of a token: 256 bits, so that it need not be slow to hash.
_BYTES = 32
#: A token's last use is written down once in so many seconds, so that reading does not mean writing each time.
_SEEN_EVERY = timedelta(seconds=60)


def make_token(*, account: Account, name: str, scopes: Iterable[Scope], days: int, at: datetime, address: str) -> tuple[ApiToken, str]:
    """A new token of the account for `days` (one of LIFETIMES); returns its row and the token itself, which is kept nowhere. Raises Refused for an
    administrator, for no scope, another lifetime, and past MOST_TOKENS."""
    wanted = sorted(set(scopes))
    if unmet := tuple(_unmet(account, wanted, days, at)):
        raise Refused("make_token", unmet)
    token = BEGINS + secrets.token_urlsafe(_BYTES)
    with transaction.atomic(durable=not settings.TESTING):
        row = ApiToken.objects.create(
            account=account, name=name, scopes=wanted, digest=digest(token), made_at=at, expires_at=at + timedelta(days=days)
        )
        note(What.TOKEN_MADE, at=at, account=account, about=f"{row.pk} {name} {' '.join(wanted)}", address=address)
    return row, token


def token_of(sent: str, *, at: datetime, address: str) -> ApiToken | None:
    """The working token that was sent, with its account; None for any other. Its first use on a day, and from another address than the last
    time, leaves a line in the access log."""
    row = ApiToken.objects.select_related("account__person__org").filter(working(at), digest=digest(sent), account__is_active=True).first()
    if row is None:
        return None
    before, known = row.used_at, row.used_from == address[:45]
    if before is not None and known and at - before < _SEEN_EVERY:
        return row
    with transaction.atomic():
        row.used_at, row.used_from = at, address[:45]
        row.save(update_fields=["used_at", "used_from"])
        if before is None or not known or before.astimezone(CST).date() != at.astimezone(CST).date():
            note(What.TOKEN_USED, at=at, account=row.account, about=f"{row.pk} {row.name}", address=address)
    return row


def end_token(*, account: Account, token: int, at: datetime, address: str) -> bool:
    """End a token of one's own. False when there is no such token that works."""
    with transaction.atomic(durable=not settings.TESTING):
        row = ApiToken.objects.select_for_update().filter(pk=token, account=account, ended_at=None).first()
        if row is None:
            return False
        _end(row, at)
        note(What.TOKEN_ENDED, at=at, account=account, about=f"{row.pk} {row.name}", address=address)
    return True


def end_anybodys_token(*, by: Actor, token: int, at: datetime, address: str) -> bool:
    """The security administrator ends a token of whoever it is. False when there is no such token that works. Raises Refused."""
    must_be(Role.SECURITY_ADMIN, by, "end_token")
    with transaction.atomic(durable=not settings.TESTING):
        row = ApiToken.objects.select_for_update(of=("self",)).select_related("account").filter(pk=token, ended_at=None).first()
        if row is None:
            return False
        _end(row, at)
        append_entry(EntryType.ACT, step="end_token", by=by, at=at.replace(microsecond=0))
        about = f"{row.account.username} {row.pk} {row.name}"
        note(What.TOKEN_ENDED, at=at, account=account_of(by), about=about, address=address)
    return True


def _end(row: ApiToken, at: datetime) -> None:
    row.ended_at = at
    row.save(update_fields=["ended_at"])


def _unmet(account: Account, scopes: list[Scope], days: int, at: datetime) -> Iterable[Unmet]:
    if not account.actor.roles - ADMINISTRATORS:
        yield _no(say("这个账号不办理任务"), say("接口只办任务上的事；请用办理任务的账号发令牌"))
    if not scopes:
        yield _no(say("没有选令牌能做什么"), say("请至少选一项"))
    if days not in LIFETIMES:
        yield _no(say("令牌最长有效一年"), say("请从列出的期限中选"))
    if account.tokens.filter(working(at)).count() >= MOST_TOKENS:
        yield _no(say("已有 {most} 个令牌在用", most=MOST_TOKENS), say("请先停用不用的令牌"))


def _no(fact: Said, way: Said) -> Unmet:
    basis = say("令牌只能做本人账号能做的事，到期自动失效")
    return Unmet(gate="token", fact=fact, basis=basis, way=way, who=say("本人"))
