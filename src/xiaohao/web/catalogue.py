"""The English catalogue: where it lies, which messages it must hold, and which it lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import polib  # type: ignore[import-untyped]

#: The package, and the catalogue in it.
ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Path(__file__).resolve().parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
#: Rooms whose sentences no page shows: the command line (it has English of its own where it speaks it) and the demonstration's case files.
NOT_SHOWN = ("cli", "seeds")


def lacking(path: Path = CATALOGUE) -> tuple[str, ...]:
    """Messages of the catalogue without English, or with English that nobody has looked at since the Chinese changed."""
    return tuple(entry.msgid for entry in polib.pofile(str(path)) if entry.fuzzy or not entry.translated())


def patterns_said(root: Path = ROOT) -> Iterator[str]:
    """The pattern of every `say(…)` in the rooms that pages show. Raises ValueError where a pattern is not written out at the call."""
    for path in sorted(root.rglob("*.py")):
        if path.relative_to(root).parts[0] in NOT_SHOWN:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "say"
                and (pattern := _pattern(node, path))
            ):
                yield pattern


def _pattern(call: ast.Call, path: Path) -> str:
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    raise ValueError(f"{path}:{call.lineno}: the pattern of say(…) must be written out")
