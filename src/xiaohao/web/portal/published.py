"""A notice as it was published: made again from the case file of that moment and held against the digest in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.as_of import as_of
from xiaohao.journal.entry_format import parse_entry
from xiaohao.publicity.notice import Notice, compose, digest
from xiaohao.records import queries
from xiaohao.records.models import Record, Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of


@dataclass(frozen=True, slots=True)
class Published:
    """`notice` as it can be made today from what was on file then; `same` says whether that is what the journal took the digest of (None where
    the journal holds none). `text` is the official text as it was put up, `dossier` the file of that moment."""

    record: Record
    task: Task
    notice: Notice
    dossier: Dossier
    text: str
    entry: int | None
    same: bool | None


def published(record: Record, at: datetime) -> Published:
    """The notice of a publicity record."""
    task = record.on_tasks.all()[0]
    dossier = as_of(dossier_of(task, at=at), record.recorded_at)
    notice = compose(dossier, record.pk, self_acceptance=rulebook_of(task).hands.self_acceptance)
    row = queries.entry_of_notice(record)
    taken = parse_entry(bytes(row.content)).pub if row else None
    statement = dossier.last_statement(task.pk, "notice")
    return Published(
        record=record,
        task=task,
        notice=notice,
        dossier=dossier,
        text=statement.text if statement else "",
        entry=row.index if row else None,
        same=digest(notice) == taken if taken else None,
    )
