"""Lists of things, so that one source can be held against another."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in an inventory."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    firm: str | None = None
    status: str | None = None
    note: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """One list of things (outlets, sites, firms) by one source, in versions 底数清单."""

    id: str
    name: str
    subject: str
    kind: str
    org: str | None = None
    scope: str | None = None
    date: str | None = None
    version: int | None = None
    replaces: str | None = None
    recorded_at: str | None = None
    tasks: tuple[str, ...] = ()
    items: tuple[Item, ...]
    unknown: Unknown = ()
