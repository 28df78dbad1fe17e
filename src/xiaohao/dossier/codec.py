"""Dossier ↔ plain JSON values. Unknown names are carried along; absent and empty are the same and are not written."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from xiaohao.dossier.dossier import FORMAT, Dossier

Thing = TypeVar("Thing")

#: Fields that the written form does not have.
_UNWRITTEN = frozenset({"unknown", "contents", "about", "memory", "awaited"})

#: Names that are Python keywords.
_ALIASES = {"class_": "class"}


def dossier_from_json(value: Mapping[str, Any]) -> Dossier:
    """A Dossier from the parsed dossier.json or ledger.json. Raises TypeError or KeyError-free ValueError where the shape forbids it;
    run the schema first to get a sentence a person can use."""
    return thing_from_json(Dossier, {name: part for name, part in value.items() if name != "format"})


def dossier_to_json(dossier: Dossier) -> dict[str, Any]:
    """The plain value that dossier.json holds, names in the order of the schema."""
    return {"format": FORMAT, **thing_to_json(dossier)}


def thing_from_json(kind: type[Thing], value: Mapping[str, Any]) -> Thing:
    """One dataclass of this room from its JSON object. Raises ValueError when a required name is missing or a value has the wrong shape."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{kind.__name__} wants an object, got {type(value).__name__}")
    readers: dict[str, tuple[str, Any]] = _readers(kind)  # type: ignore[arg-type]  # a class is hashable
    given = {readers[name][0]: readers[name][1](part) for name, part in value.items() if name in readers}
    given["unknown"] = tuple((name, part) for name, part in value.items() if name not in readers)
    try:
        return kind(**given)
    except TypeError as missing:
        raise ValueError(f"{kind.__name__}: {missing}") from missing


def thing_to_json(thing: Any) -> dict[str, Any]:
    """The JSON object of one dataclass of this room."""
    out: dict[str, Any] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name not in _UNWRITTEN and value is not None and value != ():
            out[_ALIASES.get(field.name, field.name)] = plain(value)
    out.update(thing.unknown)
    return out


def plain(value: Any) -> Any:
    """A field's value as JSON holds it: things as objects, tuples as lists."""
    if is_dataclass(value):
        return thing_to_json(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


@cache
def _readers(kind: type[Any]) -> dict[str, tuple[str, Any]]:
    hints = get_type_hints(kind)
    return {_ALIASES.get(f.name, f.name): (f.name, _reader(hints[f.name])) for f in fields(kind) if f.name not in _UNWRITTEN}


def _reader(hint: Any) -> Any:
    """A function from a JSON value to a value of the hinted type."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [arm for arm in get_args(hint) if arm is not type(None)]
        return _reader(inner[0]) if len(inner) == 1 else _as_is
    if get_origin(hint) is tuple:
        part = _reader(get_args(hint)[0])
        return lambda value: tuple(part(item) for item in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: thing_from_json(hint, value)
    return _as_is


def _as_is(value: Any) -> Any:
    return value
