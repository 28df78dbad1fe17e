"""Complaints handed over in batches."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """A complaint handed over by an inspection 转办件."""

    id: str
    number: str
    batch: int | None = None
    inspection: str | None = None
    received: str
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    address: str | None = None
    firm: str | None = None
    firm_name: str | None = None
    pollution: tuple[str, ...] = ()
    text: str | None = None
    truth: str | None = None
    status: str
    done_at: str | None = None
    recorded_at: str | None = None
    merged_into: str | None = None
    task: str | None = None
    unknown: Unknown = ()
