"""The table as a whole: nothing in it is without a basis, a sentence, a page to read, and a test."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from tests.procedure import gates as gate_tests
from xiaohao.procedure import gates as gate_files
from xiaohao.procedure.gate import Gate
from xiaohao.procedure.states import STATE_WORDS, State
from xiaohao.procedure.steps import GATES, STEPS, step_named


def defined_gates():
    names = [module.name for module in pkgutil.iter_modules(gate_files.__path__)]
    modules = [importlib.import_module(f"{gate_files.__name__}.{name}") for name in names]
    return {gate.name for module in modules for gate in vars(module).values() if isinstance(gate, Gate)}


def rows_by_gate():
    found = {}
    for module in pkgutil.iter_modules(gate_tests.__path__):
        if module.name.startswith("test_"):
            for row in importlib.import_module(f"{gate_tests.__name__}.{module.name}").ROWS:
                found.setdefault(row.gate.name, []).append(row)
    return found


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_has_a_verb_a_sentence_a_basis_hands_and_an_anchor(step):
    assert all((step.label, step.basis, step.by, step.anchor))
    assert step.says.endswith("。")


def test_names_and_anchors_are_unique():
    assert len({step.name for step in STEPS}) == len({step.anchor for step in STEPS}) == len(STEPS) == 19


def test_every_gate_file_is_asked_by_some_step_and_no_step_asks_another():
    assert set(GATES) == defined_gates()


def test_every_gate_has_a_table_with_both_sides():
    tables = rows_by_gate()
    assert {name: ({row.fact is None for row in tables.get(name, ())}) for name in GATES} == {name: {True, False} for name in GATES}


@pytest.mark.parametrize("gate", GATES.values(), ids=lambda gate: gate.name)
def test_every_gate_says_its_principle_and_what_it_looks_like_when_met(gate):
    assert gate.basis.endswith("。")
    assert not gate.met.endswith("。")


@pytest.mark.parametrize("name", ["造假", "虚假", "成功", "！"])
def test_no_forbidden_word_is_in_the_table(name):
    words = [text for step in STEPS for text in (step.label, step.says, step.basis)] + [t for g in GATES.values() for t in (g.basis, g.met)]
    assert [text for text in words if name in text] == []


def test_every_state_has_its_words():
    assert set(STATE_WORDS) == set(State)


def test_a_step_is_found_by_its_name():
    assert [step_named(step.name) for step in STEPS] == list(STEPS)


def test_every_step_that_another_body_takes_asks_whether_the_findings_are_settled():
    """FINDINGS.md: a block holds every forward step, a warning the next step that another body takes."""
    asked = {step.name: {"findings_settled", "blocks_settled"} & {gate.name for gate in step.gates} for step in STEPS}
    assert {name: gates for name, gates in asked.items() if gates} == {
        "approve_plan": {"findings_settled"},
        "start": {"blocks_settled"},
        "apply": {"blocks_settled"},
        "accept": {"findings_settled"},
        "review": {"findings_settled"},
        "assess": {"findings_settled"},
        "publish": {"findings_settled"},
        "close": {"findings_settled"},
        "confirm": {"findings_settled"},
    }
