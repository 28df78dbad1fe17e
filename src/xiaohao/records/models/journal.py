"""The journal's rows, the salts behind its commitments, and what makes a repeated request harmless."""

from __future__ import annotations

from django.db import models

from xiaohao.records.models.account import Account
from xiaohao.records.models.filed import ID_LENGTH
from xiaohao.records.models.task import Task


class JournalEntry(models.Model):
    """One entry: `content` is its exact bytes, the other columns repeat what is inside for searching. Rows are never changed or deleted."""

    index = models.BigIntegerField(primary_key=True)
    content = models.BinaryField()
    type = models.CharField(max_length=30, db_index=True)
    step = models.CharField(max_length=40, blank=True, default="")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="entries")
    prev_state = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=20, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["index"]


class Commitment(models.Model):
    """The salt of one commitment in an entry, and the row whose canonical form it commits to. Deleting it (and the row) makes the
    commitment meaningless, which is how personal data leaves a log that forgets nothing.

    One of a batch names it in `batch`, its place in it in `leaf`, and keeps its `digest`: the other rows of the batch stay provable when this
    one's salt and content are gone."""

    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="commitments")
    name = models.CharField(max_length=120)
    salt = models.BinaryField()
    table = models.CharField(max_length=40)
    row = models.CharField(max_length=ID_LENGTH, db_index=True)
    batch = models.CharField(max_length=20, blank=True, default="")
    leaf = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="one_commitment_once_in_an_entry")]


class Done(models.Model):
    """An act that was done under an idempotency key: asking again returns the same receipt. `actor` is a person's id, "" for the public."""

    actor = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    key = models.CharField(max_length=128)
    act = models.CharField(max_length=40)
    task = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    entry = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    result = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="one_act_once_per_key")]


class Refusal(models.Model):
    """A step that was refused: the unmet gates as they were shown, those that were met, and the draft that was kept."""

    entry = models.OneToOneField(JournalEntry, models.PROTECT, primary_key=True, related_name="refusal")
    task = models.ForeignKey(Task, models.PROTECT, related_name="refusals")
    step = models.CharField(max_length=40)
    unmet = models.JSONField()
    met = models.JSONField(default=list)
    draft = models.JSONField(default=dict)


class Draft(models.Model):
    """What a person has typed for a step and not yet submitted. Private to the account; not journaled."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="drafts")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="+")
    step = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "task", "step"], name="one_draft_per_step")]
