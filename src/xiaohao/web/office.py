"""The office that runs this site, as its own configuration names it: whom a reader may ring or write to."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Office:
    """`[office]` of xiaohao.toml. An empty field is not printed."""

    name: str = ""
    phone: str = ""
    hours: str = ""
    address: str = ""


#: The demonstration's own, fictional office; the number is not one that can be dialled.
DEMO_OFFICE = Office(
    name="景澜市督察整改工作领导小组办公室（虚构）",
    phone="0999-5550110",
    hours="工作日 8:30–12:00、14:30–18:00",
    address="景澜市文昌路 1 号",
)


def office() -> Office:
    """The configured office; in the demonstration the fictional one where nothing is configured."""
    written = settings.CONFIG.get("office", {})
    if not written and settings.DEMO:
        return DEMO_OFFICE
    return Office(**{field.name: str(written.get(field.name, "")) for field in fields(Office)})
