"""Sessions in the database, with columns that say whose they are (settings.SESSION_ENGINE)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from xiaohao.records.models import SignedIn

#: Names in the session's data: when it began, when it was last used, when the person last proved who they are (seconds since 1970), and where.
BEGUN, SEEN, PROVED, DEVICE, ADDRESS = "begun", "seen", "proved", "device", "address"


class SessionStore(DatabaseStore):
    """Django's own store over our table."""

    @classmethod
    def get_model_class(cls) -> type[SignedIn]:
        return SignedIn

    def create_model_instance(self, data: Mapping[str, Any]) -> SignedIn:
        row: SignedIn = super().create_model_instance(dict(data))
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.begun_at, row.seen_at = _moment(data.get(BEGUN)), _moment(data.get(SEEN))
        row.device, row.address = str(data.get(DEVICE, ""))[:200], str(data.get(ADDRESS, ""))[:45]
        return row


def _moment(seconds: Any) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
