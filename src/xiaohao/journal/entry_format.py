"""Entries as bytes: one spelling for each, checked when written and when read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from xiaohao.journal.canonical import Json, canonical, parse_canonical
from xiaohao.journal.entry import (
    VERSION,
    ActedBy,
    Commitment,
    Entry,
    EntryType,
    LogSeen,
    ObjectionReceived,
    Outcome,
    Window,
)
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import parse_vkey
from xiaohao.journal.values import Reader, day, digest, fields_of, list_of, matching, moment, number, one_of, spell_moment, text
from xiaohao.kernel.said import say

#: Bytes. Our own limit, below the 65,535 that a bundle can hold: an entry is digests and names; content belongs elsewhere.
LONGEST_ENTRY = 8 * 1024

#: Characters of a name or number that people read (unit, task, document number).
_WORDS = 200
_NAME = r"[a-z0-9][a-z0-9_./-]{0,63}"
_OPAQUE = r"[0-9A-Za-z][0-9A-Za-z_.-]{0,63}"

#: Fields whose written name is shorter than their name here (JOURNAL format, section 2.3).
_WRITTEN = MappingProxyType({"type": "t", "commitments": "c", "name": "n", "digest": "h"})
_READ = MappingProxyType({written: name for name, written in _WRITTEN.items()})


def _object(kind: Callable[..., Any], **readers: Reader[object]) -> Reader[Any]:
    """An object that has exactly these fields."""
    return lambda value: kind(**_named(fields_of(value, readers, frozenset(readers))))


def _window(value: Json) -> Window:
    window: Window = _object(Window, no=text(_WORDS), first=day, last=day, days=number(1), counted=one_of("workday", "day"))(value)
    if window.last < window.first:
        raise Invalid(say("公示结束早于开始"))
    return window


def _public_key(value: Json) -> str:
    return str(parse_vkey(text(_WORDS)(value)))


_ACTOR = _object(ActedBy, role=matching(_NAME), staff=matching(_OPAQUE), unit=text(_WORDS))
_SEEN = _object(LogSeen, origin=text(_WORDS), size=number(0), root=digest, note_sha256=digest)

_READERS: dict[str, Reader[Any]] = {
    "v": number(0),
    "t": one_of(*EntryType),
    "id": matching(_OPAQUE),
    "at": moment,
    "actor": _ACTOR,
    "on_paper": _ACTOR,
    "task": text(_WORDS),
    "unit": text(_WORDS),
    "seq": number(1),
    "step": matching(_NAME),
    "prev_state": matching(_NAME),
    "state": matching(_NAME),
    "rules": digest,
    "pub": digest,
    "c": list_of(_object(Commitment, n=matching(_NAME), h=digest)),
    "notice": _window,
    "exceptions": list_of(matching(_NAME)),
    "unmet": list_of(matching(_NAME)),
    "objections": list_of(_object(ObjectionReceived, task=text(_WORDS), h=digest)),
    "objection": digest,
    "finding": matching(_OPAQUE),
    "check": matching(_OPAQUE),
    "outcome": one_of(*Outcome),
    "redacts": list_of(digest),
    "basis": text(_WORDS),
    "origin": text(_WORDS),
    "seen": _SEEN,
    "old_vkey": _public_key,
    "new_vkey": _public_key,
}

_ALWAYS = frozenset({"v", "t", "id", "at"})
_TASK = frozenset({"task", "unit", "seq"})
_PAPERS = frozenset({"on_paper", "rules", "pub", "c"})


def _shape(required: str, optional: str = "", *, papers: bool = True) -> tuple[frozenset[str], frozenset[str]]:
    must = _ALWAYS | frozenset(required.split())
    return must, must | frozenset(optional.split()) | (_PAPERS if papers else frozenset())


#: type -> (fields it must have, fields it may have)
SHAPES: MappingProxyType[EntryType, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        EntryType.INCEPTION: _shape("origin", "seen pub", papers=False),
        EntryType.ACT: _shape("actor step", "task unit seq prev_state state notice exceptions"),
        EntryType.REFUSED: _shape("actor step task unit seq unmet", "prev_state"),
        EntryType.OBJECTIONS: _shape("objections", papers=False),
        EntryType.OBJECTION_DECIDED: _shape("actor task unit seq objection outcome", "step prev_state state"),
        EntryType.FINDING_ANSWERED: _shape("actor task unit seq finding", "step check"),
        EntryType.FINDING_DECIDED: _shape("actor task unit seq finding outcome", "step check"),
        EntryType.REDACT: _shape("actor redacts basis", "step task unit seq"),
        EntryType.RESTRICT: _shape("actor redacts basis", "step task unit seq"),
        EntryType.ANCHOR: _shape("seen", papers=False),
        EntryType.KEY: _shape("actor old_vkey new_vkey", "step"),
    }
)

_READERS_OF = {kind: {name: _READERS[name] for name in allowed} for kind, (_, allowed) in SHAPES.items()}

_OUTCOMES = {
    EntryType.OBJECTION_DECIDED: {Outcome.ADMITTED, Outcome.NOT_ADMITTED, Outcome.UPHELD, Outcome.NOT_UPHELD, Outcome.WITHDRAWN},
    EntryType.FINDING_DECIDED: {Outcome.ACCEPTED, Outcome.REJECTED},
}


def entry_bytes(entry: Entry) -> bytes:
    """The canonical bytes of `entry`: what is stored, hashed and served, and never written anew.
    Raises Invalid when the entry lacks a field of its type, has one too many, holds an unseen character, or is longer than 8 KB."""
    data = canonical({"v": VERSION, **_plain_fields(entry)})
    parse_entry(data)
    return data


def parse_entry(data: bytes) -> Entry:
    """The entry whose canonical bytes are exactly `data`. Raises Invalid, also for an unknown type, field or version."""
    if len(data) > LONGEST_ENTRY:
        raise Invalid(say("记录超过 {limit} 字节", limit=LONGEST_ENTRY))
    value = parse_canonical(data)
    if not isinstance(value, dict) or value.get("v") != VERSION:
        raise Invalid(say("不认识的记录版本"))
    kind = value.get("t")
    if not isinstance(kind, str) or kind not in set(EntryType):
        raise Invalid(say("不认识的记录种类"))
    required, _ = SHAPES[EntryType(kind)]
    found = fields_of(value, _READERS_OF[EntryType(kind)], required)
    found.pop("v")
    entry = _entry(found)
    _check_together(entry)
    return entry


def _entry(found: dict[str, Any]) -> Entry:
    found["t"] = EntryType(found["t"])
    if "outcome" in found:
        found["outcome"] = Outcome(found["outcome"])
    return Entry(**_named(found))


def _check_together(entry: Entry) -> None:
    """What no single field can tell."""
    if len({entry.task is None, entry.unit is None, entry.seq is None}) > 1:
        raise Invalid(say("task、unit、seq 应同时有或同时没有"))
    if (entry.state or entry.notice) and entry.task is None:
        raise Invalid(say("有 state 或 notice 就应有 task"))
    if entry.prev_state and entry.state is None and entry.type is not EntryType.REFUSED:
        raise Invalid(say("有 prev_state 就应有 state"))
    if entry.outcome and entry.outcome not in _OUTCOMES[entry.type]:
        raise Invalid(say("字段 {name}：{why}", name="outcome", why=say("与记录种类不合")))
    names = [made.name for made in entry.commitments]
    if names != sorted(set(names)):
        raise Invalid(say("字段 {name}：{why}", name="c", why=say("应按名称排序，不重复")))
    if len({made.digest for made in entry.commitments}) != len(names):
        raise Invalid(say("字段 {name}：{why}", name="c", why=say("同一承诺写了两次")))
    received = [one.digest for one in entry.objections]
    if received != sorted(set(received)):
        raise Invalid(say("字段 {name}：{why}", name="objections", why=say("应按摘要排序，不重复")))


def _named(found: dict[str, Any]) -> dict[str, Any]:
    return {_READ.get(name, name): value for name, value in found.items()}


def _plain_fields(thing: Any) -> dict[str, Json]:
    present = ((field.name, getattr(thing, field.name)) for field in fields(thing))
    return {_WRITTEN.get(name, name): _plain(value) for name, value in present if value is not None and value != ()}


def _plain(value: Any) -> Json:
    match value:
        case datetime():
            return spell_moment(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in _ordered(value)]
        case str():
            return str(value)
        case _ if is_dataclass(value):
            return _plain_fields(value)
        case _:
            plain: Json = value
            return plain


def _ordered(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Commitments by name; objections by digest, so that their order tells nothing about who came first."""
    match values:
        case (Commitment(), *_):
            return tuple(sorted(values, key=lambda one: one.name))
        case (ObjectionReceived(), *_):
            return tuple(sorted(values, key=lambda one: one.digest))
        case _:
            return values
