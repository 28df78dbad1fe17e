"""Plans of supervision, draws, site visits, and the rhythm of calls. Seen by the office that supervises; a visit by others once it is known of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiaohao.dossier import supervision
from xiaohao.records.models.filed import WHEN_LENGTH, Filed
from xiaohao.records.models.parties import Org
from xiaohao.records.models.task import Task


class SupervisionPlan(Filed):
    """One plan; its tasks are the scope when it was made."""

    THING = supervision.SupervisionPlan

    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    start = models.CharField(max_length=WHEN_LENGTH)
    end = models.CharField(max_length=WHEN_LENGTH, db_index=True)
    on_tasks = models.ManyToManyField(Task, related_name="supervision_plans")


class SupervisionDraw(Filed):
    """One draw; a plan has one, so that nobody draws until they like it."""

    THING = supervision.SupervisionDraw

    plan = models.OneToOneField(SupervisionPlan, models.PROTECT, related_name="draw")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()


class SiteVisit(Filed):
    """One visit. The row changes as the visit goes on, each time with a new commitment in the journal; `reported_at` is set once."""

    THING = supervision.SiteVisit

    task = models.ForeignKey(Task, models.PROTECT, related_name="site_visits")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    plan = models.ForeignKey(SupervisionPlan, models.PROTECT, null=True, related_name="visits")
    kind = models.CharField(max_length=10)
    date = models.CharField(max_length=WHEN_LENGTH)
    unannounced = models.BooleanField(null=True)
    planned_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "date"], name="visits_of_a_kind_by_day")]


class CallRhythm(Filed):
    """One setting of an office's rhythm; an earlier one stays on file."""

    THING = supervision.CallRhythm

    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    set_at = models.DateTimeField()
