"""The English catalogue is complete, in step, and holds every sentence that a page may show."""

from __future__ import annotations

import re
from io import BytesIO

import polib
import pytest
from django.utils import translation

from xiaohao.kernel.said import say
from xiaohao.outcomes import words as outcome_words
from xiaohao.outcomes.derived import DERIVED
from xiaohao.outcomes.seasons import SEASONS
from xiaohao.publicity.words import KIND_WORDS
from xiaohao.screening.catalogue import catalogue as checks
from xiaohao.web import plain_words
from xiaohao.web.catalogue import CATALOGUE, ROOT, lacking, patterns_said
from xiaohao.web.management.commands.collect_messages import compile_catalogue
from xiaohao.web.parts.words import say_it
from xiaohao.web.portal import photos

_MARKED = re.compile(r'{%\s*(?:translate|trans)\s+"([^"]+)"')
_PLACEHOLDERS = re.compile(r"\{[^}]*\}|%\(\w+\)[a-z]")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_message_has_english_that_somebody_has_looked_at():
    assert lacking() == ()


def test_every_pattern_of_say_is_in_the_catalogue(catalogue):
    assert set(patterns_said()) - {entry.msgid for entry in catalogue} == set()


def test_every_marked_string_of_the_templates_is_in_the_catalogue(catalogue):
    marked = {
        words
        for path in ROOT.rglob("templates/**/*")
        if path.suffix in (".html", ".svg")
        for words in _MARKED.findall(path.read_text("utf-8"))
    }
    known = {entry.msgid.replace("%%", "%") for entry in catalogue}
    assert {words for words in marked if words not in known} == set()


def test_english_keeps_every_figure_of_its_sentence(catalogue):
    for entry in catalogue:
        for english in (entry.msgstr_plural or {0: entry.msgstr}).values():
            assert sorted(_PLACEHOLDERS.findall(english)) == sorted(_PLACEHOLDERS.findall(entry.msgid)), entry.msgid


def test_the_compiled_catalogue_is_in_step_with_the_written_one(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in compiled} == {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in catalogue
    }


def test_compiling_again_changes_nothing(tmp_path):
    copy = tmp_path / "django.po"
    copy.write_bytes(CATALOGUE.read_bytes())
    compile_catalogue(copy)
    assert copy.read_bytes() == CATALOGUE.read_bytes()
    assert BytesIO(copy.with_suffix(".mo").read_bytes()).getvalue() == CATALOGUE.with_suffix(".mo").read_bytes()


def test_words_that_rooms_keep_in_plain_tables_are_named(catalogue):
    assert set(KIND_WORDS.values()) <= set(plain_words.OF_NOTICES)
    assert {*outcome_words._WINDOWS.values(), *outcome_words._OPERATORS.values()} == set(plain_words.OF_TARGETS)
    assert {*(one.words for one in DERIVED.values()), *(one.words for one in SEASONS.values())} == set(plain_words.OF_INDICATORS)
    assert set(photos._POINTS) <= set(plain_words.OF_PLACES)
    assert {check.title for check in checks().values()} == set(plain_words.OF_CHECKS)
    named = {
        *plain_words.OF_NOTICES,
        *plain_words.OF_TARGETS,
        *plain_words.OF_INDICATORS,
        *plain_words.OF_PLACES,
        *plain_words.OF_CALENDARS,
        *plain_words.OF_CHECKS,
        *plain_words.OF_STEPS,
    }
    assert named - {entry.msgid for entry in catalogue} == set()


def test_a_sentence_with_figures_and_a_sentence_inside_is_said_in_english():
    inner = say("{days} 个工作日", days=5)
    with translation.override("en"):
        assert say_it(say("还剩 {days}", days=inner)) == "5 working days left"
        assert say_it("限期整改") == "By a date"
