"""Keeping the registers: a row for what was done, a file that proves it, a document, a series of readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from xiaohao.acts._allowed import ALL_HANDS, Allowed, all_of
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.publicity.words import RECORD_WORDS
from xiaohao.records.models.filed import instant

#: Types of records that only their own act writes.
_ACTS = frozenset({"acceptance", "review", "publicity", "closure", "pledge", "objection", "return", "override"})


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
    """Enter register rows with the files and documents they rest on. When each was entered, and by whom, is the system's word, not theirs.
    Raises Refused for a row that is an act of its own (an acceptance, a signature, a closing …)."""
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
        allowed=all_of(ALL_HANDS, _only_rows(rows)),
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


def _only_rows(records: Sequence[Record]) -> Allowed:
    def allowed(_dossier: Dossier, _actor: Actor) -> tuple[Unmet, ...]:
        return tuple(_an_act_of_its_own(record) for record in records if record.type in _ACTS or record.stage == "confidentiality")

    return allowed


def _an_act_of_its_own(record: Record) -> Unmet:
    return Unmet(
        gate="a_plain_row",
        fact=say("“{kind}”不能作为普通登记录入", kind=RECORD_WORDS.get(record.type, record.type)),
        basis=say("验收、审核、公示、销号、承诺、异议等由办理人在相应环节形成"),
        way=say("请在相应环节办理"),
        who=say("相应环节的办理人"),
        where=record.id,
    )


def _with(tasks: tuple[str, ...], task: str) -> tuple[str, ...]:
    return tuple(sorted({*tasks, task}))
