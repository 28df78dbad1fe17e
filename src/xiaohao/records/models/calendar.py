"""The years of the working-day calendar as this office entered them; what it did not enter is as it ships with the version."""

from __future__ import annotations

from django.db import models

from xiaohao.dossier import rules
from xiaohao.records.models.filed import Filed


class CalendarYear(Filed):
    """One year: the number of the official notice, with the days in `more`."""

    THING = rules.CalendarYear

    year = models.PositiveIntegerField(unique=True)
    notice = models.CharField(max_length=200)
