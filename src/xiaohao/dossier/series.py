"""Readings over time, and the plants they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit that a series is held against."""

    operator: str
    value: float
    window: str | None = None
    basis: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series of readings: csv `time,value,mark`, an empty value is missing."""

    id: str
    indicator: str
    place: str | None = None
    facility: str | None = None
    unit: str
    source: str | None = None
    kind: str
    interval: str
    resolution: float | None = None
    detection_limit: float | None = None
    limits: tuple[Limit, ...] = ()
    marks: Mapping[str, Any] | None = None
    peers: tuple[str, ...] = ()
    file: str
    tasks: tuple[str, ...] = ()
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rated amount of a plant."""

    quantity: str
    value: float
    unit: str
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Which series is the plant's power, inflow, chemical, sludge …"""

    quantity: str
    series: str
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """How much of one flow a unit of another takes."""

    quantity: str
    per: str
    low: float
    high: float
    unit: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A plant: capacity, base load, and which series are its flows."""

    id: str
    name: str
    kind: str
    org: str | None = None
    place: str | None = None
    capacity: Rated | None = None
    base_load: Rated | None = None
    flows: tuple[Flow, ...] = ()
    norms: tuple[Norm, ...] = ()
    loss: float | None = None
    unknown: Unknown = ()
