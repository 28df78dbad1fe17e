"""The comparison in the background that a case waits for: what asked for it and how far it is. Working state, not case data: it is made anew
from the rows whenever it is lost, so it is in no journal entry; it holds nothing about a person and goes with its task."""

from __future__ import annotations

from django.db import models

from xiaohao.records.models.task import Task


class Screening(models.Model):
    """`asked` is the newest journal entry whose content has to be compared, `holds` the newest after which another body has to wait, `done` the
    newest that has been compared; -1 is none. `stages` are the stages since then, `failed` the checks that broke in the last run,
    `skipped` those that could not run, by check with the reason (kernel.said)."""

    task = models.OneToOneField(Task, models.PROTECT, primary_key=True, related_name="screening")
    asked = models.BigIntegerField()
    asked_at = models.DateTimeField()
    holds = models.BigIntegerField(default=-1)
    stages = models.JSONField(default=list)
    done = models.BigIntegerField(default=-1, db_index=True)
    done_at = models.DateTimeField(null=True)
    checks_done = models.PositiveIntegerField(default=0)
    checks_all = models.PositiveIntegerField(default=0)
    failed = models.JSONField(default=list)
    skipped = models.JSONField(default=dict)

    @property
    def is_pending(self) -> bool:
        return self.done < self.asked

    @property
    def is_awaited(self) -> bool:
        """Whether another body has to wait for it."""
        return self.done < self.holds
