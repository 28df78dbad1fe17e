"""What lies in a task's file: plans, statements, documents, register rows, files, series, and the watch after closing."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from xiaohao.dossier import document, file, oversight, plan, record, series, statement
from xiaohao.records.models.filed import ID_LENGTH, WHEN_LENGTH, Filed
from xiaohao.records.models.parties import Org, Person
from xiaohao.records.models.task import Task


class Plan(Filed):
    """One version of a plan; its goals and measures lie in `more`, for they live nowhere else."""

    THING = plan.Plan

    task = models.ForeignKey(Task, models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(Org, models.PROTECT, related_name="+")
    date = models.CharField(max_length=WHEN_LENGTH)
    recorded_at = models.DateTimeField()


class Statement(Filed):
    """What a unit said, word for word."""

    THING = statement.Statement

    task = models.ForeignKey(Task, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20)
    author = models.ForeignKey(Org, models.PROTECT, related_name="+")
    date = models.CharField(max_length=WHEN_LENGTH)
    recorded_at = models.DateTimeField()
    text = models.TextField()


class Document(Filed):
    """An official document."""

    THING = document.Document

    number = models.CharField(max_length=100, blank=True, default="", db_index=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    issuer = models.ForeignKey(Org, models.PROTECT, related_name="+")
    date = models.CharField(max_length=WHEN_LENGTH)
    recorded_at = models.DateTimeField()
    on_tasks = models.ManyToManyField(Task, related_name="documents")


class Record(Filed):
    """A row of a register. `replaces` is the row that this one corrects; a row is never changed, a correction is a row of its own."""

    THING = record.Record

    type = models.CharField(max_length=20, db_index=True)
    org = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    date = models.CharField(max_length=WHEN_LENGTH, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replaces = models.CharField(max_length=ID_LENGTH, blank=True, default="", db_index=True)
    on_tasks = models.ManyToManyField(Task, related_name="records")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["type", "date", "id"], name="rows_of_a_kind_by_day")]

    @classmethod
    def of(cls, thing: Any, **columns: Any) -> Self:
        """A row whose column `replaces` repeats what lies in `more`, so that it can be searched by."""
        return super().of(thing, **{"replaces": thing.replaces or "", **columns})


class File(Filed):
    """A file that is evidence; its bytes lie in the content store under their hash. `public_sha256` is the copy without metadata."""

    THING = file.File

    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.BigIntegerField()
    media = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()
    public_sha256 = models.CharField(max_length=64, blank=True, default="")
    on_tasks = models.ManyToManyField(Task, related_name="files")


class Series(Filed):
    """Readings over time; the csv is a File."""

    THING = series.Series

    indicator = models.CharField(max_length=100)
    unit = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    interval = models.CharField(max_length=10)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    on_tasks = models.ManyToManyField(Task, related_name="series")


class WatchPlan(Filed):
    """How a closed task is watched."""

    THING = oversight.WatchPlan

    task = models.ForeignKey(Task, models.PROTECT, related_name="watch_plans")
    months = models.PositiveIntegerField()


class Finding(Filed):
    """A finding about a task with its answer and decision (a Disposition of the dossier), and the sentence it was raised with.

    `sentence` is the message with the pattern it was made from (kernel.said), so that it can be said in English; one that the records no
    longer support is not `standing`, and keeps what was answered. `answer_due` is the last day for the answer, "" while the calendar of that
    year is 待公布. Its id is made of task and key, so there is one row for each.
    """

    THING = oversight.Disposition
    COLUMN_OF = {"check": "check_id"}

    task = models.ForeignKey(Task, models.PROTECT, related_name="findings")
    check_id = models.CharField(max_length=20)
    key = models.TextField()
    severity = models.CharField(max_length=10)
    raised_at = models.DateTimeField()
    answer_due = models.CharField(max_length=10, blank=True, default="", db_index=True)
    must_answer = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    message = models.TextField()
    sentence = models.JSONField(default=str)
    basis = models.TextField()
    where = models.JSONField(default=list)
    standing = models.BooleanField(default=True)
