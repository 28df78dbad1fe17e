"""Dossier ↔ JSON: nothing is lost on the way, unknown names included."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import duty_case, works_case
from tests.shared import SHARED, needs_shared
from xiaohao.dossier import FORMAT, Dossier
from xiaohao.dossier.codec import dossier_from_json, dossier_to_json, thing_from_json, thing_to_json
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Task

ROOTS = sorted((SHARED / "data" / "dossiers").glob("*/**/dossier.json")) + sorted((SHARED / "data" / "dossiers").glob("*/**/ledger.json"))


@needs_shared
@pytest.mark.parametrize("root", ROOTS, ids=lambda path: path.parent.name)
def test_sample_bundles_come_back_as_they_were(root):
    value = json.loads(root.read_text("utf-8"))
    assert _without_empty(dossier_to_json(dossier_from_json(value))) == _without_empty(value)


def _without_empty(value: Any) -> Any:
    """Absent and empty are the same (rule of the codec)."""
    if isinstance(value, dict):
        return {name: _without_empty(part) for name, part in value.items() if part not in (None, [])}
    return [_without_empty(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("case", [works_case("closed"), duty_case("published")], ids=["works", "duty"])
def test_a_whole_case_comes_back(case):
    assert dossier_from_json(json.loads(json.dumps(dossier_to_json(case)))) == case


TEXT = st.text(max_size=8)
_SIMPLE = {
    str: TEXT,
    int: st.integers(-(2**40), 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    type(None): st.none(),
}
_UNKNOWN = st.dictionaries(st.text(min_size=1, max_size=5).map(lambda name: f"x-{name}"), st.one_of(TEXT, st.integers()), max_size=2)


def things(kind: type) -> st.SearchStrategy:
    """Any value of a dataclass of the dossier room, by its type hints; a part that may be absent is so at times."""
    hints = get_type_hints(kind)
    known = {field.name: _values(hints[field.name]) for field in fields(kind) if field.name not in ("unknown", "contents", "about")}
    return st.tuples(st.fixed_dictionaries(known), _UNKNOWN).map(lambda both: kind(**both[0], unknown=tuple(both[1].items())))


def _values(hint: Any) -> st.SearchStrategy:
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if isinstance(hint, type) and is_dataclass(hint):
        return things(hint)
    arms = get_args(hint)
    if getattr(hint, "__origin__", None) is tuple:
        return st.lists(_values(arms[0]), max_size=2).map(tuple)
    return st.one_of(*(_values(arm) for arm in arms if arm in _SIMPLE or getattr(arm, "__origin__", None) is tuple or is_dataclass(arm)))


@settings(max_examples=60)
@pytest.mark.parametrize("kind", [Record, Measure, Statement, Task])
@given(data=st.data())
def test_any_thing_comes_back(kind, data):
    thing = data.draw(things(kind))
    assert thing_from_json(kind, json.loads(json.dumps(thing_to_json(thing)))) == thing


def test_unknown_names_are_kept_and_passed_on():
    value = {
        "format": FORMAT,
        "id": "a",
        "kind": "dossier",
        "made_at": "2024",
        "x-own": {"deep": [1]},
        "orgs": [{"id": "o", "name": "n", "level": "city", "kind": "office", "later": 7}],
    }
    dossier = dossier_from_json(value)
    assert dossier.unknown == (("x-own", {"deep": [1]}),)
    assert dossier_to_json(dossier) == value


def test_a_keyword_of_python_is_a_plain_name_outside():
    value = {"id": "t", "list": "l", "number": 1, "problem": "p", "kind": "deadline", "owner": "o", "class": "采石场"}
    assert thing_from_json(Task, value).class_ == "采石场"
    assert thing_to_json(thing_from_json(Task, value)) == value


@pytest.mark.parametrize("value", [{}, {"id": "x"}, {"id": "x", "kind": "dossier", "made_at": "2024", "tasks": [5]}])
def test_a_wrong_shape_is_a_value_error(value):
    with pytest.raises(ValueError, match=r"Dossier|Task"):
        dossier_from_json(value)


def test_the_registers_are_the_schemas():
    from xiaohao.dossier.soundness import schema_text

    names = {field.name for field in fields(Dossier)} - {"unknown", "contents", "about", "memory", "awaited"}
    assert names | {"format"} == set(json.loads(schema_text())["properties"])
