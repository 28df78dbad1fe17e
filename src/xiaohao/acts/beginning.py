"""The first entry of an installation's log, and the key files that must exist before it."""

from __future__ import annotations

import os
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.journal.entry import EntryType
from xiaohao.journal.signer import generate_key
from xiaohao.records.anchor import Anchor
from xiaohao.records.installation import write_private
from xiaohao.records.models import JournalEntry

#: Bytes of an Ed25519 seed and of an AES-256 key.
_SECRET_BYTES = 32


def make_keys() -> str | None:
    """Make the log's signing key and the key that seals contacts, unless they are there. Returns the log's verifier key when it was made now."""
    vkey = None
    if not settings.JOURNAL_KEY_FILE.exists():
        private, vkey = generate_key(settings.JOURNAL_ORIGIN, os.urandom(_SECRET_BYTES))
        write_private(settings.JOURNAL_KEY_FILE, private.encode() + b"\n")
        settings.JOURNAL_VKEY_FILE.write_text(vkey + "\n", "utf-8")
    if not settings.SEAL_KEY_FILE.exists():
        write_private(settings.SEAL_KEY_FILE, secrets.token_hex(_SECRET_BYTES).encode() + b"\n")
    return vkey


def begin_journal(*, at: datetime) -> None:
    """Write entry 0, which names the log, and the anchor that keeps it from ever being signed twice. Nothing happens when the log has begun.
    Raises FileExistsError when there is an anchor but no entry: that database is not the one the log was signed from."""
    with transaction.atomic():
        if not JournalEntry.objects.exists():
            append_entry(EntryType.INCEPTION, at=at.replace(microsecond=0), fields={"origin": settings.JOURNAL_ORIGIN})
            anchor = Anchor.create(settings.JOURNAL_HOME / "anchor.db")
            anchor.begin(settings.JOURNAL_ORIGIN, at)
