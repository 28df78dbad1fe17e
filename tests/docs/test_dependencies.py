"""What the program imports is what an installation gets: a clone that starts here because some tool of ours happens to bring a package starts nowhere else."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.docs.tree import ROOT, tracked

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def plain(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


#: Tools of ours that a command for developers imports (`make messages`), and no page.
FOR_DEVELOPERS = {"polib"}
#: Modules of the extras: asked for inside functions, by commands that say so where they are missing.
EXTRAS = {part for wishes in PROJECT["optional-dependencies"].values() for wish in wishes for part in re.findall(r"[a-z]+", wish)}
DECLARED = {plain(re.split(r"[\[<>=~! ]", wish)[0]) for wish in PROJECT["dependencies"]}


def imported(path: Path) -> Iterator[str]:
    """Top names of the modules that a file imports, in functions too, and those it asks for by `import_module`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module") and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value).partition(".")[0]


def test_every_package_that_is_imported_is_declared() -> None:
    at_home = sys.stdlib_module_names | FOR_DEVELOPERS | EXTRAS | {"xiaohao"}
    owners = packages_distributions()
    lost = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked("src/*.py")
        for name in imported(path)
        if name not in at_home and not DECLARED & {plain(owner) for owner in owners.get(name, [])}
    }
    assert sorted(lost) == []


def test_every_declared_package_is_locked_with_its_hash() -> None:
    locked = set(re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE))
    assert DECLARED - {plain(name) for name in locked} == set()
