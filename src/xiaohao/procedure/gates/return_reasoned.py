"""Gates: nothing goes back without a reason in writing; a letter of return names what falls short and the day by which it is mended; what the
public has been told is taken back with a reason for the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import Said, one_after_another, say
from xiaohao.kernel.when import CST, parse_instant
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
    basis=say("退回函应当至少对一项措施写明缺什么、要做到什么，并写明再次申请的期限。"),
    met=say("退回函写明了缺什么、要做到什么和期限"),
)
def letter_specific(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    record = _handed_in(dossier)
    if record is None:
        return None  # 没有退回函：另一项条件已经说了
    facts = tuple(_vague(dossier, record, at.astimezone(CST).date().isoformat()))
    if not facts:
        return None
    return Gap(
        fact=say("{facts}。", facts=one_after_another(facts)),
        way=say("逐项写明缺什么、再次申请前要做到什么，写一个今天或以后的期限。"),
        who=say("办理人"),
        where=record.id,
    )


def _vague(dossier: Dossier, record: Record, today: str) -> Iterator[Said]:
    measures = {measure.id: measure.number for measure in dossier.measures_of(dossier.task.id)}
    asked = [one for one in record.opinions if one.measure in measures and (one.todo or "").strip()]
    if measures and not any(one.reason.strip() for one in asked):
        yield say("退回函没有对任何一项措施写明缺什么、要做到什么")
    if bare := sorted(measures[one.measure] for one in asked if not one.reason.strip()):
        yield say("第 {numbers} 项措施没有写缺什么", numbers="、".join(map(str, bare)))
    if not record.end:
        yield say("退回函没有写期限")
    elif record.end < today:
        yield say("退回函的期限 {due} 已经过去", due=record.end)


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
