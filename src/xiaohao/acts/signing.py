"""The key that signs the log and its receipts, read from a file that only the office's own user may read."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from xiaohao.journal.note import Signer
from xiaohao.records.installation import read_private


@cache
def log_signer() -> Signer:
    """Raises FileNotFoundError before `xiaohao init`, PermissionError when others may read the key."""
    return Signer.from_text(read_private(settings.JOURNAL_KEY_FILE).decode().strip())
