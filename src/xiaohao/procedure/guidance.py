"""Who guides 行业主管部门: a department that holds the supervisor's or the acceptor's role in the task, or stands above the responsible unit."""

from __future__ import annotations

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org
from xiaohao.kernel.roles import Actor

#: Org.kind of a body that is in charge of an industry; offices (督查室, 整改办) supervise, they do not guide.
_DEPARTMENT = "department"


def may_guide(dossier: Dossier, actor: Actor) -> bool:
    """Whether this person's unit is in charge of the industry in this task; never the responsible unit itself."""
    task = dossier.task
    own = dossier.find(Org, actor.org)
    if own is None or own.kind != _DEPARTMENT or actor.org in (task.owner, *task.co_owners):
        return False
    return actor.org in (task.supervisor, task.acceptor) or actor.org in {org.id for org in dossier.above(task.owner)}
