"""Calls for progress 调度: issued by an office, answered by the unit measure by measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.reminders import tell_of_call
from xiaohao.acts.statements import Answer, composed
from xiaohao.dossier import Dossier
from xiaohao.dossier.oversight import Call, CallAnswer, CallLine
from xiaohao.dossier.statement import Period, Statement
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.procedure import steps
from xiaohao.publicity.progress import CALL_STATUS
from xiaohao.records import models, write
from xiaohao.records.calls import last_lines, may_be_asked
from xiaohao.records.models.filed import instant

#: Who issues a call.
ISSUE = frozenset({Role.CLERK, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Asking:
    """What an office asks: about which tasks (ids), for which time, until when. `kind` is monthly, quarterly or on_demand."""

    kind: str
    title: str
    start: date
    end: date
    due: date
    tasks: tuple[str, ...]
    number: str = ""
    note: str = ""


def issue_call(*, by: Actor, at: datetime, key: str, asking: Asking) -> Receipt:
    """Issue a call; the units are told in the same transaction. Raises Refused for a person who may not ask, for tasks that are not at work
    in their tree, and for a due day that is past or a time that ends before it begins."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    if unmet := _unmet(by, at, asking):
        raise Refused("issue_call", unmet)
    call = Call(
        id=id_from("call", by.person, key),
        kind=asking.kind,
        title=asking.title,
        number=asking.number or None,
        org=by.org,
        issued_by=by.person,
        issued_at=instant(at),
        start=asking.start.isoformat(),
        end=asking.end.isoformat(),
        due=asking.due.isoformat(),
        tasks=tuple(sorted(set(asking.tasks))),
        note=asking.note or None,
    )
    with transaction.atomic(durable=not settings.TESTING):
        row = write.add(call)
        entry = append_entry(EntryType.ACT, step="issue_call", by=by, at=at, rows=[row])
        assert isinstance(row, models.Call)
        tell_of_call(row, at)
        result = {"call": row.pk}
        models.Done.objects.create(actor=by.person, key=key, act="issue_call", task="", entry=entry.index, at=at, result=result)
    return Receipt("issue_call", "", entry.index, at, result)


def answer_call(
    *, call: str, task: str, by: Actor, at: datetime, key: str, lines: Sequence[CallLine], version: int | None = None
) -> Receipt:
    """Answer a call for one task. A line that is `unchanged` keeps what the last answer said; the others go into the task's file as a progress
    statement. Raises Refused when a measure of the plan has no line, or the call was answered already."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        asked = models.Call.objects.get(pk=call, on_tasks=row)
        before = last_lines(row.pk, asked)
        if unmet := tuple(_unanswered(dossier, asked, lines, before)):
            raise Refused("report", unmet)
        kept = tuple(_kept(line, before) for line in lines)
        said = _said(dossier, asked, kept, by=by, at=at, key=key)
        answer = CallAnswer(
            id=id_from("answer", call, task),
            call=call,
            task=task,
            org=by.org,
            person=by.person,
            recorded_at=instant(at),
            lines=kept,
            statement=said.id if said else None,
        )
        return Proposal(things=(*((said,) if said else ()), answer), result={"answer": answer.id})

    return perform("report", task=task, by=by, at=at, key=key, step=steps.REPORT, propose=propose, version=version)


def _kept(line: CallLine, before: dict[str, CallLine]) -> CallLine:
    if not line.unchanged:
        return line
    last = before[line.measure]
    return CallLine(measure=line.measure, status=last.status, text=last.text, unchanged=True)


def _said(dossier: Dossier, call: models.Call, lines: tuple[CallLine, ...], *, by: Actor, at: datetime, key: str) -> Statement | None:
    """The progress statement of what has changed, None where nothing has."""
    asked = call.thing()
    text, spans = composed(
        [
            Answer(say("{status}。{text}", status=CALL_STATUS[line.status], text=line.text or ""), (line.measure,))
            for line in lines
            if not line.unchanged
        ]
    )
    if not text:
        return None
    return Statement(
        id=id_from("st", key, "call"),
        task=dossier.task.id,
        kind="progress",
        author=by.org,
        date=instant(at)[:10],
        recorded_at=instant(at),
        period=Period(start=asked.start, end=asked.end),
        text=text,
        spans=spans,
    )


def _unanswered(dossier: Dossier, call: models.Call, lines: Sequence[CallLine], before: dict[str, CallLine]) -> list[Unmet]:
    task = dossier.task.id
    if call.answers.filter(task=task).exists():
        return [_no(say("这次调度已经答复过"), say("情况又有变化的，另报进展；下次调度再答"), task)]
    said = {line.measure: line for line in lines}
    found = []
    for measure in dossier.measures_of(task):
        line = said.get(measure.id)
        if line is None or (line.unchanged and measure.id not in before) or (not line.unchanged and line.status not in CALL_STATUS):
            found.append(_no(say("第 {number} 项措施没有答复", number=measure.number), say("请选进展情况，有变化的写明"), measure.id))
        elif not line.unchanged and not (line.text or "").strip():
            found.append(_no(say("第 {number} 项措施没有写具体情况", number=measure.number), say("请写明这段时间做了什么"), measure.id))
    return found


def _unmet(by: Actor, at: datetime, asking: Asking) -> tuple[Unmet, ...]:
    if not by.roles & ISSUE:
        return (_no(say("调度由整改办或督查人员发出"), say("请整改办的人员登录后办理")),)
    found = []
    if not asking.tasks or set(asking.tasks) - set(may_be_asked(by).values_list("pk", flat=True)):
        found.append(_no(say("没有选任务，或所选任务不在整改中、不在本级以下"), say("请从列出的任务中选")))
    if asking.end < asking.start:
        found.append(_no(say("调度时段的末日早于首日"), say("请核对调度时段")))
    if asking.due < at.date():
        found.append(_no(say("答复期限 {due} 已过", due=asking.due.isoformat()), say("请把期限定在今天或以后")))
    return tuple(found)


def _no(fact: Said, way: Said, where: str = "") -> Unmet:
    return Unmet(gate="call", fact=fact, basis=say("定期调度，逐项措施答复，如实报告。"), way=way, who=say("整改办或责任单位"), where=where)
