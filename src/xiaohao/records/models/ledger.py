"""Ledgers that were brought in: the draft a person works on, what each layout of columns meant last time, and what was taken over, word for word."""

from __future__ import annotations

from django.db import models

from xiaohao.records.models.account import Account
from xiaohao.records.models.filed import ID_LENGTH
from xiaohao.records.models.parties import Org
from xiaohao.records.models.task import Task, TaskList


class Ledger(models.Model):
    """A sheet on its way in. Private to the account until it is imported; not journaled itself (its items are).

    `headers` are the columns as they are read: header, meaning, confidence, letter, place. `meanings` (column → meaning), `fixes` (cell → words) and `units` (name → unit) are what the person put right by hand; `stage` is reading,
    ready, importing or failed, `done` of `total` how far a long one is, `imports` what was imported from it so far and whether that was undone.
    """

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    account = models.ForeignKey(Account, models.PROTECT, related_name="ledgers")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True, default="")
    sheets = models.JSONField(default=list)
    headers = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    layout = models.CharField(max_length=32, blank=True, default="")
    listing = models.ForeignKey(TaskList, models.PROTECT, related_name="ledgers")
    lead = models.ForeignKey(Org, models.PROTECT, null=True, related_name="+")
    year = models.PositiveIntegerField()
    meanings = models.JSONField(default=dict)
    fixes = models.JSONField(default=dict)
    units = models.JSONField(default=dict)
    unknown = models.JSONField(default=list)
    stage = models.CharField(max_length=12, default="reading")
    wrong = models.JSONField(default=str)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
    imports = models.JSONField(default=list)


class LedgerLine(models.Model):
    """One task of a ledger as it was read, before it is imported; made anew whenever something is put right. `verdict` is ready, confirm, fix,
    changed or same; `problems` are sentences with the pattern they are made from, each with its cell; `changes` is (field, before, now)."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="lines")
    n = models.PositiveIntegerField()
    number = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=8)
    content = models.JSONField()
    problems = models.JSONField(default=list)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["n"]
        indexes = [models.Index(fields=["ledger", "verdict", "n"], name="lines_by_verdict")]


class LedgerItem(models.Model):
    """What a ledger said of one task when it was imported, word for word: `content` holds the file's hash, the sheet, the headers and the rows.
    The journal commits to it. A later ledger's item about the same task stands beside it. `opened` says that the task began with it."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="items")
    task = models.ForeignKey(Task, models.PROTECT, related_name="ledger_items")
    content = models.JSONField()
    entry = models.BigIntegerField(db_index=True)
    opened = models.BooleanField(default=True)


class LedgerLayout(models.Model):
    """What the columns of one arrangement of headers meant when a person of this unit last imported it, and which units its names stood for."""

    org = models.ForeignKey(Org, models.CASCADE, related_name="+")
    layout = models.CharField(max_length=32)
    meanings = models.JSONField(default=dict)
    units = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "layout"], name="one_layout_once_in_a_unit")]
