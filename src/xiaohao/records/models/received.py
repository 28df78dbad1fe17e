"""Bundles that came from other installations: kept beside the own cases and never among them."""

from __future__ import annotations

from django.db import models

from xiaohao.dossier import received
from xiaohao.records.models.filed import Filed
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
