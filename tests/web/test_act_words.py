"""Every act that may stand in a journal has a word on the page and a word in the verifier: nothing is ever 其他办理."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import xiaohao.acts
from xiaohao.cli.verifying import words as verifier
from xiaohao.cli.verifying.english import ENGLISH
from xiaohao.journal.entry import EntryType
from xiaohao.procedure.steps import STEPS
from xiaohao.web.parts.acts import act_words

#: Calls whose first argument is the name of an act.
_NAMED_FIRST = frozenset({"perform", "perform_within", "beside", "once", "Refused", "_do", "_sign", "_write"})


def acts_in_the_source() -> frozenset[str]:
    files = Path(xiaohao.acts.__file__).parent.glob("*.py")
    return frozenset(name for file in files for name in _named_in(ast.parse(file.read_text("utf-8"))))


def _named_in(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = call.func.id if isinstance(call.func, ast.Name) else ""
        first = call.args[:1] if called in _NAMED_FIRST else []
        for given in (*first, *(one.value for one in call.keywords if one.arg in ("step", "act"))):
            yield from (part.value for part in _constants(given))


def _constants(given: ast.expr) -> Iterator[ast.Constant]:
    if isinstance(given, ast.IfExp):
        yield from (*_constants(given.body), *_constants(given.orelse))
    elif isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value.isascii() and given.value:
        yield given


def test_the_reading_of_the_source_finds_acts_of_every_kind():
    assert {
        "accept",
        "assess",
        "object",
        "enter_objection",
        "arrange_visit",
        "press",
        "start_batch",
        "close_account",
    } <= acts_in_the_source()


def test_every_act_has_a_word_on_the_page():
    named = {*acts_in_the_source(), *(step.name for step in STEPS), *(kind for kind in EntryType if kind not in ("act", "refused"))}
    assert sorted(name for name in named if act_words(name) == "其他办理") == []


def test_every_act_has_a_word_in_the_verifier_in_both_languages():
    named = {*acts_in_the_source(), *(step.name for step in STEPS)}
    assert sorted(named - set(verifier.STEPS)) == []
    assert [words for words in (*verifier.STEPS.values(), *verifier.TYPES.values()) if words not in ENGLISH] == []


def test_what_no_list_knows_is_still_said_as_something():
    assert act_words("an_act_of_tomorrow") == "其他办理"
