"""Reminders that leave the system: by mail and through the office's own message gateway, one digest for each person, not in quiet hours.

A digest is written down before it is sent and keeps its id until the other side has taken it: whatever dies in between, nothing is lost, and what
is sent a second time carries the same Message-ID or key, by which the other side knows it. Where it goes is the office's configuration, never a row.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import smtplib
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from xiaohao.acts.ids import id_from
from xiaohao.kernel.said import said_from_json
from xiaohao.kernel.when import CST
from xiaohao.records.installation import read_private
from xiaohao.records.models import Account, Delivery, Message
from xiaohao.records.reminded import is_urgent, page_of

#: Seconds that the other side may take; digests in one look, so that the journal never waits long for them.
_TIMEOUT, _AT_ONCE = 5, 10
#: Minutes until the next try after the first failure; doubled every time, a day at most.
_PAUSE, _LONGEST = 2, 24 * 60

log = logging.getLogger(__name__)


class NotTaken(Exception):  # noqa: N818 - an answer of the other side
    """The other side did not take the digest; it is tried again."""


def deliver(at: datetime) -> int:
    """Gather what is due into digests and send them; returns how many were taken. Safe to be cut off anywhere."""
    ways: dict[str, Callable[[str, list[Message], datetime], None]] = {}
    if settings.MAIL:
        ways["mail"] = _mail
    if settings.GATEWAY:
        ways["gateway"] = _post
    for way in ways:
        gather(way, at)
    return sum(_send(digest, ways[way], at) for digest, way in _waiting(tuple(ways), at))


def gather(way: str, at: datetime) -> None:
    """Write down, for each person, one digest of the messages that are due on that way."""
    reached = set(Account.objects.exclude(email="").filter(is_active=True).values_list("person", flat=True)) if way == "mail" else None
    with transaction.atomic():
        due = defaultdict(list)
        for message in Message.objects.exclude(deliveries__way=way).filter(seen_at=None).order_by("made_at", "pk"):
            if is_due(message, at) and (reached is None or message.person_id in reached):
                due[message.person_id].append(message)
        for person, messages in due.items():
            digest = id_from("digest", way, person, *(message.pk for message in messages))
            Delivery.objects.bulk_create(
                [Delivery(message=message, way=way, digest=digest, not_before=at) for message in messages], ignore_conflicts=True
            )


def is_due(message: Message, at: datetime) -> bool:
    """What is overdue leaves at once outside the quiet hours; the rest at the next of the office's hours for digests."""
    local, made = at.astimezone(CST), message.made_at.astimezone(CST)
    from_hour, to_hour = settings.QUIET_HOURS
    quiet = local.hour >= from_hour or local.hour < to_hour if from_hour > to_hour else from_hour <= local.hour < to_hour
    if quiet:
        return False
    if is_urgent(message):
        return True
    hours = (local.replace(hour=hour, minute=0, second=0, microsecond=0) for hour in settings.DIGEST_HOURS)
    return (made.date() < local.date() and local.hour >= min(settings.DIGEST_HOURS)) or any(made < hour <= local for hour in hours)


def _waiting(ways: tuple[str, ...], at: datetime) -> list[tuple[str, str]]:
    open_ones = Delivery.objects.filter(way__in=ways, sent_at=None, not_before__lte=at).order_by("digest")
    return list(open_ones.values_list("digest", "way").distinct()[:_AT_ONCE])


def _send(digest: str, send: Callable[[str, list[Message], datetime], None], at: datetime) -> bool:
    rows = list(Delivery.objects.filter(digest=digest, sent_at=None).select_related("message__person"))
    try:
        send(digest, [row.message for row in rows], at)
    except (OSError, smtplib.SMTPException, HTTPException, NotTaken) as failure:
        tries = rows[0].tries + 1
        again = at + timedelta(minutes=min(_PAUSE * 2 ** min(rows[0].tries, 10), _LONGEST))
        log.warning("digest %s was not taken (%s), again at %s", digest, type(failure).__name__, again.isoformat())
        Delivery.objects.filter(digest=digest).update(tries=tries, not_before=again)
        return False
    Delivery.objects.filter(digest=digest).update(sent_at=at)
    return True


def _mail(digest: str, messages: list[Message], _at: datetime) -> None:
    person = messages[0].person_id
    address = Account.objects.exclude(email="").filter(person=person, is_active=True).values_list("email", flat=True).first()
    if address is None:
        raise NotTaken(digest)
    letter = EmailMessage()
    letter["Subject"] = f"整改提醒 {len(messages)} 条"
    letter["From"], letter["To"] = settings.MAIL["from"], address
    letter["Message-ID"] = f"<{digest}@{settings.JOURNAL_ORIGIN.partition('/')[0]}>"
    letter.set_content("\n\n".join(f"{_text(message)}\n{_url(message)}" for message in messages))
    with smtplib.SMTP(settings.MAIL["host"], int(settings.MAIL.get("port", 25)), timeout=_TIMEOUT) as server:
        if settings.MAIL.get("starttls"):
            server.starttls()
        if user := settings.MAIL.get("user"):
            server.login(user, read_private(settings.HOME / "keys" / "mail").decode().strip())
        server.send_message(letter)


def _post(digest: str, messages: list[Message], at: datetime) -> None:
    """One signed POST to the one address of the configuration; a redirect is not followed."""
    target = urlsplit(settings.GATEWAY["url"])
    body = json.dumps(
        {
            "id": digest,
            "to": messages[0].person.staff_no,
            "messages": [{"id": message.pk, "text": _text(message), "url": _url(message)} for message in messages],
        },
        ensure_ascii=False,
    ).encode()
    stamp = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": digest,
        "X-Xiaohao-Time": stamp,
        "X-Xiaohao-Signature": signature(read_private(settings.HOME / "keys" / "gateway").strip(), stamp, body),
    }
    kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
    line = kind(target.hostname or "", target.port, timeout=_TIMEOUT)
    try:
        line.request("POST", target.path or "/", body, headers)
        if not 200 <= line.getresponse().status < 300:
            raise NotTaken(digest)
    finally:
        line.close()


def signature(secret: bytes, stamp: str, body: bytes) -> str:
    """Hex HMAC-SHA256 over the time of sending (Unix seconds), a full stop and the body."""
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _text(message: Message) -> str:
    return str(said_from_json(message.sentence))


def _url(message: Message) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}/{page_of(message)}"
