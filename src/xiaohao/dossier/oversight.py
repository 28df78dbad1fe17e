"""What the levels above plan and decide: visits, answers to findings, the watch after closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An inspectors' visit, with the day it was announced."""

    id: str
    inspection: str | None = None
    org: str | None = None
    start: str
    end: str
    announced_at: str | None = None
    places: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """A finding's answer and decision: who, when, with what evidence."""

    id: str
    check: str
    key: str
    task: str
    severity: str
    figures: Mapping[str, Any] | None = None
    raised_at: str
    must_answer: str | None = None
    answer: str | None = None
    answered_by: str | None = None
    answered_at: str | None = None
    evidence: tuple[str, ...] = ()
    decision: str | None = None
    decided_by: str | None = None
    decided_at: str | None = None
    decision_reason: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRun:
    """A comparison in the background that has not finished: asked for when, and how many of its checks have run. No part of a bundle."""

    asked_at: str
    done: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPlan:
    """How long, and by which rule, a closed task is watched."""

    id: str
    task: str
    months: int
    k: int | None = None
    n: int | None = None
    seasons: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    ends: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for progress 调度: `org` asks about these tasks for the time from `start` to `end`; answers are due on `due`. `kind` is monthly,
    quarterly or on_demand."""

    id: str
    kind: str
    title: str
    number: str | None = None
    org: str
    issued_by: str
    issued_at: str
    start: str
    end: str
    due: str
    tasks: tuple[str, ...] = ()
    note: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """What was said of one measure: the status in the field's words, the text, and whether it is the answer of the last call, kept."""

    measure: str
    status: str
    text: str | None = None
    unchanged: bool | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswer:
    """One task's answer to a call, measure by measure; `statement` is the progress statement in the task's file where something had changed."""

    id: str
    call: str
    task: str
    org: str
    person: str
    recorded_at: str
    lines: tuple[CallLine, ...] = ()
    statement: str | None = None
    unknown: Unknown = ()
