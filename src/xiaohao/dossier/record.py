"""The rows of every register, in one shape."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.plan import Quantity
from xiaohao.dossier.unknown import Unknown

#: Names of our own that a corrected row carries (DOSSIER.md, rule 7).
REPLACES, WITHDRAWN = "x-replaces", "x-withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One measured value in an acceptance or a laboratory report."""

    indicator: str
    value: float
    unit: str
    place: str | None = None
    at: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the acceptance group measured on site, against a measure of the plan."""

    measure: str
    name: str
    value: float
    unit: str
    outline: tuple[tuple[float, ...], ...] = ()
    lat: float | None = None
    lon: float | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What is held of one measure at an acceptance (`verdict`: done 完成, mostly_done 基本完成, not_done 未完成), why, and what was looked at; in a
    letter of return also what has to be done before the unit applies again (`todo`)."""

    measure: str
    verdict: str | None = None
    reason: str
    looked_at: str | None = None
    todo: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """One thing judged at a closing assessment 销号评估: an item of the place's own list by its `name`, or a drawn register row (`row` is its id).
    `verdict` is met 合格 or not_met 不合格; `score` in points where the place gives points."""

    name: str
    row: str | None = None
    verdict: str
    score: float | None = None
    reason: str
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the acceptance group: `part` is leader 组长, member 成员 or expert 专家. An expert declares ties to the responsible unit: `declares` is
    none or ties, `ties` says which."""

    person: str
    part: str
    declares: str | None = None
    ties: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """What a member of the group who does not agree has said, in their own words."""

    person: str
    text: str
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One point of a track."""

    at: str
    lat: float
    lon: float
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A look at the notice page: was it up?"""

    at: str
    ok: bool
    sha256: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a register: every kind in one shape; `type` says which fields speak (DOSSIER.md)."""

    id: str
    type: str
    tasks: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    title: str | None = None
    text: str | None = None
    org: str | None = None
    other_org: str | None = None
    people: tuple[str, ...] = ()
    date: str | None = None
    start: str | None = None
    end: str | None = None
    recorded_at: str
    recorded_by: str | None = None
    place: str | None = None
    to_place: str | None = None
    lat: float | None = None
    lon: float | None = None
    track: tuple[Fix, ...] = ()
    document: str | None = None
    files: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    of: str | None = None
    samples: tuple[str, ...] = ()
    instrument: str | None = None
    times: tuple[str, ...] = ()
    received_at: str | None = None
    analysed_at: str | None = None
    reported_at: str | None = None
    results: tuple[Result, ...] = ()
    method: str | None = None
    passed: bool | None = None
    measured: tuple[Measured, ...] = ()
    stated_days: int | None = None
    stated_unit: str | None = None
    posted_at: str | None = None
    channels: tuple[str, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    statement: str | None = None
    answered_at: str | None = None
    upheld: bool | None = None
    person: str | None = None
    sanction: str | None = None
    impact_months: int | None = None
    change: str | None = None
    post: str | None = None
    vehicle: str | None = None
    slip: str | None = None
    amount: float | None = None
    stage: str | None = None
    reason: str | None = None
    public_reason: str | None = None
    schedule: str | None = None
    on_paper: bool | None = None
    seconds: int | None = None
    group: tuple[Member, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    evidence: tuple[str, ...] = ()
    assessed: tuple[Assessed, ...] = ()
    units: tuple[str, ...] = ()
    in_order: bool | None = None
    digest: str | None = None
    unknown: Unknown = ()

    @property
    def replaces(self) -> str | None:
        """The row that this one corrects (`x-replaces`); both stay on file, only the newest counts."""
        return dict(self.unknown).get(REPLACES)

    @property
    def withdrawn(self) -> bool:
        """Whether this version says that the row was entered by mistake (`x-withdrawn`): then neither it nor the ones before it count."""
        return bool(dict(self.unknown).get(WITHDRAWN))
