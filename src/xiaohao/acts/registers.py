"""Keeping the registers: a row for what was done, a file that proves it, a document, a series of readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from xiaohao.acts._allowed import ALL_HANDS
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.kernel.roles import Actor
from xiaohao.records.models.filed import instant


def add_records(
    *,
    task: str,
    by: Actor,
    at: datetime,
    key: str,
    records: Sequence[Record],
    files: Sequence[File] = (),
    documents: Sequence[Document] = (),
) -> Receipt:
    """Enter register rows with the files and documents they rest on. When each was entered, and by whom, is the system's word, not theirs."""
    seen = instant(at)
    rows = tuple(replace(r, tasks=_with(r.tasks, task), recorded_at=seen, recorded_by=by.person, org=r.org or by.org) for r in records)
    papers = tuple(replace(d, tasks=_with(d.tasks, task), recorded_at=seen) for d in documents)
    kept = tuple(replace(f, tasks=_with(f.tasks, task), recorded_at=seen) for f in files)
    return perform(
        "add_records",
        task=task,
        by=by,
        at=at,
        key=key,
        allowed=ALL_HANDS,
        propose=lambda _dossier, _row: Proposal(
            things=(*kept, *papers, *rows), result={"records": [r.id for r in rows], "files": [f.id for f in kept]}
        ),
    )


def add_series(*, task: str, by: Actor, at: datetime, key: str, series: Series, file: File) -> Receipt:
    """File a series of readings with its csv."""
    seen = instant(at)
    csv = replace(file, tasks=_with(file.tasks, task), recorded_at=seen)
    readings = replace(series, tasks=_with(series.tasks, task), file=csv.id)
    return perform(
        "add_series", task=task, by=by, at=at, key=key, allowed=ALL_HANDS, propose=lambda _dossier, _row: Proposal(things=(csv, readings))
    )


def _with(tasks: tuple[str, ...], task: str) -> tuple[str, ...]:
    return tuple(sorted({*tasks, task}))
