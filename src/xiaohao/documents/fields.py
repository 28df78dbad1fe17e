"""The fields of a notice, as FINDINGS.md names them: what the text says, None or empty where it does not, each with its place in the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xiaohao.evidence.quantities import Amount

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One measure, goal or thing done at code points `start`..`end` of the source; `no` is its printed number as digits."""

    no: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Names and meanings as in `reading.fields` of the findings format. Dates are ISO; `spans` holds the place of each scalar field."""

    title: str | None = None
    issuer: str | None = None
    level: str | None = None
    inspection: str | None = None
    task_no: str | None = None
    problem: str | None = None
    responsible_units: tuple[str, ...] = ()
    lead_unit: str | None = None
    deadline: str | None = None
    deadline_text: str | None = None
    goals: tuple[ReadItem, ...] = ()
    measures: tuple[ReadItem, ...] = ()
    completion_items: tuple[ReadItem, ...] = ()
    quantities: tuple[Amount, ...] = ()
    publicity_start: str | None = None
    publicity_end: str | None = None
    publicity_days_claimed: int | None = None
    working_days: bool | None = None
    contact_phone: str | None = None
    contact_address: str | None = None
    accepting_dept: str | None = None
    issue_date: str | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)
