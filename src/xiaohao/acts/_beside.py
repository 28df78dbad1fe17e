"""Acts that are not about one case alone, or must not be seen on it: rows and one entry in the journal without a task, once for each key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model

from xiaohao.acts._entry import append_entry
from xiaohao.acts.receipt import Receipt
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.records.models import Done

#: Writes and returns the rows that the entry commits to, and what the person gets back.
Write = Callable[[], tuple[Iterable[Model], Mapping[str, Any]]]


def beside(
    act: str,
    *,
    by: Actor,
    at: datetime,
    key: str,
    unmet: Callable[[], Iterable[Unmet]],
    write: Write,
    journal: Mapping[str, Any] | None = None,
) -> Receipt:
    """Do it, or give back the receipt of the first time. `at` is cut to seconds by the caller. Raises Refused with everything `unmet` yields; such a
    refusal is not journaled, for it is about no case. `journal` are more fields of the entry."""
    if done := Done.objects.filter(actor=by.person, key=key).first():
        return _receipt(done)
    try:
        with transaction.atomic(durable=not settings.TESTING):
            if wrong := tuple(unmet()):
                raise Refused(act, wrong)
            rows, result = write()
            entry = append_entry(EntryType.ACT, step=act, by=by, at=at, rows=rows, fields=journal)
            done = Done.objects.create(actor=by.person, key=key, act=act, task="", entry=entry.index, at=at, result=dict(result))
            return _receipt(done)
    except IntegrityError:
        if done := Done.objects.filter(actor=by.person, key=key).first():  # the same request, twice at once
            return _receipt(done)
        raise


def _receipt(done: Done) -> Receipt:
    return Receipt(done.act, done.task, done.entry, done.at, done.result)
