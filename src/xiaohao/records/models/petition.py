"""Petitions handed over by an inspection 转办件. Who complained is not in this system: neither column nor text takes it in."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from xiaohao.dossier import petition
from xiaohao.records.models.filed import ID_LENGTH, WHEN_LENGTH, Filed
from xiaohao.records.models.parties import Org, Place
from xiaohao.records.models.task import Inspection, Task


class Petition(Filed):
    """One petition. Status and truth change with its handling; every change is committed to, and `more` keeps what was said before (x-history).
    `org` (x-org in `more`) is the unit that handles it; x-public is what the public table says of the matter, x-handling what was done."""

    THING = petition.Petition

    number = models.CharField(max_length=60, db_index=True)
    batch = models.PositiveIntegerField(null=True)
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="petitions")
    received = models.CharField(max_length=WHEN_LENGTH)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, db_index=True)
    truth = models.CharField(max_length=16, blank=True, default="")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="petitions")
    merged_into = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    recorded_at = models.DateTimeField()
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["received", "id"], name="petitions_by_day")]

    @classmethod
    def of(cls, thing: Any, **columns: Any) -> Self:
        """A row whose column `org` repeats x-org, so that it can be searched by. Raises KeyError without one."""
        return super().of(thing, **{"org_id": dict(thing.unknown)["x-org"], **columns})
