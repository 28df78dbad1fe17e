"""Objections of residents. What could tell who they are lies here and nowhere else: not in the dossier, not in the journal."""

from __future__ import annotations

from django.db import models

from xiaohao.records.models.case import Record
from xiaohao.records.models.filed import ID_LENGTH
from xiaohao.records.models.parties import Person
from xiaohao.records.models.task import Task


class Objection(models.Model):
    """One objection. The receipt's code is kept only as a hash; `contact` is sealed with the office's key (acts/_seal.py).

    `channel` is web, phone or letter; `late` marks one that came after the window and is taken as 反映情况; `earlier` keeps the answer that
    a re-check set aside; `entry` is the journal index of its batch.
    """

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    task = models.ForeignKey(Task, models.PROTECT, related_name="objections")
    notice = models.ForeignKey(Record, models.PROTECT, null=True, related_name="objections")
    code_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10)
    late = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    measures = models.JSONField(default=list)
    text = models.TextField()
    public_text = models.TextField(blank=True, default="")
    contact = models.BinaryField(default=bytes)
    photos = models.JSONField(default=list)
    salt = models.BinaryField()
    commitment = models.CharField(max_length=64)
    receipt = models.TextField()
    entry = models.BigIntegerField(null=True)

    admissible = models.BooleanField(null=True)
    admission_reason = models.TextField(blank=True, default="")
    admitted_at = models.DateTimeField(null=True)
    admitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True, default="")
    upheld = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    recheck_asked_at = models.DateTimeField(null=True)
    earlier = models.JSONField(default=list)

    class Meta:
        ordering = ["received_at", "id"]
