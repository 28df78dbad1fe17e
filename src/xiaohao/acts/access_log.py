"""Writing the access log 审计日志: one line for each thing that somebody did to come in, to see personal data, to carry data away or to change
rights; and the journal's commitment to it, once a day."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from xiaohao.acts._entry import append_entry
from xiaohao.journal.entry import ActedBy, EntryType
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.records.access_log import NOTHING_BEFORE, Result, What, digest_of
from xiaohao.records.models import AccessEvent, Account, Commitment

#: Who seals: the installation, with nobody at it.
ITSELF = ActedBy(role=Role.SYSTEM_ADMIN, staff="0", unit="本系统")
#: Key of the PostgreSQL advisory lock that keeps the chain in one line; taken after the journal's where both are. Any constant will do.
_LOG_LOCK = 0x78696C67
#: Control characters a header or a form could carry into a log; none of them is part of a word.
_CONTROL = dict.fromkeys([*range(32), 127])


def note(
    what: What, *, at: datetime, account: Account | None = None, result: Result = Result.DONE, about: str = "", address: str = ""
) -> AccessEvent:
    """Add a line and return it. `about` names the thing (an account, a task), never a password nor what was typed into a failed sign-in."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])
        last = AccessEvent.objects.order_by("-number").first()
        row = AccessEvent(
            number=last.number + 1 if last else 0,
            at=at.replace(microsecond=0),
            what=what.value,
            result=result.value,
            account=account,
            about=about.translate(_CONTROL)[:200],
            address=address.translate(_CONTROL)[:45],
            previous=last.digest if last else NOTHING_BEFORE,
        )
        row.digest = digest_of(row)
        row.save(force_insert=True)
    return row


def seal_access_log(*, at: datetime) -> bool:
    """Let the journal commit to the newest line of the days before today, and through it to every line before; whether there was one that it
    did not know. From then on not even who owns the database can change a line unseen."""
    midnight = at.astimezone(CST).replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic(durable=not settings.TESTING):
        newest = AccessEvent.objects.filter(at__lt=midnight).order_by("-number").first()
        if newest is None or Commitment.objects.filter(table="accessevent", row=str(newest.pk)).exists():
            return False
        append_entry(EntryType.ACT, step="seal_access_log", by=ITSELF, at=at.replace(microsecond=0), rows=[newest])
    return True
