"""The route: which steps a state allows under a rulebook's order, and the proof that the order holds what every order must hold.

An order that lets a task be closed unaccepted, or leaves a state without a way on or back, is refused when the rulebook is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from types import MappingProxyType

from xiaohao.kernel.said import Said, say
from xiaohao.procedure.states import OPTIONAL_STAGES, STAGE_ENDS, STATE_WORDS, State
from xiaohao.procedure.steps import STEPS, Step, step_named

#: What must come before what in every order, and why.
_BEFORE: tuple[tuple[str, str, Said], ...] = (
    ("accept", "review", say("审核以验收为准")),
    ("accept", "close", say("未经验收不得销号")),
    ("accept", "assess", say("销号评估以验收为准")),
    ("assess", "close", say("规程有销号评估的，未经评估不得销号")),
    ("publish", "close", say("未经公示不得销号")),
    ("publish", "confirm", say("公示应在观察期满确认之前")),
    ("review", "confirm", say("审核应在观察期满确认之前")),
    ("close", "confirm", say("确认观察期满应在销号之后")),
)


@dataclass(frozen=True)
class Route:
    """The state machine of one order: `moves[state][step name]` is the state that the step ends in."""

    stages: tuple[str, ...]
    moves: Mapping[State, Mapping[str, State]]

    def allows(self, state: State, step: str) -> bool:
        return step in self.moves[state]

    def ends_in(self, state: State, step: str) -> State:
        """Where the step leads from the state. Raises KeyError where the route does not allow it."""
        return self.moves[state][step]

    def steps_from(self, state: State) -> tuple[Step, ...]:
        """The steps that the state allows, in the order of the table; those that open a file are not among them."""
        return tuple(step for step in STEPS if step.name in self.moves[state] and not step.opens)

    def states(self) -> tuple[State, ...]:
        """The states in the order in which an honest task passes them, with 重新整改 before 整改中."""
        early = (State.GIVEN, State.PLANNED, State.APPROVED, State.REOPENED, State.IN_PROGRESS, State.CLAIMED_DONE)
        return (*early, *(STAGE_ENDS[stage] for stage in self.stages))

    def before(self, step: str) -> tuple[State, ...]:
        """The states that allow the step."""
        return tuple(state for state in self.states() if self.allows(state, step))


@cache
def route_of(stages: tuple[str, ...]) -> Route:
    """The state machine of an order of the stages. Raises ValueError with every reason where `faults_of` finds one."""
    if faults := faults_of(stages):
        raise ValueError("；".join(faults))
    return _built(stages)


@cache
def lawful_orders() -> tuple[tuple[str, ...], ...]:
    """Every order of the stages that a rulebook may have, those without the optional ones first."""
    needed = [stage for stage in STAGE_ENDS if stage not in OPTIONAL_STAGES]
    orders = (*permutations(needed), *permutations(STAGE_ENDS))
    return tuple(order for order in orders if not any(_order_faults(order)) and not faults_of(order))


def faults_of(stages: tuple[str, ...]) -> tuple[Said, ...]:
    """What is wrong with an order of stages; () when it holds all that must hold."""
    if shape := tuple(_shape_faults(stages)):
        return shape
    return (*_order_faults(stages), *_graph_faults(_built(stages)))


def _built(stages: tuple[str, ...]) -> Route:
    moves: dict[State, dict[str, State]] = {state: {} for state in State}
    for step in STEPS:
        for state in _allowing(step, stages):
            moves[state][step.name] = _end(step, state, stages)
    return Route(stages, MappingProxyType({state: MappingProxyType(steps) for state, steps in moves.items()}))


def _allowing(step: Step, stages: tuple[str, ...]) -> tuple[State, ...]:
    if step.after:
        absent = {STAGE_ENDS[stage] for stage in STAGE_ENDS if stage not in stages}
        return tuple(state for state in step.after if state not in absent)
    standing = (State.CLAIMED_DONE, *(STAGE_ENDS[stage] for stage in stages))
    if step.is_stage:
        return (standing[stages.index(step.name)],) if step.name in stages else ()
    # 退回只到销号之前：销号之后用“重新打开”，公示之中先撤回公示
    return tuple(state for state in standing[: stages.index("close") + 1] if state is not State.PUBLISHED)


def _end(step: Step, state: State, stages: tuple[str, ...]) -> State:
    if step.to is not None:
        return step.to
    if step.undoes:
        return _allowing(step_named(step.undoes), stages)[0]
    return state


def _shape_faults(stages: tuple[str, ...]) -> Iterator[Said]:
    for stage in stages:
        if stage not in STAGE_ENDS:
            yield say("route 中的“{stage}”不是环节，只能是 {known}", stage=stage, known="、".join(STAGE_ENDS))
    for stage in STAGE_ENDS:
        if (count := stages.count(stage)) != 1 and not (stage in OPTIONAL_STAGES and count == 0):
            yield say("route 中“{stage}”出现 {count} 次，每个环节只能有一次", stage=stage, count=count)


def _order_faults(stages: tuple[str, ...]) -> Iterator[Said]:
    for first, second, reason in _BEFORE:
        if first in stages and second in stages and stages.index(first) > stages.index(second):
            yield say("route 中“{first}”应在“{second}”之前：{reason}", first=first, second=second, reason=reason)


def _graph_faults(route: Route) -> Iterator[Said]:
    """Every state can be reached, leads on to 观察期满, and has a way back; checked on the graph itself, not on the table."""
    order = route.states()
    reachable = _closure(route, State.GIVEN)
    for place, state in enumerate(order):
        if state not in reachable:
            yield say("状态“{state}”没有步骤可以到达", state=STATE_WORDS[state])
        if State.CONFIRMED not in _closure(route, state):
            yield say("状态“{state}”走不到观察期满", state=STATE_WORDS[state])
        goes_back = any(order.index(end) < place for end in route.moves[state].values())
        if state not in (State.GIVEN, State.PLANNED) and not goes_back:
            yield say("状态“{state}”没有退路", state=STATE_WORDS[state])


def _closure(route: Route, start: State) -> frozenset[State]:
    """Every state that can be reached from `start` by steps other than those that open a file, `start` among them."""
    seen, waiting = {start}, [start]
    while waiting:
        for step in route.steps_from(state := waiting.pop()):
            if (end := route.ends_in(state, step.name)) not in seen:
                seen.add(end)
                waiting.append(end)
    return frozenset(seen)
