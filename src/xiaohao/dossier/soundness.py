"""Defects that a schema cannot say: days that no calendar has, stretches outside their text, units or places that stand above themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from xiaohao.dossier.dossier import Dossier
from xiaohao.dossier.parsed import texts_in
from xiaohao.dossier.parties import Org, Place
from xiaohao.dossier.statement import Span, Statement
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import parse_when

#: Names of the schema's definitions for days and moments.
_TIMES = frozenset({"#/$defs/when", "#/$defs/instant", "#/$defs/day"})
_LIKE_A_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d(?:T\d\d:\d\d.*)?)?")


def schema_text() -> str:
    """The published schema of a bundle."""
    return files("xiaohao.dossier").joinpath("schema.json").read_text("utf-8")


@cache
def _names_of_times() -> frozenset[str]:
    """Names of the fields that hold days and moments, read from the schema so that the two cannot drift apart."""
    names: set[str] = set()

    def collect(properties: Mapping[str, Any]) -> None:
        for name, spec in properties.items():
            target = spec.get("items", spec)
            if target.get("$ref") in _TIMES:
                names.add(name)
            collect(target.get("properties", {}))

    for part in (value := json.loads(schema_text()))["$defs"].values():
        collect(part.get("properties", {}))
    collect(value["properties"])
    return frozenset(names)


def impossible_days(value: Mapping[str, Any]) -> Iterator[tuple[str, Said]]:
    """(pointer, sentence) of every day that is written as one and that no calendar has (2021-02-31)."""
    for where, name, text in texts_in(value):
        if name in _names_of_times() and _LIKE_A_DAY.fullmatch(text) and parse_when(text) is None:
            yield where, say("没有这一天或这一时刻：{value}，不作为日期使用", value=text)


def stretches_inside(dossier: Dossier) -> tuple[Dossier, tuple[tuple[str, Said], ...]]:
    """The dossier with every stretch of a statement inside its text, and (pointer, sentence) of those that were not: they are cut to the text,
    or left out where nothing remains."""
    wrong: list[tuple[str, Said]] = []
    statements = tuple(_inside(one, number, wrong) for number, one in enumerate(dossier.statements))
    return (replace(dossier, statements=statements) if wrong else dossier), tuple(wrong)


def _inside(statement: Statement, number: int, wrong: list[tuple[str, Said]]) -> Statement:
    kept: list[Span] = []
    length = len(statement.text)
    for at, span in enumerate(statement.spans):
        start, end = max(0, min(span.start, length)), max(0, min(span.end, length))
        if (start, end) == (span.start, span.end) and start <= end:
            kept.append(span)
            continue
        where = f"statements/{number}/spans/{at}"
        wrong.append((where, say("{start} 至 {end} 不在正文的 {length} 个字之内", start=span.start, end=span.end, length=length)))
        if start < end:
            kept.append(replace(span, start=start, end=end))
    return replace(statement, spans=tuple(kept)) if len(kept) != len(statement.spans) or tuple(kept) != statement.spans else statement


def circles(dossier: Dossier) -> Iterator[tuple[str, Said]]:
    """(id, sentence) of units and places that stand above themselves, each circle once."""
    for circle in _circles(dossier.orgs):
        yield circle[0].id, say("上级单位绕成了圈：{names}", names=_named(circle))
    for circle in _circles(dossier.places):
        yield circle[0].id, say("上级地方绕成了圈：{names}", names=_named(circle))


def _named(circle: list[Any]) -> str:
    return " → ".join(one.name for one in (*circle, circle[0]))


def _circles(things: Iterable[Org] | Iterable[Place]) -> Iterator[list[Any]]:
    by_id = {one.id: one for one in things}
    done: set[str] = set()
    for one in by_id.values():
        way: dict[str, Any] = {}
        at: Any = one
        while at is not None and at.id not in done and at.id not in way:
            way[at.id] = at
            at = by_id.get(at.parent)
        if at is not None and at.id in way:
            ids = list(way)
            yield [way[each] for each in ids[ids.index(at.id) :]]
        done |= way.keys()
