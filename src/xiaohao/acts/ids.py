"""Ids of new things, derived from the request's own key: a repeated request names the same things, a seeded demonstration too."""

from __future__ import annotations

import hashlib


def id_from(prefix: str, *parts: object) -> str:
    """`rec-` and 16 hex digits (64 bits: a county writes some 10^5 rows, so a clash has a chance of about 10^-9)."""
    return f"{prefix}-{hashlib.sha256('|'.join(map(str, parts)).encode()).hexdigest()[:16]}"
