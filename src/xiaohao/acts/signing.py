"""The key that signs the log and its receipts, read from a file that only the office's own user may read."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from xiaohao.journal.signer import Signer, parse_private_key
from xiaohao.records.installation import read_private


@cache
def log_signer() -> Signer:
    """Raises FileNotFoundError before `xiaohao init`, PermissionError when others may read the key or it is not a log's."""
    key = parse_private_key(read_private(settings.JOURNAL_KEY_FILE).decode())
    if not isinstance(key, Signer):
        raise PermissionError(f"{settings.JOURNAL_KEY_FILE} 是见证密钥，不是日志密钥")
    return key
