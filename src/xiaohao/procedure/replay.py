"""The journal played through the procedure: which state every task must be in, and which entries no procedure would have written.

`xiaohao fsck` compares the result with the tables. It needs nothing but the entries, so a stranger can run it on an exported journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from xiaohao.kernel.said import Said, say
from xiaohao.procedure.route import lawful_orders, route_of
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import STATE_WORDS, State, named_state
from xiaohao.procedure.steps import STEPS

#: Acts that take a step under another name: upholding an objection reopens the task in the same entry.
STEP_OF_ACT: Mapping[str, str] = {"uphold_objection": "reopen"}

_OPENING = frozenset(step.name for step in STEPS if step.opens)


class Entry(Protocol):
    """What replay reads of a journal entry; absent fields are None (or ""), a state that did not change is absent."""

    @property
    def id(self) -> str: ...
    @property
    def task(self) -> str | None: ...
    @property
    def step(self) -> str | None: ...
    @property
    def prev_state(self) -> str | None: ...
    @property
    def state(self) -> str | None: ...
    @property
    def rules(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Replayed:
    """`states` is the status of every task by its address; `faults` are (entry id, Chinese sentence), in order of the journal."""

    states: Mapping[str, State]
    faults: tuple[tuple[str, Said], ...]


def replay(entries: Iterable[Entry], rulebooks: Iterable[Rulebook] = ()) -> Replayed:
    """Play the entries in the order of the journal. A move is held against the order of the rulebook whose digest the entry carries;
    where that rulebook is not at hand, against every order that could be loaded. After a fault the entry's own state is taken on."""
    known = {rules.digest: rules.route for rules in rulebooks}
    states: dict[str, State] = {}
    faults: list[tuple[str, Said]] = []
    for entry in entries:
        if not entry.task or not (entry.state or entry.step in _OPENING):
            continue
        state, fault = _played(entry, states.get(entry.task), known)
        if fault:
            faults.append((entry.id, fault))
        states[entry.task] = state
    return Replayed(states, tuple(faults))


def _played(entry: Entry, now: State | None, known: Mapping[str, tuple[str, ...]]) -> tuple[State, Said | None]:
    """The state after the entry, and what is wrong with it."""
    step = STEP_OF_ACT.get(entry.step or "", entry.step or "")
    try:
        before, after = named_state(entry.prev_state or ""), named_state(entry.state or "")
    except ValueError:
        return now or State.GIVEN, say("{task} 的日志写有未知的状态", task=entry.task)
    if now is None and step not in _OPENING:
        return after, say("{task} 的日志不是从交办开始", task=entry.task)
    if now is not None and step in _OPENING:
        return after, say("{task} 交办了两次", task=entry.task)
    if before is not (now or State.GIVEN):
        words = {"task": entry.task, "before": STATE_WORDS[before], "now": STATE_WORDS[now or State.GIVEN]}
        return after, say("{task} 的日志写原状态为“{before}”，按前文应为“{now}”", **words)
    stages = known.get(entry.rules or "")
    if not any(_moves(order, before, step, after) for order in ((stages,) if stages else lawful_orders())):
        return after, say(
            "{task}：{step} 不能从“{before}”到“{after}”",
            task=entry.task,
            step=entry.step,
            before=STATE_WORDS[before],
            after=STATE_WORDS[after],
        )
    return after, None


def _moves(stages: tuple[str, ...], before: State, step: str, after: State) -> bool:
    return route_of(stages).moves[before].get(step) is after
