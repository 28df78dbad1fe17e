"""docs/install.md is done as it is written: its configuration is what the program reads, its lines enter people who can be given accounts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

from tests.docs.tree import ROOT
from xiaohao.kernel.roles import Role
from xiaohao.procedure.rulebook import PACKAGED
from xiaohao.web.office import Office

PAGE = (ROOT / "docs" / "install.md").read_text("utf-8")
SETTINGS = ROOT / "src" / "xiaohao" / "web" / "settings.py"


def block(language: str) -> str:
    """The one block of that language on the page."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found


def keys_that_are_read() -> set[str]:
    """Every key that the settings ask the configuration for."""
    tree = ast.parse(SETTINGS.read_text("utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) == ("CONFIG", "get")
        and isinstance(node.args[0], ast.Constant)
    }


def test_the_page_names_every_key_that_is_read_and_no_other() -> None:
    written = tomllib.loads(block("toml"))
    assert set(written) - {"office"} == keys_that_are_read()
    assert set(written["office"]) == {field.name for field in fields(Office)}
    assert written["rulebook"] in PACKAGED


def test_the_page_names_every_role() -> None:
    (line,) = re.findall(r"^Roles: (.*?)What somebody", PAGE, re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", line)) == set(Role)


def test_an_installation_made_by_the_page_is_whole(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "xiaohao.toml").write_text(block("toml"), "utf-8")
    (tmp_path / "people.json").write_text(block("json"), "utf-8")

    def run(*words: str) -> str:
        ran = subprocess.run([sys.executable, *words], cwd=tmp_path, capture_output=True, text=True, check=False, env=_environment())
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    assert "xiaohao.qinghe.example/log+" in run("-m", "xiaohao", "init", "--home", str(home))
    assert run("-m", "xiaohao", "register", "people.json", "--home", str(home)) == "已录入 5 条；已有的编号没有改动。\n"
    assert run("-m", "xiaohao", "fsck", "--home", str(home)) == "已核对日志 4 条。没有不一致。\n"
    copy = re.findall(r"python -c '(.*?)'", PAGE)[0]
    run("-c", copy, str(home / "xiaohao.sqlite3"), str(tmp_path / "copy.sqlite3"))
    assert (tmp_path / "copy.sqlite3").stat().st_size == (home / "xiaohao.sqlite3").stat().st_size


def _environment() -> dict[str, str]:
    """As a new terminal has it: nothing of the tests' own settings, the sources where they are."""
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT / "src")}
