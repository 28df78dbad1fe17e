"""The index by which tasks, records, petitions and documents are found, and the views that people keep of the list. Both are working state:
the index is made anew from the rows whenever it is lost (fsck compares them), so neither is in a journal entry."""

from __future__ import annotations

from django.db import models

from xiaohao.records.models.account import Account
from xiaohao.records.models.filed import ID_LENGTH


class SearchEntry(models.Model):
    """One thing that can be found: which row of which table, and its words folded (documents.finding)."""

    number = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    row = models.CharField(max_length=ID_LENGTH)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="one_search_entry_of_a_row")]


class SearchPair(models.Model):
    """`pair` of characters stands in the entry of this `number`. On SQLite a table without row ids: the two columns are the whole of it."""

    pk = models.CompositePrimaryKey("pair", "number")
    pair = models.BigIntegerField()
    number = models.IntegerField(db_index=True)


class SavedView(models.Model):
    """A list as a person likes to see it: the address behind the question mark, under a name. The one with `opens` opens first."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40)
    asked = models.CharField(max_length=600)
    opens = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="one_view_of_a_name")]
