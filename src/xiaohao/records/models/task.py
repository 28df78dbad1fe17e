"""Inspections, their numbered lists, and the tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiaohao.dossier import task
from xiaohao.kernel.roles import TaskRole
from xiaohao.records.models.filed import ID_LENGTH, WHEN_LENGTH, Filed
from xiaohao.records.models.parties import Org


class Inspection(Filed):
    """Who came, when."""

    THING = task.Inspection

    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)


class TaskList(Filed):
    """A numbered list; `code` is the first half of its tasks' addresses (/t/qh2025a-7)."""

    THING = task.TaskList

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="lists")
    name = models.CharField(max_length=200)
    org = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    code = models.SlugField(max_length=40, unique=True)


class StandingTasks(models.Manager["Task"]):
    """Every task but those whose import was undone."""

    def get_queryset(self) -> models.QuerySet[Task]:
        return super().get_queryset().filter(withdrawn=None)


class Task(Filed):
    """A problem to be rectified. `status` changes only together with a journal entry: the database refuses anything else.

    `address` is list code and number; `version` counts the acts on this task, `last_entry` is the index of the newest entry about it;
    `rulebook` names the procedure it runs under. `withdrawn` is the entry that undid its import: a task is never deleted, but such a one is seen
    nowhere (`objects` leaves it out, `every` does not) until a later import takes its number up again.
    """

    THING = task.Task

    list = models.ForeignKey(TaskList, models.PROTECT, related_name="tasks")
    number = models.JSONField()
    title = models.CharField(max_length=200, blank=True, default="")
    problem = models.TextField()
    kind = models.CharField(max_length=20)
    nature = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=20, blank=True, default="", db_index=True)
    owner = models.ForeignKey(Org, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    supervisor = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    acceptor = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    publisher = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    desk = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    closer = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    assessor = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    due = models.CharField(max_length=WHEN_LENGTH, blank=True, default="")
    closed_at = models.CharField(max_length=WHEN_LENGTH, blank=True, default="", db_index=True)
    address = models.SlugField(max_length=80, unique=True)
    version = models.PositiveIntegerField(default=0)
    last_entry = models.BigIntegerField(null=True)
    rulebook = models.CharField(max_length=80)
    withdrawn = models.BigIntegerField(null=True)

    objects: ClassVar[models.Manager[Task]] = StandingTasks()
    every: ClassVar[models.Manager[Task]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="one_number_once_in_a_list")]
        indexes = [
            # what says who may read a task, in the order of lists: read without its texts, however many tasks others have
            models.Index(
                fields=["address", *(role.value for role in TaskRole), "withdrawn", "id"],
                name="tasks_by_seats",
            ),
            models.Index(fields=["id"], condition=models.Q(more__has_key="co_owners"), name="tasks_of_several_units"),
        ]


class TaskLink(models.Model):
    """An index over the links that lie in the tasks themselves, so that a task finds those that point at it. `other` is a plain id: a link may
    name a task of an earlier round that is not on file here. Not journaled: fsck compares it with the tasks."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="link_rows")
    other = models.CharField(max_length=ID_LENGTH, db_index=True)
    relation = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "other", "relation"], name="one_link_once")]
