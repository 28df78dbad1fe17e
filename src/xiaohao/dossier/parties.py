"""Who and where: units, people, and the tree of places."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Org:
    """A unit 单位: an organ, department, office, park, firm, laboratory, or the experts as a body."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    level: str
    kind: str
    parent: str | None = None
    hosted_by: str | None = None
    place: str | None = None
    leaders: tuple[str, ...] = ()
    joined_at: str | None = None
    phone: str | None = None
    address: str | None = None
    unknown: Unknown = ()


#: Kinds of units that are no organ: who is hired, or answers for a site.
HIRED = frozenset({"enterprise", "contractor", "lab", "expert"})
#: Levels of units from the lowest; a firm or the experts have none.
LEVELS = ("town", "county", "city", "province", "central")


def is_at_or_above(higher: Org, unit: Org) -> bool:
    """Whether `higher` is of the level of `unit` or of a higher one, so that it may instruct it; without a level on either side it is not."""
    known = higher.level in LEVELS and unit.level in LEVELS
    return known and LEVELS.index(higher.level) >= LEVELS.index(unit.level)


#: Names of our own on a unit (DOSSIER.md, rule 7): what it was called until which day (counted), oldest first; since when it is dissolved, and into what.
FORMER_NAMES, DISSOLVED = "x-former-names", "x-dissolved"


def named_on(org: Org, day: str) -> Org:
    """The unit under the name that it bore on that day (YYYY-MM-DD)."""
    for former in dict(org.unknown).get(FORMER_NAMES, ()):
        if day <= former["until"]:
            return replace(org, name=former["name"])
    return org


def is_dissolved(org: Org) -> bool:
    """Whether the unit is no more; what it did stays its own."""
    return DISSOLVED in dict(org.unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person, or the pseudonym standing for one."""

    id: str
    name: str
    org: str | None = None
    post: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region of the tree, or a water, site, point or parcel with its position."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str
    parent: str | None = None
    lat: float | None = None
    lon: float | None = None
    outline: tuple[tuple[float, ...], ...] = ()
    area_ha: float | None = None
    radius_m: float | None = None
    downstream_of: str | None = None
    near: tuple[str, ...] = ()
    unknown: Unknown = ()
