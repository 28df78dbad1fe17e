"""What a case offers to choose from: its measures, and the people who may have been there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from xiaohao.dossier import Dossier


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


def set_choices(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
