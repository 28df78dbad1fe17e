"""Gate: the acceptance group has one leader, nobody of it has ties to the responsible unit, and its experts have said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org, Person
from xiaohao.dossier.record import Member, Record
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import Said, one_after_another, say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import bound, unit_words, units_of
from xiaohao.procedure.rounds import last_in_round
from xiaohao.procedure.rules import Rulebook

#: Kinds of units whose people take part as experts, whatever they are listed as.
EXPERT_BODIES = frozenset({"expert", "lab"})


@gate(
    basis=say("验收组由组长、成员和专家组成；与责任单位有利害关系的应当回避，专家应当书面声明。"),
    met=say("验收组有组长，没有应当回避的人，专家都作了声明"),
)
def group_impartial(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    record = last_in_round(dossier, "acceptance")
    if record is None:
        return None  # 没有验收意见：另一项条件已经说了
    wrong = tuple(_wrong(dossier, record, rules))
    if not wrong:
        return None
    return Gap(
        fact=say("{facts}。", facts=one_after_another(wrong)),
        way=say("写明组长；应当回避的人换掉；请专家补作声明。"),
        who=unit_words(dossier, TaskRole.ACCEPTOR, rules),
        where=record.id,
    )


def _wrong(dossier: Dossier, record: Record, rules: Rulebook) -> Iterator[Said]:
    leaders = [member for member in record.group if member.part == "leader"]
    if len(leaders) != 1:
        yield say("没有写明组长") if not leaders else say("写了 {count} 名组长", count=len(leaders))
    listed = {member.person for member in record.group}
    if record.group and listed != set(record.people):
        yield say("验收组名单和签名的人不一致")
    for member in record.group:
        yield from _of_member(dossier, member, rules)
    for dissent in record.dissents:
        if dissent.person not in listed:
            yield say("{person}不在验收组，不同意见不能记在名下", person=dossier.person_name(dissent.person))


def _of_member(dossier: Dossier, member: Member, rules: Rulebook) -> Iterator[Said]:
    name, person = dossier.person_name(member.person), dossier.find(Person, member.person)
    unit = dossier.find(Org, person.org) if person else None
    owners, own = units_of(dossier.task, TaskRole.OWNER, rules), units_of(dossier.task, TaskRole.ACCEPTOR, rules)
    if unit and not (rules.hands.self_acceptance and unit.id in own):
        for owner in owners:
            if reason := bound(dossier, owner, unit.id):
                yield say("{person}所在的{unit}与责任单位{reason}，应当回避", person=name, unit=unit.name, reason=reason)
    if member.part != "expert" and not (unit and unit.kind in EXPERT_BODIES):
        return
    if member.declares is None:
        yield say("专家{person}没有声明与责任单位有无利害关系", person=name)
    elif member.declares == "ties":
        yield say("专家{person}声明有利害关系（{ties}），应当回避", person=name, ties=member.ties or say("未写明"))
