"""Keeping the registers: a row for what was done, a file that proves it, a document, a series of readings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from xiaohao.acts._allowed import ALL_HANDS, Allowed, all_of
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal, Update
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.record import REPLACES, WITHDRAWN, Record
from xiaohao.dossier.series import Series
from xiaohao.evidence.claimed_day import impossible_day_of
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.outcomes.extending import extended
from xiaohao.procedure.pressure import ANSWER, LIFT, RUNGS
from xiaohao.publicity.words import RECORD_WORDS
from xiaohao.records import models
from xiaohao.records.models.filed import instant
from xiaohao.records.to_dossier import content_store

#: Types of records that only their own act writes.
_ACTS = frozenset(
    {
        "acceptance",
        "review",
        "closing_assessment",
        "publicity",
        "closure",
        "pledge",
        "objection",
        "return",
        "override",
        "arrangement",
        "question",
        "reply",
        "countersign",
        "countersigned",
    }
)


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
    Raises Refused for a row that is an act of its own (an acceptance, a signature, a closing …), or of a day that has not come."""
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
        allowed=all_of(ALL_HANDS, _only_rows(rows), _has_happened(rows, at)),
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


def extend_series(*, task: str, by: Actor, at: datetime, key: str, series: str, file: File, content: bytes, joined: File) -> Receipt:
    """Go on with a series under its own id: `file` holds the new readings as they came (`content`), `joined` old and new together; both files stay.
    Raises Refused where a reading that is on file would change, or one would come before the last of them."""
    seen = instant(at)
    csv, whole = (replace(one, tasks=_with(one.tasks, task), recorded_at=seen) for one in (file, joined))

    def propose(dossier: Dossier, _row: models.Task) -> Proposal:
        row = models.Series.objects.select_for_update().get(pk=series)
        thing = replace(row.thing(), file=whole.id)
        return Proposal(things=(csv, whole), updates=(Update(row, {"file_id": whole.id}, thing=thing),), result={"series": series})

    def goes_on(dossier: Dossier, _actor: Actor) -> tuple[Unmet, ...]:
        row = models.Series.objects.filter(pk=series, on_tasks=task).select_related("file").first()
        if row is None:
            return (_not_extended(say("这条监测数据不在本任务里"), series),)
        made = extended(content_store().get(row.file.sha256), content)
        if not made.faults and hashlib.sha256(made.content).hexdigest() != joined.sha256:
            return (_not_extended(say("刚才有人先登记了新的读数"), series),)
        return tuple(_not_extended(fault, series) for fault in made.faults)

    return perform("extend_series", task=task, by=by, at=at, key=key, allowed=all_of(ALL_HANDS, goes_on), propose=propose)


def _not_extended(fact: str, series: str) -> Unmet:
    return Unmet(
        gate="series_goes_on",
        fact=fact,
        basis=say("监测数据只往后接，已登记的读数不改"),
        way=say("只报新的读数；原来的读数有误的，另登记一条并写明原因"),
        who=say("数据单位"),
        where=series,
    )


def correct_record(
    *,
    task: str,
    by: Actor,
    at: datetime,
    key: str,
    record: str,
    version: Record | None,
    reason: str,
    files: Sequence[File] = (),
    documents: Sequence[Document] = (),
) -> Receipt:
    """Put a new version in the place of a row, or with no `version` say that it was entered by mistake. The old one stays on file with both times
    of recording; only the newest counts. Raises Refused for a row that another unit entered, that only its own step writes, that has
    been corrected already, or without a reason."""
    seen = instant(at)
    papers = tuple(replace(d, tasks=_with(d.tasks, task), recorded_at=seen) for d in documents)
    kept_files = tuple(replace(f, tasks=_with(f.tasks, task), recorded_at=seen) for f in files)

    def propose(dossier: Dossier, _row: object) -> Proposal:
        old = next(one for one in dossier.records if one.id == record)
        fresh = version or replace(old)
        marks = ((REPLACES, record), *(((WITHDRAWN, True),) if version is None else ()))
        kept = tuple((name, part) for name, part in old.unknown if name not in (REPLACES, WITHDRAWN))
        made = replace(
            fresh, id=id_from("rec", key, "correction"), type=old.type, tasks=old.tasks, org=fresh.org or old.org, recorded_at=seen,
            recorded_by=by.person, reason=reason, unknown=(*kept, *marks),
        )  # fmt: skip
        return Proposal(things=(*kept_files, *papers, made), result={"record": made.id})

    return perform(
        "correct_record",
        task=task,
        by=by,
        at=at,
        key=key,
        allowed=all_of(ALL_HANDS, _may_correct(record, reason), _has_happened((version,) if version else (), at)),
        propose=propose,
        draft={"record": record, "reason": reason},
    )


