"""Inspections entered and put right by hand: who came, in which round, when, and what their feedback says."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from xiaohao.acts._entry import append_entry
from xiaohao.acts.once import once
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.codec import plain, thing_to_json
from xiaohao.dossier.document import Document
from xiaohao.dossier.task import Inspection
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.records import models, write
from xiaohao.records.inspections import EXPOSURE, HISTORY, same_inspection
from xiaohao.records.models.filed import instant


def open_inspection(*, by: Actor, at: datetime, key: str, inspection: Inspection, feedback: Document | None = None) -> Receipt:
    """Enter an inspection, with its feedback where it has been given. Raises Refused for a person who may not, for one that is on file already (same
    level, kind, round and name), and for days the wrong way round."""

    def write_it() -> dict[str, Any]:
        _must_be_in_order("open_inspection", by, inspection, known=None)
        rows = [*_filed(feedback, inspection.id, at, by)]
        rows.append(write.add(replace(inspection, feedback=feedback.id if feedback else None)))
        append_entry(EntryType.ACT, step="open_inspection", by=by, at=at.replace(microsecond=0), rows=rows)
        return {"inspection": inspection.id}

    return once("open_inspection", by, at, key, write_it)


def amend_inspection(*, by: Actor, at: datetime, key: str, inspection: Inspection, feedback: Document | None = None) -> Receipt:
    """Put an inspection right; what it said before stays beside it (x-history). Raises Refused as open_inspection does."""

    def write_it() -> dict[str, Any]:
        row = models.Inspection.objects.select_for_update().get(pk=inspection.id)
        _must_be_in_order("amend_inspection", by, inspection, known=row)
        before = row.thing()
        rows = [*_filed(feedback, inspection.id, at, by)]
        wanted = replace(inspection, feedback=feedback.id if feedback else before.feedback)
        said = {name: value for name, value in thing_to_json(before).items() if name != HISTORY}
        kept = [*row.more.get(HISTORY, ()), {**said, "until": instant(at), "by": by.person}]
        made = models.Inspection.of(replace(wanted, unknown=((HISTORY, kept), *((EXPOSURE, True) for _ in _exposed(wanted)))))
        row.name, row.level, row.kind, row.more = made.name, made.level, made.kind, made.more
        row.save()
        append_entry(EntryType.ACT, step="amend_inspection", by=by, at=at.replace(microsecond=0), rows=[*rows, row])
        return {"inspection": row.pk, "changed": changed_fields(before, wanted)}

    return once("amend_inspection", by, at, key, write_it)


def changed_fields(before: Inspection, after: Inspection) -> list[str]:
    """Names of the fields that differ, except what is kept beside."""
    return [f.name for f in fields(Inspection) if f.name != "unknown" and plain(getattr(before, f.name)) != plain(getattr(after, f.name))]


def _exposed(inspection: Inspection) -> tuple[str, ...]:
    return tuple(name for name, value in inspection.unknown if name == EXPOSURE and value)


def _filed(feedback: Document | None, inspection: str, at: datetime, by: Actor) -> list[Any]:
    """The feedback as a document under every task of the inspection's lists."""
    if feedback is None:
        return []
    tasks = tuple(models.Task.objects.filter(list__inspection=inspection).order_by("pk").values_list("pk", flat=True))
    return [write.add(replace(feedback, tasks=tasks, recorded_at=instant(at)))]


def _must_be_in_order(act: str, by: Actor, inspection: Inspection, *, known: models.Inspection | None) -> None:
    if Role.CLERK not in by.roles:
        raise Refused(act, (_no(say("督察由整改办的人员录入"), say("请整改办的人员登录后办理")),))
    other = same_inspection(inspection)
    wrong = []
    if other is not None and (known is None or other.pk != known.pk):
        wrong.append(_no(say("“{name}”已经录入过", name=other.name), say("请直接打开那一次督察，在里面改")))
    if inspection.start and inspection.end and inspection.end < inspection.start:
        wrong.append(_no(say("督察结束的日期早于开始的日期"), say("请核对日期")))
    if inspection.feedback_date and inspection.start and inspection.feedback_date < inspection.start:
        wrong.append(_no(say("反馈的日期早于督察开始的日期"), say("请核对日期")))
    if wrong:
        raise Refused(act, tuple(wrong))


def _no(fact: Said, way: Said) -> Unmet:
    return Unmet(gate="inspection", fact=fact, basis=say("一次督察录入一次，层级、轮次和日期照反馈文件写"), way=way, who=say("整改办"))
