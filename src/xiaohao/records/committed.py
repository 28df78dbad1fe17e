"""The bytes of a row that the journal commits to. The same row gives the same bytes for ever, or `xiaohao fsck` says so."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db.models import Model

from xiaohao.dossier.codec import thing_to_json
from xiaohao.records.models import AccessEvent, Drawing, LedgerItem, Objection
from xiaohao.records.models.filed import Filed


def row_content(row: Model) -> bytes:
    """Canonical bytes of a row of the dossier, of what a ledger said, or of what was decided on an objection. Raises TypeError for a row that is not committed to."""
    if isinstance(row, Filed):
        return _bytes(thing_to_json(row.thing()))
    if isinstance(row, LedgerItem):
        return _bytes({"id": row.id, "task": row.task_id, "content": row.content})
    if isinstance(row, Objection):
        return _bytes(_decided(row))
    if isinstance(row, Drawing):
        return _bytes({"id": row.id, "task": row.task_id, "statement": row.statement_id, "population": row.population})
    if isinstance(row, AccessEvent):
        return _bytes({"number": row.number, "digest": row.digest})  # the digest covers this line and every one before
    raise TypeError(f"{type(row).__name__} is not committed to")


def committed_tables() -> tuple[type[Model], ...]:
    """Every table whose rows the journal commits to (objections are committed to by their receipts first)."""
    return tuple(model for model in apps.get_app_config("records").get_models() if issubclass(model, Filed | Drawing | LedgerItem))


def _decided(row: Objection) -> dict[str, Any]:
    return {
        "id": row.id,
        "commitment": row.commitment,
        "admissible": row.admissible,
        "admission_reason": row.admission_reason,
        "answer": row.answer,
        "public_text": row.public_text,
        "upheld": row.upheld,
    }


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
