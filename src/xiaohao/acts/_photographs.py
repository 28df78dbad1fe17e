"""A case's photographs set beside everything ever filed: the index names the few worth looking at, and only their cases are read."""

from __future__ import annotations

from datetime import datetime
from functools import cache, partial

from django.db.models import Q

from xiaohao.dossier import Dossier
from xiaohao.evidence.photo_marks import Seen
from xiaohao.records import decoding, pictured
from xiaohao.records.models import Task
from xiaohao.records.to_dossier import content_store, ledger_of
from xiaohao.screening import photo_pairs
from xiaohao.screening.run import about


def beside_all(case: Dossier, row: Task, at: datetime) -> Dossier:
    """A ledger about the task, with the tasks of every photograph that one of its own may be taken from; which of them are one negative is worked
    out. Marks come from the index; a picture is decoded again only where marks lie over each other."""
    pictured.index_missing(content_store())
    own = pictured.stored(file.id for file in case.files if file.kind == "photo" and row.pk in file.tasks)
    near: set[tuple[str, str]] = set()
    for id, (number, seen) in own.items():
        if seen:
            found = pictured.files_of(pictured.nearest(seen.marks, frozenset({number})))
            near |= {(min(id, other), max(id, other)) for other in found.values()}
    near |= {(a, b) for a in own for b in own if a < b and len(own) <= photo_pairs.FEW}
    others = {id for pair in near for id in pair} - set(own)
    hashes = {file.sha256 for file in case.files if file.id in own}
    tasks = Task.objects.filter(pk__in=_tasks_with(others, hashes)).exclude(pk=row.pk).select_related("owner", "list").order_by("pk")
    ledger = about(ledger_of([row, *tasks], title="", at=at), row.pk)
    _compare(ledger, own | pictured.stored(others), sorted(near))
    return ledger


def with_own_pictures(case: Dossier) -> Dossier:
    """The case with its photographs compared among themselves, by their stored marks where the index has them."""
    pictured.index_missing(content_store())
    own = pictured.stored(file.id for file in case.files if file.kind == "photo")
    _compare(case, own, [(a, b) for a in sorted(own) for b in sorted(own) if a < b and _of_one_task(case, a, b)])
    return case


def _of_one_task(case: Dossier, one: str, other: str) -> bool:
    """Whether two photographs are filed for one task."""
    return bool(set(case.by_id[one].tasks) & set(case.by_id[other].tasks))


def _tasks_with(files: set[str], hashes: set[str]) -> list[str]:
    """Ids of the tasks that these files, or files of these contents, are filed for."""
    return list(Task.objects.filter(Q(files__in=files) | Q(files__sha256__in=hashes)).distinct().values_list("pk", flat=True))


def _compare(ledger: Dossier, seen: dict[str, tuple[int, Seen | None]], near: list[tuple[str, str]]) -> None:
    @cache
    def whole(id: str) -> Seen | None:
        return next(decoding.seen_of([(id, partial(ledger.content_of, id))]))[1]

    photo_pairs.keep(ledger, {id: one for id, (_, one) in seen.items()}, near, whole)
