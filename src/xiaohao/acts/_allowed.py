"""Who may do the things that are not steps of the procedure: keeping records, answering findings, handling objections."""

from __future__ import annotations

from collections.abc import Callable

from xiaohao.dossier import Dossier
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor, Role, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.hands import is_above

Allowed = Callable[[Dossier, Actor], tuple[Unmet, ...]]


def members_of(*task_roles: TaskRole, having: frozenset[Role]) -> Allowed:
    """People of a unit that holds one of these roles in the task (or of an office above it in the tree), with one of these account roles."""

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        units = {getattr(dossier.task, role) for role in task_roles} | (
            set(dossier.task.co_owners) if TaskRole.OWNER in task_roles else set()
        )
        if actor.org in units and actor.roles & having:
            return ()
        return (_not_theirs(dossier, units - {None}),)

    return allowed


def all_of(*conditions: Allowed) -> Allowed:
    return lambda dossier, actor: tuple(unmet for condition in conditions for unmet in condition(dossier, actor))


def any_of(*conditions: Allowed) -> Allowed:
    """Allowed when one of the conditions is met; otherwise the first one's reason is given."""

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        answers = [condition(dossier, actor) for condition in conditions]
        return () if any(not answer for answer in answers) else answers[0]

    return allowed


def _not_theirs(dossier: Dossier, units: set[str | None]) -> Unmet:
    names = "、".join(sorted(dossier.org_name(unit) for unit in units)) or say("尚未指定的单位")
    return Unmet(
        gate="allowed",
        fact=say("这件事由{names}办理", names=names),
        basis=say("各环节由不同单位的人员办理，岗位权限见权限表"),
        way=say("请由{names}的人员登录后办理", names=names),
        who=names,
    )


#: Accounts that may speak for a unit that judges, when it is asked how it judged.
_JUDGES = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.HEAD, Role.CLERK})
#: Accounts of the level above, or of who presses, that decide on such an answer.
_PRESSES = frozenset({Role.SUPERVISOR, Role.REVIEWER, Role.HEAD, Role.CLERK})


def answerers(asked: str | None) -> Allowed:
    """Who may answer a finding: the unit it asks."""

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        if asked in (None, dossier.task.owner):
            return OWNER_CLERKS(dossier, actor)
        return () if actor.org == asked and actor.roles & _JUDGES else (_not_theirs(dossier, {asked}),)

    return allowed


def deciders(asked: str | None) -> Allowed:
    """Who may decide on the answer. How a unit judged is decided by who presses in the task, or by the level above the unit, never by itself."""

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        if asked in (None, dossier.task.owner):
            return DECIDERS(dossier, actor)
        presses = actor.org == dossier.task.supervisor or is_above(dossier, actor.org, (str(asked),))
        return (
            () if presses and actor.org != asked and actor.roles & _PRESSES else (_not_theirs(dossier, {dossier.task.supervisor} - {None}),)
        )

    return allowed


#: The unit that carries out the task writes its records.
OWNER_CLERKS = members_of(TaskRole.OWNER, TaskRole.LEAD, having=frozenset({Role.REPORTER, Role.HEAD, Role.CLERK}))
#: Any unit with work in the task may enter what it did itself: a visit, an order, a meeting.
ALL_HANDS = members_of(*TaskRole, having=frozenset(Role) - {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
DESK_CLERKS = members_of(TaskRole.DESK, having=frozenset({Role.DESK}))
DECIDERS = members_of(TaskRole.ACCEPTOR, TaskRole.REVIEWER, TaskRole.LEAD, having=frozenset({Role.CLERK, Role.ACCEPTOR, Role.REVIEWER}))
