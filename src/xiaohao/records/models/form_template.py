"""Templates of forms that the office put in the place of the shipped ones. A version is never changed or deleted."""

from __future__ import annotations

from django.db import models

from xiaohao.dossier import form_template
from xiaohao.records.models.filed import Filed
from xiaohao.records.models.parties import Person


class FormTemplate(Filed):
    """One version; its bytes are in the content store under `sha256` ("" for the shipped one again)."""

    THING = form_template.FormTemplate

    form = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "version"], name="one_version_of_a_template")]
