"""Result reports of whole lists. A version is never changed or deleted."""

from __future__ import annotations

from django.db import models

from xiaohao.dossier import report
from xiaohao.records.models.filed import WHEN_LENGTH, Filed
from xiaohao.records.models.parties import Org, Person
from xiaohao.records.models.task import TaskList


class ListReport(Filed):
    """One version; the bytes of its Word file are in the content store under `sha256`."""

    THING = report.ListReport

    list = models.ForeignKey(TaskList, models.PROTECT, related_name="reports")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    date = models.CharField(max_length=WHEN_LENGTH)
    digest = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "org", "version"], name="one_version_of_a_report")]
