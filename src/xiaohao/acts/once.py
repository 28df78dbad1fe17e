"""Acts beside a case: done once per key, in one transaction, with a receipt that a second sending gets again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from xiaohao.acts.receipt import Receipt
from xiaohao.kernel.roles import Actor
from xiaohao.records import models


def once(act: str, by: Actor, at: datetime, key: str, write_it: Callable[[], dict[str, Any]]) -> Receipt:
    """Run `write_it`, which appends one entry of the step `act` and returns the receipt's result; nothing happens under a key that was used."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    with transaction.atomic(durable=not settings.TESTING):
        result = write_it()
        entry = models.JournalEntry.objects.filter(step=act).latest("index").index
        models.Done.objects.create(actor=by.person, key=key, act=act, entry=entry, at=at, result=result)
    return Receipt(act, "", entry, at, result)
