"""The fingerprints of this installation's statements and photographs, one after the other, for those who compare many jurisdictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from xiaohao.evidence.photo_marks import unpacked
from xiaohao.journal.hashing import leaf_hash
from xiaohao.kernel.when import CST
from xiaohao.records.models import Commitment, File, JournalEntry, Statement, Task
from xiaohao.records.to_dossier import dossier_of
from xiaohao.screening.copied.grams import sampled
from xiaohao.screening.copied.own_text import read_statement
from xiaohao.screening.fingerprints.prints import Filed, PhotoPrint, TextPrint, opaque, photo_print, text_print

#: Kinds of statements that are exported: one account a task; its answers on the way would make its own words look like everybody's.
EXPORTED = ("completion",)
#: Photographs whose marks are in memory at once.
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Ours:
    """What an opaque id stands for here: the row, its tasks' addresses, and where it is filed."""

    row: str
    tasks: tuple[str, ...]
    filed: Filed


def texts(key: bytes, *, at: datetime) -> Iterator[TextPrint]:
    """Every statement that is compared, case by case; one with nothing of its own has no fingerprint."""
    tasks = Task.objects.filter(statements__kind__in=EXPORTED).distinct().select_related("owner", "list").order_by("pk")
    for task in tasks.iterator(chunk_size=_AT_ONCE):
        case = dossier_of(task, at=at)
        said = [one for one in case.statements if one.kind in EXPORTED and one.task == task.pk]
        filed = _filed("statement", {row.pk: row.recorded_at for row in Statement.objects.filter(pk__in=[one.id for one in said])})
        for one in sorted(said, key=lambda each: each.id):
            if len(found := sampled(read_statement(case, one).grams)):
                yield text_print(one.id, one.text, found, filed[one.id], key)


def photos(key: bytes) -> Iterator[PhotoPrint]:
    """Every photograph, from its stored marks: no picture is opened. One that is not in the index yet has only the hash of its file."""
    rows = File.objects.filter(kind="photo").order_by("pk").select_related("pictured")
    for some in _in_parts(rows.iterator(chunk_size=_AT_ONCE)):
        filed = _filed("file", {row.pk: row.recorded_at for row in some})
        for row in some:
            index = getattr(row, "pictured", None)
            marks = unpacked(bytes(index.marks)) if index and index.longest else None
            yield photo_print(row.pk, row.sha256, marks, filed[row.pk], key)


def whose(document: str, key: bytes) -> Ours | None:
    """The statement or photograph that bears this opaque id under the key, or None."""
    for statement in Statement.objects.filter(kind__in=EXPORTED).select_related("task").iterator():
        if opaque("t", statement.pk, statement.text.encode(), key) == document:
            return Ours(statement.pk, (statement.task.address,), _filed("statement", {statement.pk: statement.recorded_at})[statement.pk])
    for file in File.objects.filter(kind="photo").iterator():
        if opaque("p", file.pk, file.sha256.encode(), key) == document:
            tasks = tuple(file.on_tasks.order_by("pk").values_list("address", flat=True))
            return Ours(file.pk, tasks, _filed("file", {file.pk: file.recorded_at})[file.pk])
    return None


def _filed(table: str, rows: Mapping[str, datetime]) -> dict[str, Filed]:
    """By row id where it is filed: the first entry that commits to it."""
    committed = Commitment.objects.filter(table=table, row__in=list(rows)).values("row").annotate(first=Min("entry"))
    first = {one["row"]: one["first"] for one in committed}
    contents = dict(JournalEntry.objects.filter(pk__in=set(first.values())).values_list("pk", "content"))
    return {
        row: Filed(
            entry := first.get(row),
            leaf_hash(bytes(contents[entry])).hex() if entry is not None else "",
            when.astimezone(CST).date().isoformat(),
        )
        for row, when in rows.items()
    }


def _in_parts(rows: Iterable[File]) -> Iterator[list[File]]:
    part: list[File] = []
    for row in rows:
        part.append(row)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    yield part
