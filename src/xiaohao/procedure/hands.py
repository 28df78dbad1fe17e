"""Whose hands: which unit and which account may take a step, and when two units are not separate.

Two units are not separate when they are one, when one is hosted by the other, when they share a leader, or when the one that judges
is under the one that is judged; a department or park that judges a unit under itself is not separate either, a government is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiaohao.dossier import Dossier
from xiaohao.dossier.appointments import served_in
from xiaohao.dossier.parties import Org
from xiaohao.dossier.task import Task
from xiaohao.kernel.roles import Actor, Role, TaskRole
from xiaohao.kernel.said import Said, in_a_row, say
from xiaohao.procedure.rules import Rulebook


class Seat(StrEnum):
    """Units that a step may ask for beside the roles of the task."""

    OFFICE = "office"  # 整改办: any unit; the account says the rest
    ABOVE = "above"  # 销号单位的上一级


@dataclass(frozen=True, slots=True)
class Hand:
    """A unit's role in the task, and the accounts of that unit that may act."""

    unit: TaskRole | Seat
    roles: tuple[Role, ...]


UNIT_WORDS: dict[TaskRole | Seat, Said] = {
    TaskRole.OWNER: say("责任单位"),
    TaskRole.LEAD: say("牵头单位"),
    TaskRole.SUPERVISOR: say("督导单位"),
    TaskRole.ACCEPTOR: say("验收单位"),
    TaskRole.REVIEWER: say("审核单位"),
    TaskRole.ASSESSOR: say("评估单位"),
    TaskRole.PUBLISHER: say("公示单位"),
    TaskRole.DESK: say("异议受理单位"),
    TaskRole.CLOSER: say("销号单位"),
    Seat.OFFICE: say("整改办"),
    Seat.ABOVE: say("销号单位的上一级"),
}

ROLE_WORDS: dict[Role, Said] = {
    Role.REPORTER: say("经办人"),
    Role.HEAD: say("主要负责人"),
    Role.CLERK: say("整改办人员"),
    Role.ACCEPTOR: say("验收人"),
    Role.REVIEWER: say("审核人"),
    Role.INSPECTOR: say("核查人"),
    Role.DESK: say("异议受理人"),
    Role.SUPERVISOR: say("督查人员"),
    Role.ASSESSOR: say("评估考核人员"),
    Role.SYSTEM_ADMIN: say("系统管理员"),
    Role.SECURITY_ADMIN: say("安全管理员"),
    Role.AUDIT_ADMIN: say("审计员"),
}


def units_of(task: Task, role: TaskRole, rules: Rulebook) -> tuple[str, ...]:
    """Ids of the units that hold a role; the owners are all owners, the closer is the rulebook's where the task names none."""
    if role is TaskRole.OWNER:
        return (task.owner, *task.co_owners)
    named = getattr(task, role.value) or (getattr(task, rules.closer) if role is TaskRole.CLOSER else None)
    return (named,) if named else ()


def hands_of(hands: tuple[Hand, ...], rules: Rulebook) -> tuple[Hand, ...]:
    """Those of the hands that this place has: no assessing unit where its route has no assessment."""
    return tuple(hand for hand in hands if hand.unit is not TaskRole.ASSESSOR or "assess" in rules.route)


def unit_words(dossier: Dossier, role: TaskRole, rules: Rulebook) -> Said:
    """验收单位（景澜市生态环境局）, or that nobody is named."""
    names = in_a_row(dossier.org_name(unit) for unit in units_of(dossier.task, role, rules))
    if not names:
        return say("{role}（未指定）", role=UNIT_WORDS[role])
    return say("{role}（{names}）", role=UNIT_WORDS[role], names=names)


def fits(hand: Hand, dossier: Dossier, actor: Actor, rules: Rulebook) -> bool:
    """Whether the actor's unit and account both fit."""
    if not actor.roles & set(hand.roles):
        return False
    if hand.unit is Seat.OFFICE:
        return True
    if not hands_of((hand,), rules):
        return False
    if hand.unit is Seat.ABOVE:
        return is_above(dossier, actor.org, units_of(dossier.task, TaskRole.CLOSER, rules))
    return isinstance(hand.unit, TaskRole) and actor.org in units_of(dossier.task, hand.unit, rules)


def is_above(dossier: Dossier, org: str, units: tuple[str, ...]) -> bool:
    """Whether `org` is above all of `units`, or the office of one that is (省整改办 under 省人民政府)."""
    office = dossier.find(Org, org)
    stands_for = {org, office.parent if office and office.kind == "office" else org}
    return bool(units) and all(stands_for & {higher.id for higher in dossier.above(unit)[1:]} and org not in units for unit in units)


def bound(dossier: Dossier, judged: str, judging: str) -> Said | None:
    """Why `judging` is not separate from `judged`, or None where it is."""
    one, other = dossier.find(Org, judged), dossier.find(Org, judging)
    if judged == judging:
        return say("是同一单位")
    if one is None or other is None:
        return None
    if one.hosted_by == other.id or other.hosted_by == one.id:
        return say("一方设在另一方")
    if set(one.leaders) & set(other.leaders):
        return say("由同一负责人领导")
    if one in dossier.above(other.id):
        return say("后者是前者的下属")
    if other in dossier.above(one.id) and other.kind not in ("government", "party"):
        return say("前者是后者的下属")
    return None


def people_of(dossier: Dossier, units: tuple[str, ...]) -> frozenset[str]:
    """Ids of everybody whose unit is one of these, and of everybody who held a post there since the problem was found: who moves to another
    office takes what they did along."""
    return frozenset(person.id for person in dossier.people if person.org in units) | served_in(dossier, units)


def self_accepted(dossier: Dossier, rules: Rulebook) -> bool:
    """Whether the acceptor of the task is no other than, or bound to, the responsible unit."""
    task = dossier.task
    owners, acceptors = units_of(task, TaskRole.OWNER, rules), units_of(task, TaskRole.ACCEPTOR, rules)
    return any(bound(dossier, owner, acceptor) for owner in owners for acceptor in acceptors)
