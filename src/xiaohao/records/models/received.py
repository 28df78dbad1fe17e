"""Bundles that came from other installations: kept beside the own cases and never among them."""

from __future__ import annotations

from django.db import models

from xiaohao.dossier import received
from xiaohao.records.models.account import Account
from xiaohao.records.models.filed import ID_LENGTH, Filed
from xiaohao.records.models.parties import Org


class Received(Filed):
    """One bundle as it came. Its manifest, its root file and every other file are in the content store under their digests."""

    THING = received.Received

    origin = models.CharField(max_length=200)
    subject = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    manifest = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    org = models.ForeignKey(Org, models.PROTECT, related_name="received")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "origin", "subject", "version"], name="one_version_of_a_received_bundle"),
            models.UniqueConstraint(fields=["org", "origin", "manifest"], name="a_bundle_comes_once"),
        ]


class ComingParcel(models.Model):
    """A bundle that was sent to the desk and is checked in the background. Private to the account; not journaled itself (what is taken in is).

    `stage` is waiting, taken or failed; `done` of `total` bytes, each counted twice: once checked, once kept. `wrong` are sentences with the pattern they are made
    from, of a bundle that was not taken; `received` is what it has become, `again` that it was there already.
    """

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=12, default="waiting")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    wrong = models.JSONField(default=list)
    received = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    again = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
