"""Accounts: opened by the system administrator, given roles by the security administrator, never both by one; and how people get into them.

Three administrators keep an installation, and each holds nothing beside their office: not a second office, not a role in cases, in no account of
theirs. The acts refuse it, the database's triggers refuse it, and the permission table admits nobody who had it all the same."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from xiaohao.acts._entry import COMMAND_LINE, append_entry
from xiaohao.acts.access_log import note
from xiaohao.acts.once import once
from xiaohao.acts.receipt import Receipt
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import ADMINISTRATORS, Actor, Role, may_lie_in_one_hand
from xiaohao.kernel.said import say
from xiaohao.records import models
from xiaohao.records.access_log import What

#: Bytes of an invitation's token: 256 bits, so that it need not be slow to hash.
_TOKEN = 32


def open_account(*, username: str, person: str, roles: Iterable[Role], password: str | None, email: str = "") -> models.Account:
    """Open an account with its roles at once, as the machine's own command line and the demonstration do; `email` is where its reminders go.
    Without a password nobody can sign in to it until an invitation is used. Raises Refused for roles that do not lie in one hand."""
    wanted = sorted(roles)
    must_lie_apart("open_account", person, wanted)
    return models.Account.objects.open(username=username, person_id=person, roles=wanted, password=password, email=email)


def enter_account(*, username: str, person: str, roles: Iterable[Role], email: str = "", at: datetime) -> models.Account:
    """Open an account with its roles from the machine's own command line, and say so in journal and access log. Raises Refused."""
    wanted = sorted(roles)
    with transaction.atomic():
        account = open_account(username=username, person=person, roles=wanted, password=None, email=email)
        append_entry(EntryType.ACT, step="open_account", by=COMMAND_LINE, at=at.replace(microsecond=0))
        note(What.ACCOUNT_OPENED, at=at, about=f"{username} {' '.join(wanted)}")
    return account


def appoint_administrators(*, persons: dict[Role, str], usernames: dict[Role, str], at: datetime) -> dict[Role, str]:
    """The first three administrators of an installation, from its own command line; returns a link's token for each. Raises Refused when there
    are some already (from then on they appoint each other, two by two), and when one person would be two of them."""
    if models.Account.objects.filter(_is_administrator(), is_active=True).exists():
        raise Refused("appoint", (_unmet("first_time", say("本系统已有三员"), say("请由系统管理员开立账号，安全管理员同意职责")),))
    if len(set(persons.values())) < len(ADMINISTRATORS):
        raise Refused("appoint", (_unmet("three_people", say("三员要由三个人担任"), say("请另选人员")),))
    with transaction.atomic():
        tokens = {}
        for role in sorted(ADMINISTRATORS):
            account = enter_account(username=usernames[role], person=persons[role], roles=[role], at=at)
            tokens[role] = invite(account=account, by=None, at=at)
    return tokens


def open_account_for(
    *, by: Actor, at: datetime, key: str, person: str, username: str, email: str, roles: Iterable[Role], reason: str = "", address: str = ""
) -> Receipt:
    """The system administrator opens an account without roles and asks for them; the security administrator decides. Raises Refused."""

    def write_it() -> dict[str, int]:
        must_be(Role.SYSTEM_ADMIN, by, "open_account")
        if models.Account.objects.filter(username__iexact=username).exists():
            raise Refused("open_account", (_unmet("username_free", say("用户名“{name}”已有人用", name=username), say("请另取一个")),))
        must_lie_apart("open_account", person, sorted(roles))
        account = models.Account.objects.open(username=username, person_id=person, roles=[], password=None, email=email)
        append_entry(EntryType.ACT, step="open_account", by=by, at=at.replace(microsecond=0))
        note(What.ACCOUNT_OPENED, at=at, account=account_of(by), about=username, address=address)
        _ask(account, sorted(roles), by, at, reason, address)
        return {"account": account.pk}

    return once("open_account", by, at, key, write_it)


def ask_for_roles(*, by: Actor, at: datetime, account: models.Account, roles: Iterable[Role], reason: str = "", address: str = "") -> None:
    """The system administrator asks that an account has these roles, no more and no less. Raises Refused."""
    must_be(Role.SYSTEM_ADMIN, by, "ask_for_roles")
    must_lie_apart("ask_for_roles", account.person_id, sorted(roles), beside=account)
    with transaction.atomic(durable=not settings.TESTING):
        models.RoleRequest.objects.filter(account=account, granted=None).delete()
        _ask(account, sorted(roles), by, at, reason, address)


