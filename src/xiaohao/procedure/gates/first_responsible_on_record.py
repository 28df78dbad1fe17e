"""Gate: where a measure asks the first responsible persons to act themselves, each of them is on record as having done so."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.appointments import instead_of
from xiaohao.dossier.record import Record
from xiaohao.evidence.claimed_day import impossible_day_of
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST, parse_when
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rules import Rulebook

#: A measure that holds one of these asks for personal acts: 亲自研究部署、亲自督办; 第一责任人.
ASKS_IN_PERSON = ("亲自", "第一责任人")
#: Register rows that show a person at work (Record.type of DOSSIER.md).
PERSONAL_TYPES = ("personal_act", "meeting", "site_visit", "interview", "order")


@gate(
    basis=say("措施要求第一责任人亲自研究、亲自督办的，应当有本人办理的记录。"),
    met=say("措施要求亲自办理的，第一责任人都有本人记录"),
)
def first_responsible_on_record(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    asking = [m for m in dossier.measures_of(dossier.task.id) if any(word in m.text for word in ASKS_IN_PERSON)]
    if not asking:
        return None
    acts = [act for act in dossier.records_of(dossier.task.id, *PERSONAL_TYPES) if not impossible_day_of(act, at.astimezone(CST).date())]
    absent = [person for person in dossier.task.first_responsible if not any(_acted(dossier, person, act) for act in acts)]
    if not absent:
        return None
    return Gap(
        fact=say(
            "第 {number} 项措施要求第一责任人亲自办理，未见{people}本人的记录。",
            number=asking[0].number,
            people="、".join(dossier.person_name(person) for person in absent),
        ),
        way=say("补登本人参加的会议、督办或现场检查，并附佐证。"),
        who=unit_words(dossier, TaskRole.OWNER, rules),
        where=asking[0].id,
    )


def _acted(dossier: Dossier, head: str, act: Record) -> bool:
    """Whether the head was at it, or at that time whoever answered for the post: a deputy by recorded appointment, the holder before."""
    present = {*act.people, act.person}
    return head in present or any(held.person in present and held.covers(parse_when(act.date)) for held in instead_of(dossier, head))