def _may_correct(record: str, reason: str) -> Allowed:
    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        old = next(one for one in dossier.records if one.id == record)
        entered = next((p.org for p in dossier.people if p.id == old.recorded_by), None)
        unmet = [_an_act_of_its_own(old)] if _is_an_act(old) else []
        if actor.org not in (old.org, entered):
            unmet.append(
                _not_corrected(record, say("这条记录由{unit}登记", unit=dossier.org_name(entered or old.org)), say("请登记单位更正"))
            )
        if sum(one.replaces == record for one in dossier.records) > 1:  # this proposal is one of them
            unmet.append(_not_corrected(record, say("这条记录已经有更新的版本"), say("请打开最新的版本再更正")))
        if not reason.strip():
            unmet.append(_not_corrected(record, say("没有写更正理由"), say("请写明为什么更正")))
        return tuple(unmet)

    return allowed


def _not_corrected(record: str, fact: Said, way: Said) -> Unmet:
    return Unmet(
        gate="correctable",
        fact=fact,
        basis=say("登记只增不改：更正另记一条新版本，写明理由，旧版本留存备查"),
        way=way,
        who=say("登记单位的人员"),
        where=record,
    )


def confirm_receipt(*, task: str, by: Actor, at: datetime, key: str, document: str) -> Receipt:
    """A recipient books a document in (收文登记); the time is the system's. Raises Refused for a unit that is no recipient or has booked it."""

    def propose(_dossier: Dossier, _row: object) -> Proposal:
        row = models.Document.objects.get(pk=document)
        booked = [*row.more.get("receipts", ()), {"org": by.org, "at": instant(at)}]
        return Proposal(updates=(Update(row, {"more": {**row.more, "receipts": booked}}),))

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        paper = dossier.find(Document, document)
        if paper is None or actor.org not in paper.recipients:
            return (_not_booked(document, say("贵单位不在这份文件的主送、抄送范围内"), say("请核对文件的收文单位")),)
        if any(receipt.org == actor.org for receipt in paper.receipts):
            return (_not_booked(document, say("贵单位已经确认收到"), say("不用再次确认")),)
        return ()

    return perform("confirm_receipt", task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)


def _not_booked(document: str, fact: Said, way: Said) -> Unmet:
    basis = say("收文登记由收文单位自己办理，时间以系统为准")
    return Unmet(gate="recipient", fact=fact, basis=basis, way=way, who=say("收文单位"), where=document)


def _only_rows(records: Sequence[Record]) -> Allowed:
    def allowed(_dossier: Dossier, _actor: Actor) -> tuple[Unmet, ...]:
        return tuple(_an_act_of_its_own(record) for record in records if _is_an_act(record))

    return allowed


def _has_happened(records: Sequence[Record], at: datetime) -> Allowed:
    """No row claims a day that has not come."""
    today = at.astimezone(CST).date()

    def allowed(_dossier: Dossier, _actor: Actor) -> tuple[Unmet, ...]:
        return tuple(
            Unmet(
                gate="has_happened",
                fact=fact,
                basis=say("登记册只记已经发生的事，入库时间以系统为准"),
                way=say("请核对日期；计划中的事办完以后再登记"),
                who=say("登记人"),
                where=record.id,
            )
            for record in records
            if (fact := impossible_day_of(record, today))
        )

    return allowed


def _is_an_act(record: Record) -> bool:
    if record.type == "order":
        return record.stage in (*RUNGS, ANSWER, LIFT)  # a rung of the ladder; other orders are papers that came in
    return record.type in _ACTS or record.stage == "confidentiality"


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
