"""The stepper of a task's page: the stages of its route in order, which are behind it, where it stands, and when each was passed.

What stands here is read from state and records; nobody ticks a stage off.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiaohao.dossier import Dossier
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.rounds import Round, last_in_round, round_began
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import STAGE_ENDS, State, state_of
from xiaohao.publicity.objections import open_objections


class Mark(StrEnum):
    """How a stage stands; the value is also its class on the page."""

    DONE = "done"  # 已办
    CURRENT = "current"  # 正在办
    NEXT = "next"  # 未到
    UNSEEN = "unseen"  # 原已销号，本系统未核


#: The stages before a route, and those of every route, in the words of the stepper.
STAGE_WORDS: dict[str, Said] = {
    "plan": say("方案"),
    "work": say("整改"),
    "accept": say("验收"),
    "review": say("审核"),
    "assess": say("评估"),
    "publish": say("公示"),
    "close": say("销号"),
    "confirm": say("观察"),
}

_STANDS_AT = {
    State.GIVEN: "plan",
    State.PLANNED: "plan",
    State.APPROVED: "work",
    State.REOPENED: "work",
    State.IN_PROGRESS: "work",
    State.PUBLISHED: "publish",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its `name` (plan, work, or a stage of the route), its words, how it stands, the claimed day on which it was passed (None:
    not passed, or not on file), and whether the task has come back to it (退回, 重新整改)."""

    name: str
    words: str
    mark: Mark
    on: str | None = None
    again: bool = False


def stages(dossier: Dossier, rules: Rulebook) -> tuple[Stage, ...]:
    """The stages of the task's route in order. A task carried in as closed shows those before its closing as unseen."""
    order = ("plan", "work", *rules.route)
    here = _standing(state_of(dossier.task), rules.route)
    place = order.index(here) if here else len(order)
    again = round_began(dossier) is not None and here == "work"
    return tuple(_stage(dossier, name, index - place, again=again and name == "work") for index, name in enumerate(order))


def is_suspended(dossier: Dossier) -> bool:
    """Whether the closing waits for the answer to an objection (因异议暂停)."""
    return bool(open_objections(dossier, dossier.task.id))


def _standing(state: State, route: tuple[str, ...]) -> str | None:
    """The stage at which a task in this state stands; None when the route is behind it. A task 公示中 stands at its publicity."""
    if state in _STANDS_AT:
        return _STANDS_AT[state]
    if state is State.CLAIMED_DONE:
        return route[0]
    passed = next(place for place, stage in enumerate(route) if STAGE_ENDS[stage] is state)
    return route[passed + 1] if passed + 1 < len(route) else None


def _stage(dossier: Dossier, name: str, distance: int, *, again: bool) -> Stage:
    """`distance` is how far behind (negative) or ahead of the place where the task stands the stage lies."""
    words = STAGE_WORDS[name]
    if distance >= 0:
        return Stage(name, words, Mark.NEXT if distance else Mark.CURRENT, again=again)
    if dossier.task.carried_in and name != "close":
        return Stage(name, words, Mark.UNSEEN)
    return Stage(name, words, Mark.DONE, _passed_on(dossier, name))


#: The register and the round of the record that passes a stage, where the register is not called like the stage.
_RECORD_OF = {
    "publish": ("publicity", Round.NOTICE),
    "accept": ("acceptance", Round.WORK),
    "assess": ("closing_assessment", Round.WORK),
    "confirm": ("look_back", Round.WORK),
}


def _passed_on(dossier: Dossier, name: str) -> str | None:
    task = dossier.task
    if name == "plan":
        plan = dossier.plan_in_force(task.id)
        return plan.date if plan else None
    if name == "work":
        said = dossier.last_statement(task.id, "completion")
        return said.date if said else task.done_at
    if name == "close":
        return task.closed_at
    kind, of = _RECORD_OF.get(name, (name, Round.WORK))
    record = last_in_round(dossier, kind, of=of)
    return (record.end if name == "publish" else record.date) if record else None
