"""The index of every photograph ever filed: its marks, and the keys by which it is found again (evidence.photo_keys). Working state, made anew from the
files whenever it is lost, so it is in no journal entry; no picture can be drawn from it."""

from __future__ import annotations

from django.db import models

from xiaohao.records.models.case import File


class IndexedPhoto(models.Model):
    """A photograph under the small number by which the index knows it. `marks` as evidence.photo_marks packs them, empty for a picture that cannot
    be read; `longest` the pixels of its longer side."""

    number = models.AutoField(primary_key=True)
    file = models.OneToOneField(File, models.CASCADE, related_name="pictured")
    marks = models.BinaryField()
    longest = models.IntegerField()


class PhotoKey(models.Model):
    """A mark with this `key`; `spot` is the number of its photograph and where in it the mark lies. On SQLite a table without row ids."""

    pk = models.CompositePrimaryKey("key", "spot")
    key = models.BigIntegerField()
    spot = models.BigIntegerField()
