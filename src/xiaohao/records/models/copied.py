"""The index of what was ever submitted: which grams (screening.copied) stand in which statement. Working state, made anew from the statements
whenever it is lost, so it is in no journal entry; it holds numbers only, no words, nothing about a person."""

from __future__ import annotations

from django.db import models

from xiaohao.records.models.case import Statement


class IndexedStatement(models.Model):
    """A statement under the small number by which the index knows it."""

    number = models.AutoField(primary_key=True)
    statement = models.OneToOneField(Statement, models.CASCADE, related_name="indexed")


class StatementGram(models.Model):
    """`gram` stands in the statement of this `number`. On SQLite a table without row ids: the two columns are the whole of it."""

    pk = models.CompositePrimaryKey("gram", "number")
    gram = models.BigIntegerField()
    number = models.IntegerField()
