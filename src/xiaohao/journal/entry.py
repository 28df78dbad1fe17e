"""The entry: what the log says of one act, in public words and digests only (docs/journal.md, section "Entries").

An entry names institutions, tasks, roles and staff numbers; of residents and documents it holds commitments that say nothing by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

#: Version of the entry format; a reader refuses any other.
VERSION = 1


class EntryType(StrEnum):
    """Kinds of entries; a reader refuses any other."""

    INCEPTION = "inception"  # entry 0 of every log
    ACT = "act"  # a step that was taken, or a record that was added
    REFUSED = "refused"  # a step that was refused, with the gates that were not met
    OBJECTIONS = "objections"  # a batch of objections received, at a fixed hour
    OBJECTION_DECIDED = "objection_decided"
    FINDING_ANSWERED = "finding_answered"
    FINDING_DECIDED = "finding_decided"
    REDACT = "redact"  # content and salt of these commitments are deleted
    RESTRICT = "restrict"  # content of these commitments is stored but no longer processed
    ANCHOR = "anchor"  # a checkpoint of another log, usually one level below
    KEY = "key"  # the log goes over to another key


class Outcome(StrEnum):
    """How an objection or a finding was decided. An objection that is only `admitted` is still open."""

    ADMITTED = "admitted"  # 受理
    NOT_ADMITTED = "not_admitted"  # 不予受理
    UPHELD = "upheld"  # 异议成立
    NOT_UPHELD = "not_upheld"  # 异议不成立
    WITHDRAWN = "withdrawn"  # 撤回
    ACCEPTED = "accepted"  # 采纳 the answer to a finding
    REJECTED = "rejected"  # 不采纳


#: The rulebook permission under which a body accepts its own work; it is printed on the notice.
SELF_ACCEPTANCE = "self_acceptance"


@dataclass(frozen=True, slots=True)
class ActedBy:
    """Who acted: role, staff number (a pseudonym, never a name), and the name of the unit acted for."""

    role: str
    staff: str
    unit: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """A salted digest of content that is kept elsewhere (commitment.py); `name` says what kind of content."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class ObjectionReceived:
    """An objection against `task`; `digest` is the commitment printed on its receipt. Never anything about the person."""

    task: str
    digest: str


@dataclass(frozen=True, slots=True)
class Window:
    """A notice and the days it must stand: from `first` to `last`, both included, at least `days` of kind `counted` (workday or day)."""

    no: str
    first: date
    last: date
    days: int
    counted: str


@dataclass(frozen=True, slots=True)
class LogSeen:
    """A checkpoint of a log: size, root (hex) and the SHA-256 of the whole signed note."""

    origin: str
    size: int
    root: str
    note_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. Which fields a type must and may have is written in entry_format.py; absent ones are None or ().

    `unit` is the unit that is responsible for the task, `seq` counts the entries of the task from 1, `rules` is the SHA-256 of the rulebook
    in force, `pub` that of the public document's canonical content, `on_paper` the person whose signature on paper `actor` typed in,
    `exceptions` the permissions of the rulebook that were used (or the gates that an override waives), `unmet` the gates that refused.
    """

    type: EntryType
    id: str
    at: datetime
    actor: ActedBy | None = None
    on_paper: ActedBy | None = None
    task: str | None = None
    unit: str | None = None
    seq: int | None = None
    step: str | None = None
    prev_state: str | None = None
    state: str | None = None
    rules: str | None = None
    pub: str | None = None
    commitments: tuple[Commitment, ...] = ()
    notice: Window | None = None
    exceptions: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    objections: tuple[ObjectionReceived, ...] = ()
    objection: str | None = None
    finding: str | None = None
    check: str | None = None
    outcome: Outcome | None = None
    redacts: tuple[str, ...] = ()
    basis: str | None = None
    origin: str | None = None
    seen: LogSeen | None = None
    old_vkey: str | None = None
    new_vkey: str | None = None

    @property
    def decided_by(self) -> ActedBy | None:
        """Whose act it is: the person who signed on paper where there is one, else the person who acted."""
        return self.on_paper or self.actor
