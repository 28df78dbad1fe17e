"""What a check says: a Finding, or that it was Skipped because a field it needs is absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from xiaohao.dossier.where import Where


class Severity(StrEnum):
    """How a finding holds the case until a named person has answered in writing and somebody else has decided (FINDINGS.md)."""

    BLOCK = "block"  # holds every forward step
    WARN = "warn"  # holds the next step that another body takes
    NOTE = "note"  # is read by the decider

    @property
    def weight(self) -> int:
        return {Severity.NOTE: 0, Severity.WARN: 1, Severity.BLOCK: 2}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """A lead 疑点.

    `message` is one or two Chinese sentences with the figures in them, saying what was compared, what differs and what would settle it;
    `basis` the rule or reason; `figures` the numbers behind the sentence; `task` None when it is about a unit or the whole ledger.
    `ordinal` tells findings apart that point at the same ids (1, 2, … in order of their first pointer; set by the run, not by the check)."""

    check: str
    severity: Severity
    task: str | None
    where: tuple[Where, ...]
    message: str
    basis: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    ordinal: int = 1

    @property
    def points_at(self) -> tuple[str, ...]:
        """Ids of what it points at, sorted, each once."""
        return tuple(sorted({pointer.id for pointer in self.where}))

    @property
    def key(self) -> str:
        """check + sorted ids + ordinal, no offsets: the same finding in the next run, so that an answer given once is kept."""
        return f"{self.check}:{','.join(self.points_at)}#{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A check that could not run on a task (None: on the whole ledger), and in Chinese which field it lacked."""

    check: str
    task: str | None
    reason: str


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings sorted by task, check and first pointer, with their ordinals set; equal ones once."""
    distinct: list[Finding] = []
    for finding in sorted(findings, key=_order):
        if finding not in distinct[-1:]:
            distinct.append(finding)
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    return tuple(_with_ordinal(finding, seen) for finding in distinct)


def _with_ordinal(finding: Finding, seen: Counter[tuple[str, tuple[str, ...]]]) -> Finding:
    place = (finding.check, finding.points_at)
    seen[place] += 1
    return replace(finding, ordinal=seen[place])


def _order(finding: Finding) -> tuple[Any, ...]:
    return (finding.task or "", finding.check, tuple(pointer.order for pointer in finding.where), str(finding.message))
