"""May this step be taken now, by this person? Yes, or no with every reason; the dry run says the same beforehand and writes nothing.

The dossier holds what the step hands in (the acceptance opinion, the notice, the pledge …) as it would be filed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import Said, in_a_row, say
from xiaohao.procedure.hands import ROLE_WORDS, UNIT_WORDS, Hand, fits, hands_of, is_above, unit_words, units_of
from xiaohao.procedure.rounds import in_round
from xiaohao.procedure.route import route_of
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import STATE_WORDS, State, state_of
from xiaohao.procedure.steps import Step


@dataclass(frozen=True, slots=True)
class Met:
    """A gate that is met, in words. `waived` is the id of the override record where it is met by exception only."""

    gate: str
    fact: str
    basis: str
    waived: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What a step would find now: all gates that are not met and all that are, those of every step (its turn, the right hands) first."""

    step: Step
    unmet: tuple[Unmet, ...]
    met: tuple[Met, ...]

    @property
    def granted(self) -> bool:
        return not self.unmet


def decide(step: Step, dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Step:
    """The step, its `to` the state that the task is in afterwards (None: it stays). Raises Refused with every unmet gate."""
    seen = look(step, dossier, actor, rules, at)
    if seen.unmet:
        raise Refused(step.name, seen.unmet, tuple((one.gate, one.fact) for one in seen.met))
    state = state_now(step, dossier)
    end = route_of(rules.route).ends_in(state, step.name)
    return replace(step, to=None if end is state else end)


def look(step: Step, dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Look:
    """The dry run: what `decide` would say, with the met gates named as well."""
    unmet: list[Unmet] = []
    met: list[Met] = []
    for answer in (_turn(step, dossier, rules), _hands(step, dossier, actor, rules)):
        unmet.append(answer) if isinstance(answer, Unmet) else met.append(answer)
    for gate in step.gates:
        gap = gate(dossier, actor, rules, at)
        waiver = _waiver(step, gate.name, dossier, rules) if gap else ""
        if gap and not waiver:
            unmet.append(gap)
        else:
            met.append(Met(gate.name, gap.fact if gap else gate.met, rules.basis(gate.name, gate.basis), waiver))
    return Look(step, tuple(unmet), tuple(met))


def steps_open_to(dossier: Dossier, actor: Actor, rules: Rulebook) -> tuple[Step, ...]:
    """The steps that the state allows and that are this person's to take; whether their gates are met, `look` says."""
    allowed = route_of(rules.route).steps_from(state_of(dossier.task))
    return tuple(step for step in allowed if any(fits(hand, dossier, actor, rules) for hand in step.by))


def state_now(step: Step, dossier: Dossier) -> State:
    """The state in which the step finds the task; a step that opens the file finds none yet, whatever the task brings along."""
    return State.GIVEN if step.opens else state_of(dossier.task)


def hands_words(step: Step, dossier: Dossier, rules: Rulebook) -> Said:
    """Who may take the step, by name: 验收单位（景澜市生态环境局）的验收人."""
    return _either(tuple(_hand_words(hand, dossier, rules) for hand in hands_of(step.by, rules) or step.by))


def _either(hands: tuple[Said, ...]) -> Said:
    return hands[0] if len(hands) == 1 else say("{first}，或{rest}", first=hands[0], rest=_either(hands[1:]))


def _hand_words(hand: Hand, dossier: Dossier, rules: Rulebook) -> Said:
    unit = unit_words(dossier, hand.unit, rules) if isinstance(hand.unit, TaskRole) else UNIT_WORDS[hand.unit]
    return say("{unit}的{roles}", unit=unit, roles=in_a_row(ROLE_WORDS[role] for role in hand.roles))


def _turn(step: Step, dossier: Dossier, rules: Rulebook) -> Unmet | Met:
    route, state = route_of(rules.route), state_now(step, dossier)
    basis = rules.basis("in_turn", say("各环节按规程的顺序办理。"))
    if route.allows(state, step.name):
        return Met("in_turn", say("任务处于“{state}”，可以办理本步", state=STATE_WORDS[state]), basis)
    before = in_a_row(STATE_WORDS[each] for each in found) if (found := route.before(step.name)) else ""
    return Unmet(
        gate="in_turn",
        fact=say("任务现在是“{state}”，还不能{step}。", state=STATE_WORDS[state], step=rules.word(step.name, step.label)),
        basis=basis,
        way=say("到“{before}”时办理。", before=before) if before else say("这项任务的规程没有这一环节，不用办理。"),
        who=say("按规程的上一环节"),
        where=dossier.task.id,
    )


def _hands(step: Step, dossier: Dossier, actor: Actor, rules: Rulebook) -> Unmet | Met:
    basis = rules.basis("right_hands", say("各环节由指定的单位和岗位办理。"))
    if any(fits(hand, dossier, actor, rules) for hand in step.by):
        return Met("right_hands", say("由{org}办理", org=dossier.org_name(actor.org)), basis)
    hands = hands_words(step, dossier, rules)
    return Unmet(
        gate="right_hands",
        fact=say("{org}的{person}不能办理本步。", org=dossier.org_name(actor.org), person=dossier.person_name(actor.person)),
        basis=basis,
        way=say("由{hands}办理。", hands=hands),
        who=hands,
        where=dossier.task.id,
    )


def _waiver(step: Step, gate: str, dossier: Dossier, rules: Rulebook) -> str:
    """Id of the override record that waives this gate of this step, "" where there is none or the rulebook does not allow one."""
    if gate not in rules.exceptions.gates:
        return ""
    closers = units_of(dossier.task, TaskRole.CLOSER, rules)
    given = in_round(dossier, "override", stage=f"{step.name}:{gate}")
    found = [record.id for record in given if record.public_reason and is_above(dossier, record.org or "", closers)]
    return found[-1] if found else ""