def invite(*, account: models.Account, by: Actor | None, at: datetime, address: str = "") -> str:
    """A new link by which the account's person sets password and second factor; earlier ones end. Returns the token, which is kept nowhere.
    By the command line (`by` None), or by the system administrator while nobody can sign in to the account: one administrator alone cannot
    take over an account in use, for the security administrator must have reset it first. Raises Refused."""
    if by is not None:
        must_be(Role.SYSTEM_ADMIN, by, "invite")
        if account.has_usable_password():
            raise Refused("invite", (_unmet("reset_first", say("这个账号已经设了密码"), say("本人忘了密码的，请安全管理员先重置")),))
    token = secrets.token_urlsafe(_TOKEN)
    with transaction.atomic():
        account.invitations.filter(used_at=None).update(expires_at=at)
        models.Invitation.objects.create(
            account=account,
            digest=digest(token),
            made_by_id=by.person if by else None,
            made_at=at,
            expires_at=at + timedelta(days=settings.INVITATION_DAYS),
        )
        note(What.INVITED, at=at, account=account_of(by) if by else None, about=account.username, address=address)
    return token


def set_active(*, by: Actor, at: datetime, account: models.Account, active: bool, address: str = "") -> None:
    """The system administrator closes an account (its sessions end at once, its tokens for good) or opens it again. Raises Refused, also for one's own."""
    must_be(Role.SYSTEM_ADMIN, by, "close_account")
    if account.person_id == by.person:
        raise Refused("close_account", (_unmet("other_person", say("不能停用自己的账号"), say("请另一位系统管理员办理")),))
    if active:
        must_lie_apart("close_account", account.person_id, account.roles, beside=account)
    with transaction.atomic(durable=not settings.TESTING):
        account.is_active = active
        account.save(update_fields=["is_active"])
        account.sessions.all().delete()
        account.tokens.filter(ended_at=None).update(ended_at=at)
        append_entry(EntryType.ACT, step="reopen_account" if active else "close_account", by=by, at=at.replace(microsecond=0))
        what = What.ACCOUNT_REOPENED if active else What.ACCOUNT_CLOSED
        note(what, at=at, account=account_of(by), about=account.username, address=address)


def set_unified_id(*, by: Actor, at: datetime, account: models.Account, unified_id: str, address: str = "") -> None:
    """The system administrator writes down under what name the unified sign-in knows this person; "" for none. Raises Refused."""
    must_be(Role.SYSTEM_ADMIN, by, "unified_id")
    if unified_id and models.Account.objects.filter(unified_id=unified_id).exclude(pk=account.pk).exists():
        raise Refused("unified_id", (_unmet("unified_free", say("这个统一身份已登记在另一个账号上"), say("请核对")),))
    with transaction.atomic(durable=not settings.TESTING):
        account.unified_id = unified_id
        account.save(update_fields=["unified_id"])
        append_entry(EntryType.ACT, step="unified_id", by=by, at=at.replace(microsecond=0))
        note(What.UNIFIED_SET, at=at, account=account_of(by), about=account.username, address=address)


def must_lie_apart(act: str, person: str, roles: Iterable[str], *, beside: models.Account | None = None) -> None:
    """Raises Refused when these roles do not lie in one hand, or not beside those of the person's other accounts and posts."""
    wanted = set(roles)
    others = models.Account.objects.filter(person=person, is_active=True).exclude(pk=beside.pk if beside else 0)
    held = [set(one.roles) for one in others if one.roles]
    clash = not may_lie_in_one_hand(map(Role, wanted)) or any((one | wanted) & ADMINISTRATORS and one != wanted for one in held if wanted)
    if wanted & ADMINISTRATORS and not clash:
        terms = models.Term.objects.filter(person=person, end="").select_related("post")
        clash = any(term.post.thing().roles for term in terms)
    if clash:
        raise Refused(
            act,
            (
                Unmet(
                    gate="hands_apart",
                    fact=say("系统管理员、安全管理员、审计员互不兼任，也不兼任办理任务的职责"),
                    basis=say("三员分立（GB/T 22239-2019 8.1.5 安全管理中心）"),
                    way=say("请另选一人，或者先收回此人的其他职责"),
                    who=say("系统管理员"),
                ),
            ),
        )


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _ask(account: models.Account, roles: list[Role], by: Actor, at: datetime, reason: str, address: str) -> None:
    if sorted(account.roles) == roles:
        return
    models.RoleRequest.objects.create(account=account, roles=roles, asked_by_id=by.person, asked_at=at, reason=reason)
    about = f"{account.username} {' '.join(roles)}"
    note(What.ROLES_ASKED, at=at, account=account_of(by), about=about, address=address)


def must_be(role: Role, by: Actor, act: str) -> None:
    """Raises Refused for anybody but that administrator, and for one who holds something beside it."""
    if by.roles != {role}:
        words = say("系统管理员") if role is Role.SYSTEM_ADMIN else say("安全管理员")
        raise Refused(act, (_unmet("administrator", say("这件事由{who}办理", who=words), say("请{who}登录后办理", who=words)),))


def _unmet(gate: str, fact: str, way: str) -> Unmet:
    return Unmet(gate=gate, fact=fact, basis=say("系统、权限、审计由三个人分管，互不兼任"), way=way, who=say("系统管理员"))


def account_of(by: Actor) -> models.Account | None:
    """The account through which an administrator acts."""
    return models.Account.objects.filter(person=by.person, is_active=True).first()


def _is_administrator() -> Q:
    found = Q(pk__in=())
    for role in ADMINISTRATORS:
        found |= Q(roles=[role.value])
    return found
