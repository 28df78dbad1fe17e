"""What an account may do changes only when a second person agrees: one asks, the security administrator decides, never on a request of their own."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts.access_log import note
from xiaohao.acts.accounts import must_lie_apart
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import say
from xiaohao.records import models
from xiaohao.records.access_log import What


def decide_role_request(*, by: Actor, at: datetime, request: int, granted: bool, address: str = "") -> bool:
    """Grant or decline, once; whether it was granted. A request that is decided already keeps its decision. Sessions of the account end, so
    that nobody goes on with what they had. Raises Refused for anybody but a security administrator, for the one who asked or would get the
    roles, and for roles that do not lie in one hand."""
    with transaction.atomic(durable=not settings.TESTING):
        row = models.RoleRequest.objects.select_for_update(of=("self",)).select_related("account").get(pk=request)
        if by.roles != {Role.SECURITY_ADMIN} or by.person in (row.asked_by_id, row.account.person_id):
            raise Refused("grant_roles", (_second_person(),))
        if row.granted is None:
            if granted:
                must_lie_apart("grant_roles", row.account.person_id, row.roles, beside=row.account)
                row.account.roles = row.roles
                row.account.save()
                row.account.sessions.all().delete()
            row.decided_by_id, row.decided_at, row.granted = by.person, at, granted
            row.save()
            append_entry(EntryType.ACT, step="grant_roles" if granted else "decline_roles", by=by, at=at.replace(microsecond=0))
            who = models.Account.objects.filter(person=by.person, is_active=True).first()
            about = f"{row.account.username} {' '.join(row.roles)}"
            note(What.ROLES_GRANTED if granted else What.ROLES_DECLINED, at=at, account=who, about=about, address=address)
        return bool(row.granted)


def _second_person() -> Unmet:
    return Unmet(
        gate="second_person",
        fact=say("职责的变动由提出人以外的安全管理员确认"),
        basis=say("职责变动须两人办理，提出的人不能自己确认"),
        way=say("请另一位安全管理员登录后办理"),
        who=say("安全管理员"),
    )
