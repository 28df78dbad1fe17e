"""The stepper of a case: the stages of its own route with their dates, from the journal and never made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.hands import units_of
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import STAGE_ENDS, State, named_state
from xiaohao.procedure.steps import Step, step_named
from xiaohao.publicity.window import days_words, unit_of
from xiaohao.records.models import Refusal
from xiaohao.records.timeline import Line
from xiaohao.web.desk.case import Case
from xiaohao.web.parts.steps import Standing, StepMark

#: Stages before every route: the step that ends each, and what it is called.
_EARLY: Mapping[str, Said] = MappingProxyType(
    {"open_task": say("交办"), "approve_plan": say("方案"), "start": say("整改"), "apply": say("申请验收")}
)
_LATER: Mapping[str, Said] = MappingProxyType(
    {
        "accept": say("验收"),
        "review": say("审核"),
        "assess": say("评估"),
        "publish": say("公示"),
        "close": say("销号"),
        "confirm": say("观察"),
    }
)
#: The mark at which a task of that state stands, before the route begins.
_AT = {
    State.GIVEN: "approve_plan",
    State.PLANNED: "approve_plan",
    State.APPROVED: "start",
    State.REOPENED: "start",
    State.IN_PROGRESS: "apply",
}


def steps_of(case: Case, lines: tuple[Line, ...], refusal: Refusal | None, suspended: bool) -> tuple[StepMark, ...]:
    """The marks of the case, in the order of its rulebook."""
    order = (*_EARLY, *case.rules.route)
    at = order.index(_place(case.task.status, case.rules)) if case.task.status != State.CONFIRMED else len(order)
    stopped = refusal is not None or suspended
    return tuple(
        StepMark(
            number, _name(name, case.rules), _standing(number - 1, at, stopped, name), _note(case, name, lines, number - 1, at, refusal)
        )
        for number, name in enumerate(order, 1)
    )


def _place(status: str, rules: Rulebook) -> str:
    state = named_state(status)
    if early := _AT.get(state):
        return early
    standing = (State.CLAIMED_DONE, *(STAGE_ENDS[stage] for stage in rules.route))
    return rules.route[min(standing.index(state), len(rules.route) - 1)]


def _name(name: str, rules: Rulebook) -> str:
    return _EARLY.get(name) or rules.word(name, _LATER[name])


def _standing(place: int, at: int, stopped: bool, name: str) -> Standing:
    if place < at:
        return Standing.DONE
    if place == at:
        return Standing.STOPPED if stopped else Standing.AT
    return Standing.WATCH if name == "confirm" else Standing.AHEAD


def _note(case: Case, name: str, lines: tuple[Line, ...], place: int, at: int, refusal: Refusal | None) -> str:
    """Under a stage behind: its day. At the one where the task stands: what is lacking. Ahead: whose it is, or how long it lasts."""
    if place == at and refusal is not None:
        return say("被拒，{count} 个条件没满足", count=len(refusal.unmet))
    if place < at:
        day = next((line.at for line in lines if line.act == name), None)
        return f"{day.astimezone(CST):%Y-%m-%d}" if day else ""
    if name == "publish":
        return days_words(case.rules.publicity.days, unit_of(case.rules.publicity.unit))
    if name == "confirm":
        return say("{months} 个月", months=case.rules.watch.months)
    return _whose(case, step_named(name))


def _whose(case: Case, step: Step) -> str:
    unit = step.by[0].unit
    names = [case.dossier.org_name(org) for org in units_of(case.dossier.task, unit, case.rules)] if hasattr(unit, "value") else []  # type: ignore[arg-type]
    return "、".join(names)
