"""Gate: every objection that came in time is answered, and none that was upheld is passed over: an open one suspends the task, an upheld one
returns it."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_instant
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import round_began
from xiaohao.procedure.rules import Rulebook
from xiaohao.publicity.objections import open_objections


@gate(
    basis=say("有异议未答复的，暂停销号；异议成立的，重新整改。"),
    met=say("没有未答复的异议"),
)
def no_open_objection(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who = unit_words(dossier, TaskRole.DESK, rules)
    waiting = open_objections(dossier, dossier.task.id)
    if waiting:
        return Gap(
            fact=say(
                "有 {count} 件异议未答复，最早的收到于 {day}。", count=len(waiting), day=waiting[0].date or waiting[0].recorded_at[:10]
            ),
            way=say("核查后书面答复，并公开答复。"),
            who=who,
            where=waiting[0].id,
        )
    upheld = [record for record in dossier.records_of(dossier.task.id, "objection") if record.upheld and _still_counts(dossier, record)]
    if not upheld:
        return None
    return Gap(
        fact=say("有 {count} 件异议成立。", count=len(upheld)), way=say("重新打开任务，改正后重新公示。"), who=who, where=upheld[0].id
    )


def _still_counts(dossier: Dossier, record: Record) -> bool:
    """An upheld objection has had its effect once the task went back after it came."""
    began = round_began(dossier)
    return began is None or parse_instant(record.recorded_at) > began
