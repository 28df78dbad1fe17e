"""Draws: which rows stood behind which claim of a statement when somebody asked for a sample."""

from __future__ import annotations

from django.db import models

from xiaohao.records.models.case import Statement
from xiaohao.records.models.filed import ID_LENGTH
from xiaohao.records.models.parties import Org, Person
from xiaohao.records.models.task import Task


class Drawing(models.Model):
    """One draw. `population` holds for each claim (key `start-end` in the statement) the ids of its rows, sorted; what was drawn is not kept:
    it follows from the population and the log's root after the entry that committed to it."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    task = models.ForeignKey(Task, models.PROTECT, related_name="drawings")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="drawings")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    population = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "org"], name="one_draw_of_a_unit_for_a_statement")]
