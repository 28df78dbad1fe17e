"""What one notice holds, as a frozen value, and its canonical bytes: the digest of these, not of any printed form, goes into the journal.

Page, plain text and PDF are made from the same value, so they cannot say different things.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from xiaohao.publicity.window import DayUnit, Window

FORMAT = "xiaohao-notice/1"


@dataclass(frozen=True, slots=True)
class NoticeGoal:
    """One goal as it was written, and what is known of it: the figures that meet it, or why it has none ("" where nobody said)."""

    text: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class NoticeMeasure:
    """One measure and its answer. `answer` are the statement's own words for this measure ("" = not answered), `records` what stands behind
    it, a register a phrase (学习记录98条（2025年1月6日至12月29日）)."""

    id: str
    number: int
    text: str
    owner: str
    answer: str
    records: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        return bool(self.answer)


@dataclass(frozen=True, slots=True)
class NoticeHand:
    """Whose hands: 整改, 验收, 审核, 收异议; the units' names ("" = nobody named) and a note on when and how, or on what is not separate."""

    role: str
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an objection goes."""

    unit: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice 公示. Dates are days, everything else is text as it is printed; "" means that the case file does not say."""

    id: str
    task: str
    title: str
    number: str
    issuer: str
    issued_on: date
    opening: str
    source: str
    problem: str
    kind: str
    units: tuple[str, ...]
    goals: tuple[NoticeGoal, ...]
    due: str
    measures: tuple[NoticeMeasure, ...]
    hands: tuple[NoticeHand, ...]
    self_acceptance: str
    window: Window | None
    calendar: str
    desk: Desk


def canonical_bytes(notice: Notice) -> bytes:
    """The one spelling of the notice's content: JSON with sorted names, no spaces, UTF-8 in normal form C, whole numbers and text only.
    Absent parts are left out. Two notices are the same if and only if these bytes are."""
    value = {"format": FORMAT, **_plain(notice)}
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(notice: Notice) -> str:
    """SHA-256 of the canonical bytes, in hex: what the journal entry of the notice holds (JOURNAL.md 2.6)."""
    return hashlib.sha256(canonical_bytes(notice)).hexdigest()


def read_notice(content: bytes) -> Notice:
    """The notice whose canonical bytes these are. Raises ValueError for anything else, also for a notice in another spelling."""
    try:
        value = json.loads(content)
        if value.pop("format", None) != FORMAT:
            raise ValueError("not a notice of this format")
        window = value.pop("window", None)
        notice = Notice(
            **{
                **value,
                "issued_on": date.fromisoformat(value["issued_on"]),
                "units": tuple(value["units"]),
                "goals": tuple(NoticeGoal(**goal) for goal in value["goals"]),
                "measures": tuple(NoticeMeasure(**{**each, "records": tuple(each["records"])}) for each in value["measures"]),
                "hands": tuple(NoticeHand(**hand) for hand in value["hands"]),
                "desk": Desk(**value["desk"]),
                "window": _window(window) if window else None,
            }
        )
    except (TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise ValueError(f"not a notice: {wrong}") from wrong
    if canonical_bytes(notice) != content:
        raise ValueError("not the canonical spelling of a notice")
    return notice


def _window(value: dict[str, Any]) -> Window:
    dates = {"start": date.fromisoformat(value["start"]), "end": date.fromisoformat(value["end"])}
    return Window(**{**value, **dates, "unit": DayUnit(value["unit"])})


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: _plain(part) for name, part in named if part is not None}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    """Normal form C without characters that nobody sees (controls but the line break, zero width, directions): they would make two alike notices differ."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in normal if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
