"""Rows that are one object of the dossier each: what has a column is searched by, the rest lies in `more` exactly as DOSSIER.md names it.

So a case goes from rows to a Dossier and back without a mapping to maintain: the column's name is the name in the dossier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Self

from django.db import models

from xiaohao.dossier.codec import thing_from_json, thing_to_json
from xiaohao.kernel.when import CST

#: Longest id that DOSSIER.md allows.
ID_LENGTH = 80
#: Longest claimed date: 2021-09-30T14:20:00+08:00.
WHEN_LENGTH = 25


class Filed(models.Model):
    """Abstract: a row under its dossier id. `THING` is the dossier class it stands for."""

    THING: ClassVar[type[Any]]
    #: Names of the dossier that a Django model cannot have, and the column that holds each.
    COLUMN_OF: ClassVar[Mapping[str, str]] = {}

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    more = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def of(cls, thing: Any, **columns: Any) -> Self:
        """An unsaved row for `thing`; `columns` are those the dossier does not have."""
        value = thing_to_json(thing)
        row = cls(**columns)
        for name, column in _columns(cls).items():
            if name in value:
                setattr(row, column, _to_column(cls, column, value.pop(name)))
        row.more = value
        return row

    def thing(self) -> Any:
        """The dossier object of this row."""
        value = dict(self.more)
        for name, column in _columns(type(self)).items():
            held = getattr(self, column)
            if held not in (None, ""):
                value[name] = instant(held) if isinstance(held, datetime) else held
        return thing_from_json(self.THING, value)


def instant(moment: datetime) -> str:
    """A journal time as DOSSIER.md writes it: 2026-03-03T09:00:00+08:00."""
    return moment.astimezone(CST).isoformat(timespec="seconds")


@cache
def _columns(model: type[Filed]) -> dict[str, str]:
    """Dossier name → attribute of the row, for every dossier name that has a column."""
    own = {field.name: field.attname for field in model._meta.concrete_fields if field.name != "more"}
    columns = {field.name: model.COLUMN_OF.get(field.name, field.name) for field in fields(model.THING)}
    return {name: own[column] for name, column in columns.items() if column in own}


def _to_column(model: type[Filed], column: str, value: Any) -> Any:
    if isinstance(model._meta.get_field(column), models.DateTimeField):
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value
