"""The golden matrix: who is granted which step in which state, asked of the real thing with an honest case, drawn as a table to be read."""

from __future__ import annotations

from collections.abc import Iterator

from tests import cases
from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, Role
from xiaohao.procedure.decide import Look, look
from xiaohao.procedure.route import route_of
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import STATE_WORDS, State
from xiaohao.procedure.steps import STEPS, Step

#: (letter, seat in words, task role or unit, person, account role): everybody who has anything to do with the works case, and some who have not.
_SEATS = (
    ("a", "责任单位 经办人", "owner", "person-housing-1", Role.REPORTER),
    ("b", "责任单位 主要负责人", "owner", "person-housing-head", Role.HEAD),
    ("c", "牵头单位 整改办人员", "lead", "person-county-clerk", Role.CLERK),
    ("d", "督导单位 督查人员", "supervisor", "person-citysupervision-1", Role.SUPERVISOR),
    ("e", "验收单位 验收人", "acceptor", "person-cityeco-1", Role.ACCEPTOR),
    ("f", "验收单位 经办人", "acceptor", "person-cityeco-3", Role.REPORTER),
    ("g", "审核单位 审核人", "reviewer", "person-cityoffice-1", Role.REVIEWER),
    ("h", "审核单位 主要负责人", "reviewer", "person-cityoffice-head", Role.HEAD),
    ("i", "公示单位 主要负责人", "publisher", "person-magistrate", Role.HEAD),
    ("j", "销号单位 主要负责人", "closer", "", Role.HEAD),
    ("k", "异议受理单位 受理人", "desk", "person-citydesk-1", Role.DESK),
    ("l", "销号单位上一级 主要负责人", "org-provinceoffice", "person-provinceoffice-head", Role.HEAD),
    ("m", "无关单位 整改办人员", "org-park", "person-park-1", Role.CLERK),
    ("n", "评估单位 评估人员", "org-provinceoffice", "person-provinceoffice-1", Role.ASSESSOR),
    ("o", "系统管理员", "org-cityoffice", "person-cityoffice-2", Role.SYSTEM_ADMIN),
)

_LEGEND = (
    "● granted   ○ theirs, but a gate is not met   · not theirs",
    "A step of a state that is not listed is refused to everybody (tests/procedure/test_matrix.py asks all of them).",
)


def matrix(rules: Rulebook) -> str:
    """The table of one rulebook, with the works case in every state of its route."""
    lines = [f"{rules.name}: {' -> '.join(rules.route)}", "", *(f"{letter}  {words}" for letter, words, *_ in _SEATS), "", *_LEGEND, ""]
    letters = " ".join(letter for letter, *_ in _SEATS)
    lines.append(f"{'state':<13}{'step':<16}{'to':<14}{letters}   not met by the honest case")
    for state in route_of(rules.route).states():
        lines += ["", f"{state.value or 'given'}  {STATE_WORDS[state]}", *_rows(rules, state)]
    return "\n".join(lines) + "\n"


def _rows(rules: Rulebook, state: State) -> Iterator[str]:
    route, dossier = route_of(rules.route), case_in(rules, state)
    for step in STEPS:
        if not route.allows(state, step.name):
            continue
        seen = [ask(step, dossier, actor, rules, state) for actor in actors(dossier)]
        end = route.ends_in(state, step.name)
        to = "=" if end is state else end.value
        lacking = sorted({unmet.gate for each in seen for unmet in each.unmet if is_theirs(each)})
        yield f"{'':<13}{step.name:<16}{to:<14}{' '.join(map(_mark, seen))}   {', '.join(lacking)}".rstrip()


def case_in(rules: Rulebook, state: State) -> Dossier:
    """The works case in the state, with everything on file that the next step hands in."""
    return cases.works_case(state.value or "given", route=rules.route)


def actors(dossier: Dossier) -> tuple[Actor, ...]:
    heads = {"org-county": "person-magistrate", "org-city": "person-mayor"}
    found = []
    for _, _, unit, person, role in _SEATS:
        org = unit if unit.startswith("org-") else getattr(dossier.task, unit)
        found.append(Actor(person or heads[org], org, frozenset({role})))
    return tuple(found)


def ask(step: Step, dossier: Dossier, actor: Actor, rules: Rulebook, state: State) -> Look:
    return look(step, dossier, actor, rules, cases.works_life(rules.route).now(state.value or "given"))


def is_theirs(seen: Look) -> bool:
    return "right_hands" not in {unmet.gate for unmet in seen.unmet}


def _mark(seen: Look) -> str:
    return "●" if seen.granted else "○" if is_theirs(seen) else "·"
