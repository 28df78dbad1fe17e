"""Who may act: the roles of accounts, the roles a unit holds in one task, and the person who acts.

An account's role says what kind of work a person does; a task role says which unit does it for this task. A step needs both to fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Levels of government, highest first (Org.level of DOSSIER.md)."""

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    NONE = "none"


class Role(StrEnum):
    """What an account does."""

    REPORTER = "reporter"  # 经办人
    HEAD = "head"  # 单位主要负责人
    CLERK = "clerk"  # 整改办
    ACCEPTOR = "acceptor"  # 验收
    REVIEWER = "reviewer"  # 审核
    INSPECTOR = "inspector"  # 现场核查
    DESK = "desk"  # 异议受理
    SUPERVISOR = "supervisor"  # 督查督办
    ASSESSOR = "assessor"  # 销号评估、考核
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


#: 三员: who keeps the system, who keeps its rights, who reads what was done. None of them works on a case (GB/T 22239-2019 8.1.4.2 d, 8.1.5).
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def may_lie_in_one_hand(roles: Iterable[Role]) -> bool:
    """Whether one person may hold these roles together: an administrator holds nothing else."""
    held = set(roles)
    return not held & ADMINISTRATORS or len(held) == 1


class TaskRole(StrEnum):
    """What a unit is in one task; the value is the name of the field of a Task that holds the unit's id."""

    OWNER = "owner"  # 责任单位
    LEAD = "lead"  # 牵头单位
    SUPERVISOR = "supervisor"  # 督导单位
    ACCEPTOR = "acceptor"  # 验收单位
    REVIEWER = "reviewer"  # 审核单位
    ASSESSOR = "assessor"  # 销号评估单位
    PUBLISHER = "publisher"  # 公示单位
    DESK = "desk"  # 异议受理单位
    CLOSER = "closer"  # 销号决定单位


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, for which unit, with which roles. Ids are those of the dossier."""

    person: str
    org: str
    roles: frozenset[Role]
