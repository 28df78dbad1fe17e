"""A notice as it was published, from the bytes that were kept of it, held against the digest in the journal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.as_of import as_of
from xiaohao.dossier.file import File
from xiaohao.journal.entry_format import parse_entry
from xiaohao.publicity.notice import Notice, compose
from xiaohao.publicity.notice_content import digest, read_notice
from xiaohao.records import queries
from xiaohao.records.models import Record, Task
from xiaohao.records.to_dossier import content_store, dossier_of


@dataclass(frozen=True, slots=True)
class Published:
    """`notice` as it was published; `same` says whether the journal holds the digest of exactly that (None where it holds none). Where the kept
    bytes are lost or damaged, the notice is made again from the case file of that moment, and `same` is False. `dossier` is that file."""

    record: Record
    task: Task
    notice: Notice
    dossier: Dossier
    digest: str
    entry: int | None
    same: bool | None


def published(record: Record, at: datetime) -> Published:
    """The notice of a publicity record."""
    task = record.on_tasks.all()[0]
    dossier = as_of(dossier_of(task, at=at), record.recorded_at)
    content = _kept(dossier, record)
    notice = read_notice(content) if content else compose(dossier, record.pk)
    found = hashlib.sha256(content).hexdigest() if content else digest(notice)
    row = queries.entry_of_notice(record)
    taken = parse_entry(bytes(row.content)).pub if row else None
    same = found == taken and content is not None if taken else None
    return Published(record, task, notice, dossier, found, row.index if row else None, same)


def _kept(dossier: Dossier, record: Record) -> bytes | None:
    """The canonical bytes that were kept when the notice was published; None when they are gone or not what they were."""
    file = next((found for name in record.more.get("files", ()) if (found := dossier.find(File, name))), None)
    if file is None:
        return None
    try:
        return content_store().get(file.sha256)
    except OSError:  # missing, or ContentDamaged
        return None
