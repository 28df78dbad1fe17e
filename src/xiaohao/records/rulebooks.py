"""Which rulebook a task runs under: the office's copy in its own folder wins over the packaged one of the same name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from django.conf import settings

from xiaohao.procedure.rulebook import Rulebook, packaged, read_rulebook
from xiaohao.procedure.standards import read_standards
from xiaohao.records.models import Task


@cache
def rulebook(name: str) -> Rulebook:
    """Raises RulebookRefused when the text breaks an invariant, FileNotFoundError when nobody has a rulebook of that name."""
    own = settings.HOME / "rulebooks" / f"{name}.toml"
    rules = read_rulebook(own.read_text("utf-8")) if own.is_file() else packaged(name)
    standards = settings.HOME / "standards.toml"
    return replace(rules, standards=read_standards(standards.read_text("utf-8"))) if standards.is_file() else rules


def rulebook_of(task: Task) -> Rulebook:
    return rulebook(task.rulebook)
