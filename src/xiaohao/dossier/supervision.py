"""Supervision 督查: a plan of inspection, a draw weighted by risk, and visits to a site with what was seen there.

None of these is part of a bundle: a visit that was not announced must not travel to the unit that it is about. What a visit found goes into the
case file as one record of type site_visit.
"""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionPlan:
    """`org` inspects these tasks between two days. `kind` is regular (all of them, 定期全覆盖) or targeted (some of them, 不定期重点)."""

    id: str
    kind: str
    title: str
    org: str
    made_by: str
    made_at: str
    start: str
    end: str
    team: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    number: str | None = None
    note: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    """One fact of a case that weighs: `name` of procedure.risk, how often it holds, and what it adds."""

    name: str
    count: int
    weight: int
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A task in a draw's population: its id and address, its weight (at least 1), and the facts that make it up."""

    task: str
    address: str
    weight: int
    facts: tuple[RiskFact, ...] = ()
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionDraw:
    """`count` tasks are drawn from `population`; which, follows from the log's root just after the entry that committed to this."""

    id: str
    plan: str
    org: str
    drawn_by: str
    drawn_at: str
    count: int
    population: tuple[Risk, ...] = ()
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of one measure: `verdict` is as_told, differs or not_seen."""

    measure: str
    verdict: str
    text: str | None = None
    unknown: Unknown = ()


#: The kind of a visit by which an industry supervisor helps a unit on: it checks nothing.
GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVisit:
    """A visit, from its planning to the unit's answer. `kind` is regular, targeted or guidance (行业主管部门指导帮扶).

    `arrived_at` is the time that the phone gives, `arrival_recorded_at` when the system heard of it; `code` is the site code of the day `code_on`.
    `passed` says whether the site agrees with what was reported; `record` is the row in the case file.
    """

    id: str
    task: str
    org: str
    kind: str
    date: str
    planned_by: str
    planned_at: str
    unannounced: bool | None = None
    plan: str | None = None
    draw: str | None = None
    team: tuple[str, ...] = ()
    place: str | None = None
    look_at: tuple[str, ...] = ()
    look_for: str | None = None
    code: str | None = None
    code_on: str | None = None
    code_at: str | None = None
    arrived_at: str | None = None
    arrival_recorded_at: str | None = None
    seen: tuple[Seen, ...] = ()
    text: str | None = None
    problems: str | None = None
    passed: bool | None = None
    files: tuple[str, ...] = ()
    reported_by: str | None = None
    reported_at: str | None = None
    record: str | None = None
    answer: str | None = None
    answered_by: str | None = None
    answered_at: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRhythm:
    """An office's rhythm of calls for progress: `kind` monthly or quarterly, issued on `day` of the month (of the quarter's first month) about the
    period before, to be answered within `answer_within` working days. The newest of an office and kind counts; `stopped` ends it."""

    id: str
    org: str
    kind: str
    day: int
    answer_within: int
    set_by: str
    set_at: str
    stopped: bool | None = None
    unknown: Unknown = ()
