"""What a case offers to choose from: its measures, and the people who may have been there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import HIRED, Org, is_dissolved
from xiaohao.records.models import Org as Row


def measure_choices(dossier: Dossier) -> list[tuple[str, str]]:
    return [(measure.id, f"{measure.number} {measure.text}") for measure in dossier.measures_of(dossier.task.id)]


def people_choices(dossier: Dossier, *, own: str = "") -> list[tuple[str, str]]:
    """Everybody on file of a unit that has a role in the task, or is above one; people of the unit `own` first."""
    task = dossier.task
    roles = (task.owner, *task.co_owners, task.lead, task.supervisor, task.acceptor, task.reviewer)
    units = {org.id for unit in roles for org in dossier.above(unit)} | {p.org for p in dossier.people if p.id in task.first_responsible}
    return [
        (p.id, with_unit(p.name, dossier.org_name(p.org), p.post))
        for p in sorted(dossier.people, key=lambda p: p.org != own)
        if p.org in units
    ]


def with_unit(name: str, unit: str, post: str | None) -> str:
    """王敏（青禾县住建局 局长）; who holds no post any more stands with the unit alone."""
    return f"{name}（{unit} {post}）" if post else f"{name}（{unit}）"


def units_near_first(orgs: Iterable[Org], own: str | None) -> list[tuple[str, str]]:
    """Units to choose from (id, name): one's own, those under it, its siblings, then the rest as they stand; in each group the organs
    before firms, laboratories and experts. Those that are dissolved are not offered."""
    every = {org.id: org for org in orgs}
    mine = every.get(own or "")

    def place(org: Org) -> int:
        if org.id == own:
            return 0
        if mine and _is_under(org, mine.id, every):
            return 1
        return 2 if mine and mine.parent and org.parent == mine.parent else 3

    return [(org.id, org.name) for org in sorted(every.values(), key=lambda org: (place(org), org.kind in HIRED)) if not is_dissolved(org)]


def every_unit(own: str | None, *, organs: bool = False) -> list[tuple[str, str]]:
    """The same of all units on file; `organs` leaves out those without a level."""
    rows = Row.objects.exclude(level="none") if organs else Row.objects.all()
    return units_near_first((row.thing() for row in rows.order_by("path")), own)


def offered(orgs: Iterable[Org], own: str | None) -> tuple[Org, ...]:
    """The same as units."""
    every = {org.id: org for org in orgs}
    return tuple(every[unit] for unit, _name in units_near_first(every.values(), own))


def _is_under(org: Org, unit: str, every: Mapping[str, Org]) -> bool:
    above, seen = org.parent, set[str]()
    while above and above not in seen:
        if above == unit:
            return True
        seen.add(above)
        above = every[above].parent if above in every else None
    return False


def set_choices(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
