"""A dossier with only those units, people and places that its case speaks of: what leaves an office names nobody else."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from xiaohao.dossier.dossier import Dossier

#: Registers whose things may be filed under several tasks.
_OF_TASKS = ("records", "files", "documents", "series", "inventories")
_SHARED = ("orgs", "people", "places")


def pruned(dossier: Dossier) -> Dossier:
    """The dossier without the units, people and places that nothing in it points at; those pointed at bring along what they are under."""
    shared = {thing.id: thing for register in _SHARED for thing in getattr(dossier, register)}
    waiting = [word for name, register in _registers(dossier) if name not in _SHARED for word in _words(register)]
    kept: set[str] = set()
    while waiting:
        word = waiting.pop()
        if word in shared and word not in kept:
            kept.add(word)
            waiting.extend(_words(shared[word]))
    left: dict[str, Any] = {name: tuple(thing for thing in getattr(dossier, name) if thing.id in kept) for name in _SHARED}
    for name in _OF_TASKS:
        left[name] = tuple(_only(thing, {task.id for task in dossier.tasks}) for thing in getattr(dossier, name))
    return replace(dossier, **left)


def _only(thing: Any, tasks: set[str]) -> Any:
    """The thing filed under those of its tasks that are in the dossier: a plan's paper is about many, and the others stay where they are."""
    return thing if set(thing.tasks) <= tasks else replace(thing, tasks=tuple(task for task in thing.tasks if task in tasks))


def _registers(dossier: Dossier) -> list[tuple[str, Any]]:
    return [(field.name, value) for field in fields(dossier) if isinstance(value := getattr(dossier, field.name), tuple)]


def _words(part: Any) -> list[str]:
    """Every text inside a thing that may be an id: ids are unique in a bundle, so a text that is one is a reference."""
    if isinstance(part, str):
        return [part] if len(part) <= _LONGEST_ID else []
    if isinstance(part, tuple):
        return [word for one in part for word in _words(one)]
    if is_dataclass(part):
        return [word for field in fields(part) for word in _words(getattr(part, field.name))]
    return []


#: Longest id that DOSSIER.md allows.
_LONGEST_ID = 80
