"""A case file as it lay on the desk at an earlier moment: what was recorded later is left out.

So a page made long ago can be made again, and compared with the digest that the journal took of it then.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from xiaohao.dossier.dossier import Dossier
from xiaohao.dossier.parties import Org, named_on
from xiaohao.kernel.when import CST, parse_instant


def as_of(dossier: Dossier, moment: datetime) -> Dossier:
    """The dossier without the things whose `recorded_at` is after `moment`, and its units under the names of that day. What else carries no journal
    time (places, the task itself) stays as it is now: a change of those shows in the digest, not here."""
    registers = {field.name: getattr(dossier, field.name) for field in fields(dossier)}
    kept: dict[str, Any] = {
        name: _until(value, moment) for name, value in registers.items() if isinstance(value, tuple) and name != "unknown"
    }
    kept["orgs"] = of_the_day(dossier.orgs, moment.astimezone(CST).date().isoformat())
    return replace(dossier, **kept)


def of_the_day(orgs: tuple[Org, ...], day: str) -> tuple[Org, ...]:
    """The units under the names that they bore on that day (YYYY-MM-DD)."""
    return tuple(named_on(org, day) for org in orgs)


def _until(register: tuple[Any, ...], moment: datetime) -> tuple[Any, ...]:
    return tuple(thing for thing in register if not (seen := getattr(thing, "recorded_at", None)) or parse_instant(seen) <= moment)
