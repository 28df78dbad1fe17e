"""Both READMEs are short, say the same commands, and name only what is there."""

from __future__ import annotations

import re

import pytest

from tests.docs.tree import ROOT
from xiaohao.seeds.cast import PEOPLE

ENGLISH, CHINESE = "README.md", "README.zh.md"
BOTH = pytest.mark.parametrize("name", [ENGLISH, CHINESE])
#: Bytes of a picture, so that a clone stays small.
LARGEST = 200_000


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(name: str) -> list[str]:
    """What a reader is asked to type, without the remarks behind it."""
    return [line.split(" #")[0].strip() for block in re.findall(r"```sh\n(.*?)```", text(name), re.DOTALL) for line in block.splitlines()]


def pictures(name: str) -> list[str]:
    return [one or other for one, other in re.findall(r"!\[[^\]]*\]\(([^)]+)\)|<img src=\"([^\"]+)\"", text(name))]


@BOTH
def test_it_has_at_most_150_lines(name: str) -> None:
    assert len(text(name).splitlines()) <= 150


@BOTH
def test_its_first_lines_say_the_problem_in_the_notices_own_terms(name: str) -> None:
    assert "虽然整改销号，实则原地打转" in "\n".join(text(name).splitlines()[:12])


def test_both_ask_for_the_same_commands_beginning_with_the_two() -> None:
    assert commands(ENGLISH)[:2] == ["make run", "make test"]
    assert commands(ENGLISH) == commands(CHINESE)


def test_both_show_the_same_pictures() -> None:
    assert pictures(ENGLISH) == pictures(CHINESE)
    assert 1 <= len(pictures(ENGLISH)) <= 4


@BOTH
def test_its_pictures_are_there_small_and_described(name: str) -> None:
    assert [one for one in pictures(name) if not (ROOT / one).is_file()] == []
    assert [one for one in pictures(name) if (ROOT / one).stat().st_size > LARGEST] == []
    assert "![]" not in text(name)
    assert text(name).count("<img ") == len(re.findall(r'<img [^>]*alt="[^"]+"', text(name)))


@BOTH
def test_its_make_targets_and_programs_exist(name: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {one or other for one, other in re.findall(r"^make (\w+)|`make (\w+)`", text(name), re.MULTILINE)}
    assert asked - targets == set()
    scripts = set(re.findall(r"^(xiaohao[\w-]*) =", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\.venv/bin/([\w-]+)", text(name))) - scripts == set()


@BOTH
def test_its_tour_has_six_steps(name: str) -> None:
    assert re.findall(r"^\*\*(\d)\. ", text(name), re.MULTILINE) == list("123456")


def test_each_leads_to_the_other() -> None:
    assert f"({CHINESE})" in text(ENGLISH)
    assert f"({ENGLISH})" in text(CHINESE)


def test_what_the_tour_has_a_reader_click_is_on_the_pages() -> None:
    """Words in quotes of the Chinese tour are buttons, links and answers: each stands somewhere in the source, around the name of a person."""
    rooms = [ROOT / "src" / "xiaohao" / room for room in ("web", "procedure", "seeds", "cli")]
    said = "\n".join(path.read_text("utf-8") for room in rooms for path in room.rglob("*.*") if path.suffix in (".py", ".html"))
    steps = text(CHINESE).split("## ")[1].split("**2.")[1]
    words = [word for word in re.findall(r"“([^”]+)”", steps) if not re.search(r"[0-9，…]", word)]
    assert len(words) > 12
    anybody = "|".join(person.name for person in PEOPLE)
    assert [word for word in words if not all(part in said for part in re.split(anybody, word))] == []
