"""The journal entry of an act: who (as a pseudonym), which step, from which state to which, and a salted commitment to every row written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from xiaohao.dossier.codec import thing_to_json
from xiaohao.journal.commitment import commit
from xiaohao.journal.entry import canonical_bytes, canonical_json
from xiaohao.kernel.roles import Actor
from xiaohao.records import journal_rows
from xiaohao.records.models import Commitment, JournalEntry, Objection, Person, Task
from xiaohao.records.models.filed import Filed, instant

#: Version of the entry format (docs/journal.md).
ENTRY_VERSION = 1


def append_entry(
    *,
    type: str,
    act: str,
    task: Task | None,
    by: Actor | None,
    at: datetime,
    prev_state: str = "",
    state: str = "",
    rules: str = "",
    rows: Iterable[Model] = (),
    public: bytes | None = None,
    more: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Append one entry inside the running transaction and return its row."""
    index = journal_rows.next_index()
    commitments, hashes = _commitments(rows)
    fields: dict[str, Any] = {"v": ENTRY_VERSION, "t": type, "id": f"e{index}", "step": act, "at": instant(at), **(more or {})}
    if task:
        fields |= {"task": task.address, "unit": task.owner_id, "seq": task.version + 1}
    if by:
        fields["actor"] = _pseudonym(by)
    for name, value in (("prev_state", prev_state), ("state", state), ("rules", rules)):
        if value:
            fields[name] = value
    if public is not None:
        fields["pub"] = hashlib.sha256(public).hexdigest()
    if hashes:
        fields["c"] = hashes
    return journal_rows.append(
        index=index,
        content=canonical_bytes(fields),
        type=type,
        step=act,
        task_id=task.id if task else None,
        prev_state=prev_state,
        state=state,
        at=at,
        commitments=commitments,
    )


def _pseudonym(by: Actor) -> dict[str, str]:
    staff_no = Person.objects.values_list("staff_no", flat=True).get(pk=by.person)
    return {"org": by.org, "staff": staff_no}


def _commitments(rows: Iterable[Model]) -> tuple[list[Commitment], list[dict[str, str]]]:
    made, hashes = [], []
    for row in sorted(rows, key=lambda row: (row._meta.model_name or "", str(row.pk))):
        name, salt = f"{row._meta.model_name}/{row.pk}", os.urandom(32)
        made.append(Commitment(name=name, salt=salt, table=row._meta.model_name, row=str(row.pk)))
        hashes.append({"n": name, "h": commit(name, salt, row_content(row))})
    return made, hashes


def row_content(row: Model) -> bytes:
    """The canonical bytes of a row, as they are committed to. Times are whole seconds, so a row read back gives the same bytes."""
    if isinstance(row, Filed):
        return canonical_json(_hashable(thing_to_json(row.thing())))
    if isinstance(row, Objection):
        return canonical_json({"id": row.id, "commitment": row.commitment, **_decision_of(row)})
    raise TypeError(f"{type(row).__name__} is not committed to")


def _decision_of(row: Objection) -> dict[str, Any]:
    said = {"admission_reason": row.admission_reason, "answer": row.answer, "public_text": row.public_text}
    settled = {"admissible": row.admissible, "upheld": row.upheld}
    return {name: value for name, value in {**said, **settled}.items() if value not in (None, "")}


def _hashable(value: Any) -> Any:
    """JSON without floats: canonical entries hold integers only, so a measured number is committed to as its shortest decimal text."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {name: _hashable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_hashable(part) for part in value]
    return value
