"""Which rulebook a task runs under: the office's copy in its own folder wins over the packaged one of the same name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from django.conf import settings

from xiaohao.procedure.rulebook import Rulebook, packaged, read_rulebook
from xiaohao.procedure.standards import Library, packaged_standards, read_standards
from xiaohao.records.models import Task


@cache
def rulebook(name: str) -> Rulebook:
    """Raises RulebookRefused when the text breaks an invariant, FileNotFoundError when nobody has a rulebook of that name."""
    own = settings.HOME / "rulebooks" / f"{name}.toml"
    rules = read_rulebook(own.read_text("utf-8")) if own.is_file() else packaged(name)
    standards = settings.HOME / "standards.toml"
    if standards.is_file():
        rules = replace(rules, standards=read_standards(standards.read_text("utf-8")))
    return replace(rules, kept_standards=_kept())


def _kept() -> Mapping[str, Library]:
    """Versions of the standards by which tasks may still be judged: the packaged one, and the office's own earlier ones in var/standards/."""
    folder = settings.HOME / "standards"
    own = [read_standards(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))] if folder.is_dir() else []
    return {library.version: library for library in (packaged_standards(), *own)}


def rulebook_of(task: Task) -> Rulebook:
    return rulebook(task.rulebook)
