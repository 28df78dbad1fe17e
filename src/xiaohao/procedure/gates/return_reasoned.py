"""Gates: nothing goes back without a reason in writing; what the public has been told is taken back with a reason for the public."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_instant
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.rules import Rulebook

#: Records of a step forward: a return answers the last of them, so it is not older.
_FORWARD = ("acceptance", "review", "closing_assessment", "publicity", "closure")


@gate(
    basis=say("退回的，应当书面说明理由。"),
    met=say("退回理由已写明"),
)
def return_reasoned(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    record = _handed_in(dossier)
    if record and (record.reason or record.public_reason or record.text):
        return None
    return _without_reason(record)


@gate(
    basis=say("撤回公示、重新打开任务的，应当公开说明理由。"),
    met=say("理由已写明，将公开"),
)
def public_return_reasoned(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    record = _handed_in(dossier)
    return None if record and record.public_reason else _without_reason(record)


def _without_reason(record: Record | None) -> Gap:
    return Gap(
        fact=say("没有写明理由。"), way=say("写明理由：哪里不一致，应当怎样改。"), who=say("办理人"), where=record.id if record else ""
    )


def _handed_in(dossier: Dossier) -> Record | None:
    """The return that is handed in now: the last one, unless something went forward after it."""
    task = dossier.task.id
    forward = [parse_instant(record.recorded_at) for record in dossier.records_of(task, *_FORWARD)]
    forward += [parse_instant(said.recorded_at) for said in dossier.statements_of(task, "completion")]
    record = dossier.last_record(task, "return")
    return record if record and parse_instant(record.recorded_at) >= max(forward, default=parse_instant(record.recorded_at)) else None
