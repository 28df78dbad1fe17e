"""Supervision orders 督办: pressed, answered and lifted, each by a person and each in the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from xiaohao.acts._perform import Propose, perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts._records import acted
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.pressure import ANSWER, LIFT, RUNGS, Pressed, ladder, may_answer, may_press, rungs_open
from xiaohao.records import models


def press(
    *, task: str, by: Actor, at: datetime, key: str, rung: str, text: str, answer_by: date, number: str = "", visit: str = ""
) -> Receipt:
    """Put the task's unit under the rung, with the day by which it must answer; `visit` is the site visit whose problems it is about. Raises Refused for a rung that would skip one, a past day, and a
    person of another unit."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        if rung not in rungs_open(dossier):
            raise Refused("press", (_no(say("还不能用“{rung}”", rung=RUNGS[rung]), say("督办逐级加重，先用上一级")),))
        if answer_by < at.date():
            raise Refused("press", (_no(say("答复期限 {due} 已过", due=answer_by.isoformat()), say("请把期限定在今天或以后")),))
        seen = models.SiteVisit.objects.filter(pk=visit, task=row).exclude(reported_at=None).first() if visit else None
        if visit and seen is None:
            raise Refused("press", (_no(say("没有这次现场核查，或还没有结果"), say("请从核查结果页发督办")),))
        about = seen.thing().record if seen else None
        record = acted("order", task=row.id, by=by, at=at, key=key, stage=rung, other_org=row.owner_id, of=about)
        return Proposal(things=(_worded(record, text, title=number or None, end=answer_by.isoformat()),), result={"order": record.id})

    return _do("press", task, by, at, key, propose, pressing=True)


def answer_order(*, task: str, by: Actor, at: datetime, key: str, order: str, text: str) -> Receipt:
    """The responsible unit's answer. Raises Refused for one that was answered or lifted."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        one = _open(dossier, order, answered=False)
        record = acted("order", task=row.id, by=by, at=at, key=key, stage=ANSWER, of=one.order.id)
        return Proposal(things=(_worded(record, text),))

    return _do("answer_order", task, by, at, key, propose, pressing=False)


def lift_order(*, task: str, by: Actor, at: datetime, key: str, order: str, reason: str) -> Receipt:
    """Take the rung away, with the reason; only once the unit has answered. Raises Refused otherwise."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        one = _open(dossier, order, answered=True)
        record = acted("order", task=row.id, by=by, at=at, key=key, stage=LIFT, of=one.order.id, reason=reason)
        return Proposal(things=(_worded(record, reason),))

    return _do("lift_order", task, by, at, key, propose, pressing=True)


def _do(act: str, task: str, by: Actor, at: datetime, key: str, propose: Propose, *, pressing: bool) -> Receipt:
    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        may = may_press(dossier, actor) if pressing else may_answer(dossier, actor)
        return () if may else (_no(say("这件事不由您的单位办理"), say("督办由督导、牵头或审核单位发出和解除，由责任单位答复")),)

    return perform(act, task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)


def _worded(record: Record, text: str, *, title: str | None = None, end: str | None = None) -> Record:
    return replace(record, text=text, title=title, end=end)


def _open(dossier: Dossier, order: str, *, answered: bool) -> Pressed:
    one = next((one for one in ladder(dossier) if one.order.id == order), None)
    if one is None or one.lifted:
        raise Refused("order", (_no(say("没有这件督办，或已经解除"), say("请回到督办页核对")),))
    if answered and one.answer is None:
        raise Refused("order", (_no(say("责任单位还没有答复"), say("答复后才能解除")),))
    if not answered and one.answer:
        raise Refused("order", (_no(say("这件督办已经答复过"), say("情况又有变化的，另报进展")),))
    return one


def _no(fact: Said, way: Said) -> Unmet:
    return Unmet(
        gate="order", fact=fact, basis=say("督办由人逐级作出，写明答复期限，答复后方可解除。"), way=way, who=say("督导单位或责任单位")
    )
