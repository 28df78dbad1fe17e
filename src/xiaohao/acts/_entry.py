"""The journal entry of an act: who (as a pseudonym), which step, from which state to which, and a salted commitment to every row written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from xiaohao.journal.batch import NAMED, batch_of
from xiaohao.journal.commitment import SALT_SIZE, commit
from xiaohao.journal.entry import ActedBy, Commitment, Entry, EntryType
from xiaohao.journal.entry_format import entry_bytes
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records import journal_rows, models
from xiaohao.records.committed import row_content

#: Who acts where a thing is entered from the machine's own command line, before anybody has an account.
COMMAND_LINE = ActedBy(role=Role.SYSTEM_ADMIN, staff="0", unit="本机命令行")


def append_entry(
    kind: EntryType,
    *,
    at: datetime,
    step: str | None = None,
    task: models.Task | None = None,
    by: Actor | ActedBy | None = None,
    rows: Iterable[Model] = (),
    fields: Mapping[str, Any] | None = None,
) -> models.JournalEntry:
    """Append one entry inside the running transaction and return its row. `fields` are more fields of journal.entry.Entry, among them
    `prev_state` and `state` when the act moves the task. Raises Invalid when the entry breaks the format."""
    salts, commitments = _commitments(rows)
    index = journal_rows.next_index()
    entry = Entry(
        type=kind,
        id=f"e{index}",
        at=at,
        step=step,
        actor=pseudonym(by) if isinstance(by, Actor) else by,
        **({"commitments": tuple(commitments)} | (_place(task) if task else {}) | dict(fields or {})),
    )
    return journal_rows.append(index=index, content=entry_bytes(entry), entry=entry, task_id=task.id if task else None, salts=salts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry about one task that is wanted with many others: its step, the rows it commits to, more fields, and its number among the task's
    entries (1 for a task that is opened by it)."""

    step: str
    task: models.Task
    rows: tuple[Model, ...]
    fields: Mapping[str, Any]
    seq: int = 1


def append_many(wanted: Sequence[Wanted], *, by: Actor, at: datetime) -> list[int]:
    """Append an entry for each, in their order, with a few statements in all; returns their indexes. Raises Invalid."""
    actor = pseudonym(by)
    first = journal_rows.next_index()
    made: list[journal_rows.Made] = []
    for index, one in enumerate(wanted, first):
        salts, commitments = _commitments(one.rows)
        place: dict[str, Any] = {"task": one.task.address, "unit": one.task.owner.name, "seq": one.seq}
        entry = Entry(
            type=EntryType.ACT,
            id=f"e{index}",
            at=at,
            step=one.step,
            actor=actor,
            **({"commitments": tuple(commitments)} | place | dict(one.fields)),
        )
        made.append(journal_rows.Made(index, entry_bytes(entry), entry, one.task.id, salts))
    journal_rows.append_many(made)
    return [one.index for one in made]


def _place(task: models.Task) -> dict[str, Any]:
    return {"task": task.address, "unit": task.owner.name, "seq": models.JournalEntry.objects.filter(task_id=task.id).count() + 1}


def pseudonym(by: Actor) -> ActedBy:
    """Who acted as the journal says it: a role, a staff number, a unit; never a name."""
    staff_no = models.Person.objects.values_list("staff_no", flat=True).get(pk=by.person)
    unit = models.Org.objects.values_list("name", flat=True).get(pk=by.org)
    return ActedBy(role=min(by.roles), staff=staff_no, unit=unit)


#: Rows that an entry names one by one: 60 commitments are some 6 KB of the 8 KB that an entry may have. More go in as one batch.
_ONE_BY_ONE = 60


def _commitments(rows: Iterable[Model]) -> tuple[list[models.Commitment], list[Commitment]]:
    """The salts to keep and the digests to publish. A commitment's name says only the kind of row and its ordinal in the entry."""
    salts, digests, ordinals = [], [], Counter[str]()
    for row in rows:
        table = row._meta.model_name or ""
        ordinals[table] += 1
        name, salt = f"{table}/{ordinals[table]}", os.urandom(SALT_SIZE)
        salts.append(models.Commitment(name=name, salt=salt, table=table, row=str(row.pk)))
        digests.append(Commitment(name, commit(name, salt, row_content(row))))
    if len(digests) <= _ONE_BY_ONE:
        return salts, digests
    batch = batch_of(f"{NAMED}/1", digests)
    for leaf, (kept, made) in enumerate(zip(salts, digests, strict=True)):
        kept.batch, kept.leaf, kept.digest = batch.name, leaf, made.digest
    return salts, [batch]
