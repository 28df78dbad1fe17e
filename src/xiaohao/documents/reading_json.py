"""A reading as the JSON value that the findings format defines (`reading`), plus `x-spans` for the places of scalar fields."""

from __future__ import annotations

from typing import Any

from xiaohao.documents.fields import Fields, ReadItem
from xiaohao.documents.notice import Reading
from xiaohao.evidence.claims import Claim
from xiaohao.evidence.quantities import Amount

_LISTS = ("goals", "measures", "completion_items")


def reading_json(reading: Reading) -> dict[str, Any]:
    """The plain value of a reading."""
    return {
        "source": reading.source,
        "kind": reading.kind,
        "fields": _fields(reading.fields),
        "claims": [_claim(claim) for claim in reading.claims],
    }


def _fields(fields: Fields) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in Fields.__dataclass_fields__:
        value = getattr(fields, name)
        if name in _LISTS:
            out[name] = [_item(item) for item in value]
        elif name == "quantities":
            out[name] = [_amount(amount) for amount in value]
        elif name == "spans":
            out["x-spans"] = {field: list(span) for field, span in sorted(value.items())}
        else:
            out[name] = list(value) if isinstance(value, tuple) else value
    return out


def _item(item: ReadItem) -> dict[str, Any]:
    return {"no": item.no, "text": item.text, "start": item.start, "end": item.end}


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _amount(amount: Amount) -> dict[str, Any]:
    out: dict[str, Any] = {
        "text": amount.text,
        "value": _number(amount.value),
        "unit": amount.unit,
        "start": amount.start,
        "end": amount.end,
    }
    if amount.upper is not None:
        out["upper"] = _number(amount.upper)
    if amount.qualifier:
        out["qualifier"] = amount.qualifier
    return out


def _claim(claim: Claim) -> dict[str, Any]:
    out: dict[str, Any] = {
        "text": claim.text, "kind": claim.kind, "value": None if claim.value is None else _number(claim.value), "unit": claim.unit,
        "settled_by": str(claim.settled_by), "start": claim.start, "end": claim.end,
    }  # fmt: skip
    if claim.record_types:
        out["x-record_types"] = list(claim.record_types)
    for name in ("schedule", "since", "qualifier"):
        if getattr(claim, name):
            out[f"x-{name}"] = getattr(claim, name)
    return out
