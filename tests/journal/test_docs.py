"""The page for strangers says what the code does, and its check by hand works."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journal.golden import FOLDER
from xiaohao.journal.entry import EntryType
from xiaohao.journal.entry_format import SHAPES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "journal.md").read_text("utf-8")
_ALWAYS = {"v", "t", "id", "at"}
#: Bars in a row of the table of types.
_COLUMNS = 5
_PAPERS = {"on_paper", "rules", "pub", "c"}


@pytest.mark.skipif(not (shutil.which("openssl") and shutil.which("sh")), reason="the check by hand needs a shell and OpenSSL")
def test_the_check_by_hand_works_on_the_golden_files() -> None:
    (script,) = re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL)
    run = subprocess.run(["sh", "-eu", "-c", script], cwd=FOLDER, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["included", "Signature Verified Successfully"]


@pytest.mark.parametrize("kind", list(EntryType))
def test_the_table_of_types_is_that_of_the_code(kind: EntryType) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` |") and line.count("|") == _COLUMNS]
    _, _, _, must, may, _ = row.split("|")
    required, allowed = SHAPES[kind]
    told = {name for words in re.findall(r"`([a-z_ ]+)`", must) for name in words.split()}
    assert told == required - _ALWAYS
    optional = {name for words in re.findall(r"`([a-z_ ]+)`", may) for name in words.split()} | (_PAPERS if "†" in may else set())
    assert optional == allowed - required


def test_every_field_is_explained() -> None:
    explained = {name for line in PAGE.splitlines() if line.startswith("| `") for name in re.findall(r"`([a-z_]+)`", line.split("|")[1])}
    assert {name for _, allowed in SHAPES.values() for name in allowed} - explained == set()
