"""What was promised: goals, measures and the versions of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount with its unit in words."""

    name: str
    value: float
    unit: str
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A goal a machine can read: average the readings over `window`, compare with `value` `unit` (DOSSIER.md, "How a target is read")."""

    indicator: str
    place: str | None = None
    operator: str
    value: float
    unit: str
    window: str
    min_months: int | None = None
    seasons: tuple[str, ...] = ()
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal of a plan; without a `target` it says in public why not."""

    id: str
    text: str
    target: Target | None = None
    under: str | None = None
    was: str | None = None
    no_target_reason: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The indicator that must move once the measure is done."""

    indicator: str
    place: str | None = None
    direction: str
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure 措施 of a plan: who, by when, how much, and which indicator must follow."""

    id: str
    number: int
    text: str
    kind: str | None = None
    owner: str | None = None
    start: str | None = None
    due: str | None = None
    places: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    quantity: Quantity | None = None
    outline: tuple[tuple[float, ...], ...] = ()
    outcome: Outcome | None = None
    was: str | None = None
    answers_cause: int | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The level above agreeing to a change of plan."""

    org: str
    document: str | None = None
    date: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of a plan 方案. A later version names in `replaces` the one it takes the place of."""

    id: str
    task: str
    version: int
    author: str
    document: str | None = None
    date: str
    recorded_at: str
    replaces: str | None = None
    under: str | None = None
    consent: Consent | None = None
    published_at: str | None = None
    change_note: str | None = None
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    unknown: Unknown = ()
