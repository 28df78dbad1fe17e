"""A visit's row as it changes: always through its value, so that the row, its bytes in the journal and its columns agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xiaohao.acts._proposal import Update
from xiaohao.dossier.supervision import SiteVisit
from xiaohao.records import models

_COLUMNS = tuple(field.attname for field in models.SiteVisit._meta.concrete_fields if not field.primary_key)


def update_of(row: models.SiteVisit, **changes: Any) -> Update:
    """The row with these fields of the dossier's SiteVisit changed."""
    thing: SiteVisit = replace(row.thing(), **changes)
    new = models.SiteVisit.of(thing)
    return Update(row, {column: getattr(new, column) for column in _COLUMNS})


def save(row: models.SiteVisit, **changes: Any) -> models.SiteVisit:
    """As `update_of`, and saved."""
    for column, value in update_of(row, **changes).columns.items():
        setattr(row, column, value)
    row.save()
    return row
