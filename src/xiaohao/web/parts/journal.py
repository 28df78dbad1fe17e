"""The journal timeline and the proof badge: what was done, by whom, when, and who outside has seen that it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ProofBadge:
    """Entry `number` (its index in the log, as proofs and files have it), `state` logged, waiting or witnessed, `witness` who has seen it, `href` the verify page."""

    number: int
    state: str
    witness: str = ""
    href: str = ""


class LineKind(StrEnum):
    """How a line of the timeline is drawn; the value is its CSS class."""

    STEP = "k"  # it moved the state
    REFUSED = "x"
    OTHER = "o"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry: `what` in bold, `rest` after it, `who` acted, `at` when; `href` leads to what it is about."""

    what: str
    at: datetime
    kind: LineKind = LineKind.OTHER
    rest: str = ""
    who: str = ""
    href: str = ""
    proof: ProofBadge | None = None
