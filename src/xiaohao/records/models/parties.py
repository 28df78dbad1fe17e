"""Units, people and places."""

from __future__ import annotations

from django.db import models

from xiaohao.dossier import parties
from xiaohao.records.models.filed import Filed


class Place(Filed):
    """A region, or a water, site, point or parcel."""

    THING = parties.Place

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")


class Org(Filed):
    """A unit. `path` is its place in the tree, ids joined by `/` from the root and closed by one, so that "mine and below" is a prefix."""

    THING = parties.Org

    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    hosted_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField(null=True)
    path = models.CharField(max_length=1000, db_index=True)

    @property
    def region_code(self) -> str:
        """GB/T 2260, "" where the unit has none (a development zone has none)."""
        return str(self.more.get("x-region-code", ""))

    @property
    def dissolved(self) -> dict[str, str]:
        """Since when it is dissolved (`on`) and which unit took over (`into`); {} while it stands."""
        return dict(self.more.get(parties.DISSOLVED, {}))

    @property
    def former_names(self) -> list[dict[str, str]]:
        """What it was called (`name`) until which day (`until`), oldest first."""
        return list(self.more.get(parties.FORMER_NAMES, ()))

    @property
    def credit_code(self) -> str:
        """Unified social credit code, "" where it is not on file."""
        return str(self.more.get("x-credit-code", ""))


class Person(Filed):
    """A person. `staff_no` is the pseudonym that stands for them in the public journal."""

    THING = parties.Person

    name = models.CharField(max_length=100)
    org = models.ForeignKey(Org, models.PROTECT, null=True, related_name="people")
    post = models.CharField(max_length=100, blank=True, default="")
    staff_no = models.CharField(max_length=40, unique=True)


class PartiesMark(models.Model):
    """One row, written by triggers: another mark after every change of a unit, person or place."""

    id = models.SmallIntegerField(primary_key=True)
    mark = models.CharField(max_length=32)
