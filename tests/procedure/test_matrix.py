"""State × step × role of every packaged route, held against the golden tables (regenerate: python -m tests.procedure.regenerate)."""

from __future__ import annotations

import pytest

from tests.procedure.matrix import actors, ask, case_in, is_theirs, matrix
from tests.procedure.regenerate import GOLDEN
from xiaohao.procedure.route import route_of
from xiaohao.procedure.rulebook import PACKAGED, packaged
from xiaohao.procedure.states import State
from xiaohao.procedure.steps import STEPS


@pytest.mark.parametrize("name", PACKAGED)
def test_the_matrix_is_the_golden_one(name):
    assert matrix(packaged(name)) == (GOLDEN / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize(("name", "state"), [(name, state) for name in PACKAGED for state in route_of(packaged(name).route).states()])
def test_a_step_that_the_state_does_not_allow_is_refused_to_everybody(name, state):
    rules = packaged(name)
    route = route_of(rules.route)
    dossier = case_in(rules, state)
    forbidden = [step for step in STEPS if not step.opens and not route.allows(state, step.name)]
    granted = {
        (step.name, actor.person)
        for step in forbidden
        for actor in actors(dossier)
        if "in_turn" not in {unmet.gate for unmet in ask(step, dossier, actor, rules, state).unmet}
    }
    assert granted == set()


@pytest.mark.parametrize("name", PACKAGED)
def test_the_administrators_may_take_no_step_at_all(name):
    rules = packaged(name)
    dossier = case_in(rules, State.PUBLISHED)
    administrator = actors(dossier)[-1]
    assert [step.name for step in STEPS if is_theirs(ask(step, dossier, administrator, rules, State.PUBLISHED))] == []
