"""Gate: an exception names one gate of one step that the rulebook lets be waived, and says in public why.

The record is of type `override`; its `stage` is `step:gate`, for example `accept:minimum_time_held`."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import UNIT_WORDS, Seat
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("破例由上一级作出，一次一事，公开理由。"),
    met=say("破例事项在规程允许之内，理由将公开"),
)
def override_reasoned(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who = UNIT_WORDS[Seat.ABOVE]
    record = dossier.last_record(dossier.task.id, "override")
    if record is None:
        return Gap(fact=say("没有写明破例事项。"), way=say("写明对哪一步的哪一项破例，以及公开的理由。"), who=who)
    step, _, waived = (record.stage or "").partition(":")
    if not step or waived not in rules.exceptions.gates:
        return Gap(
            fact=say("规程不允许对“{stage}”破例。", stage=record.stage or ""),
            way=say("按规程满足该项；确需允许的，先修改规程。"),
            who=who,
            where=record.id,
        )
    if not record.public_reason or record.org != actor.org:
        return Gap(fact=say("破例没有公开的理由，或不是由本单位作出。"), way=say("由上一级写明公开的理由。"), who=who, where=record.id)
    return None
