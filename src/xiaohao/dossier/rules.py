"""The figures of the local rulebook that was in force when the bundle was written."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityRule:
    """How long a notice must stand."""

    days: int
    unit: str
    basis: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRule:
    """k of n months over target are a relapse."""

    months: int
    k: int | None = None
    n: int | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceRule:
    """What an acceptance must hold."""

    min_months: int | None = None
    seasons: tuple[str, ...] = ()
    min_people: int | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingRule:
    """How samples of an indicator are taken."""

    indicator: str
    min_interval_minutes: float | None = None
    min_times: int | None = None
    basis: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """Relative differences that are no difference."""

    length: float | None = None
    balance: float | None = None
    source: float | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionRule:
    """When a petition counts as a repeat."""

    repeat_months: int | None = None
    near_m: float | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioRule:
    """The usual ratio of two quantities."""

    over: str
    under: str
    low: float
    high: float
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The figures of the local rulebook that was in force at export."""

    name: str | None = None
    publicity: PublicityRule | None = None
    watch: WatchRule | None = None
    acceptance: AcceptanceRule | None = None
    sampling: tuple[SamplingRule, ...] = ()
    tolerance: Tolerance | None = None
    document_delay_days: int | None = None
    petition: PetitionRule | None = None
    sanction_follow_months: tuple[int, ...] = ()
    ratios: tuple[RatioRule, ...] = ()
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """One whole year as an office entered it: the number of the official notice, the days off, the adjusted working days."""

    id: str
    year: int
    notice: str
    holidays: tuple[str, ...] = ()
    workdays: tuple[str, ...] = ()
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Days off and adjusted working days that the writer of the bundle knows better than the reader; `years` replace the reader's own."""

    name: str | None = None
    holidays: tuple[str, ...] = ()
    workdays: tuple[str, ...] = ()
    years: tuple[CalendarYear, ...] = ()
    unknown: Unknown = ()
