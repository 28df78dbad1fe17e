"""docs/notice.md: every clause has its row, every row says something true: files that exist, tests that exist, and for gaps what is missing."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs.tree import ROOT

PAGE = ROOT / "docs" / "notice.md"
HEAD = ["the clause", "state", "in the software", "where", "shown by"]
#: The clauses of INSTITUTION's table, by the words under which the page treats them.
SECTIONS = [
    "The problem that was found",
    "Where it comes from and whom it binds",
    "Measure one",
    "Measure two",
    "Measure three",
    "Measure four",
    "What was done, one",
    "What was done, two",
    "What was done, three",
    "The closing lines",
]


def tables() -> dict[str, list[list[str]]]:
    """Section → rows of cells, without head and rule."""
    found: dict[str, list[list[str]]] = {}
    section = ""
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
            found[section] = []
        elif line.startswith("|"):
            found[section].append([cell.strip() for cell in line.strip("|").split("|")])
    return found


ROWS = [row for rows in tables().values() for row in rows[2:]]
CLAUSES = [row[0] for row in ROWS]


@cache
def functions_of(path: Path) -> frozenset[str]:
    """Names of the test functions of a file, without importing it."""
    return frozenset(node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_page_has_all_parts_of_the_notice_in_order() -> None:
    assert list(tables()) == SECTIONS


def test_every_table_has_the_same_columns() -> None:
    assert {section: rows[0] for section, rows in tables().items()} == dict.fromkeys(SECTIONS, HEAD)


@pytest.mark.parametrize("row", ROWS, ids=CLAUSES)
def test_no_cell_is_empty_and_gaps_are_named(row: list[str]) -> None:
    assert [cell for cell in row if cell] == row
    assert len(row) == len(HEAD)
    clause, state, software, _, _ = row
    assert state in ("yes", "partly", "not yet")
    assert ("Missing:" in software) == (state != "yes"), clause


@pytest.mark.parametrize("row", ROWS, ids=CLAUSES)
def test_every_file_named_exists(row: list[str]) -> None:
    files = quoted(row[3])
    assert files != []
    assert [name for name in files if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("row", ROWS, ids=CLAUSES)
def test_every_test_named_exists(row: list[str]) -> None:
    named = quoted(row[4])
    assert named != []
    missing = []
    for one in named:
        path, _, test = one.partition("::")
        if not (ROOT / path).is_file() or test not in functions_of(ROOT / path):
            missing.append(one)
    assert missing == []


def test_the_place_is_not_named() -> None:
    """The notice is a specification, and its publisher is nobody's bad example."""
    text = PAGE.read_text("utf-8").casefold()
    assert [name for name in ("taiyangshan", "太阳山", "wuzhong", "吴忠", "宁夏") if name in text] == []
