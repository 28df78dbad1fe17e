"""The states of a task, the one enum of DOSSIER.md, with the words people read.

A task that was just given has no status in a dossier; here that is GIVEN, written "" in the journal and in the tables.
"""

from __future__ import annotations

from enum import StrEnum

from xiaohao.dossier.task import Task
from xiaohao.kernel.said import Said, say


class State(StrEnum):
    """Task.status of DOSSIER.md. Suspended is derived from open objections, never a state."""

    GIVEN = ""
    PLANNED = "planned"
    APPROVED = "approved"
    REOPENED = "reopened"
    IN_PROGRESS = "in_progress"
    CLAIMED_DONE = "claimed_done"
    ACCEPTED = "accepted"
    REVIEWED = "reviewed"
    ASSESSED = "assessed"
    PUBLISHED = "published"
    CLOSED = "closed"
    CONFIRMED = "confirmed"


STATE_WORDS: dict[State, Said] = {
    State.GIVEN: say("已交办"),
    State.PLANNED: say("已制定方案"),
    State.APPROVED: say("方案已批"),
    State.REOPENED: say("重新整改"),
    State.IN_PROGRESS: say("整改中"),
    State.CLAIMED_DONE: say("待验收"),
    State.ACCEPTED: say("已验收"),
    State.REVIEWED: say("已审核"),
    State.ASSESSED: say("已评估"),
    State.PUBLISHED: say("公示中"),
    State.CLOSED: say("已销号，观察中"),
    State.CONFIRMED: say("观察期满"),
}

#: `watch` is the old name of closed-under-watch (DOSSIER.md).
_OLD_NAMES = {"watch": State.CLOSED}


def state_of(task: Task) -> State:
    """The state of a task. Raises ValueError for a status that DOSSIER.md does not know."""
    return named_state(task.status or "")


def named_state(status: str) -> State:
    """The state of that name, old names included. Raises ValueError for a name that DOSSIER.md does not know."""
    return _OLD_NAMES.get(status) or State(status)


#: The stages that a rulebook puts in order, and the state each ends in.
STAGE_ENDS: dict[str, State] = {
    "accept": State.ACCEPTED,
    "review": State.REVIEWED,
    "assess": State.ASSESSED,
    "publish": State.PUBLISHED,
    "close": State.CLOSED,
    "confirm": State.CONFIRMED,
}

#: Stages that a place may have or not: the region's closing assessment 销号评估.
OPTIONAL_STAGES = frozenset({"assess"})


def next_stage(state: State, route: tuple[str, ...]) -> str | None:
    """The stage of the route that a task in this state stands before; None before the application and after the last stage."""
    standing = (State.CLAIMED_DONE, *(STAGE_ENDS[stage] for stage in route))
    return dict(zip(standing, route, strict=False)).get(state)


def is_past(state: State, stage: str, route: tuple[str, ...]) -> bool:
    """Whether a task in this state has that stage of the route behind it."""
    behind = [STAGE_ENDS[each] for each in route[route.index(stage) :]]
    return state in behind
