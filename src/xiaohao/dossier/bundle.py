"""Reading a bundle: bytes in, a Dossier and a list of problems out. A defect of the bundle is reported, never a crash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

import jsonschema_rs

from xiaohao.dossier.codec import dossier_from_json
from xiaohao.dossier.dossier import FORMAT, Dossier
from xiaohao.dossier.file import FileMeta
from xiaohao.dossier.parsed import NoJson, parsed
from xiaohao.dossier.schema_words import told
from xiaohao.dossier.soundness import circles, impossible_days, schema_text, stretches_inside
from xiaohao.dossier.task import Link
from xiaohao.kernel.said import Said, say

#: One bundle reports at most this many defects of its schema; the rest would only bury the first.
MOST_SCHEMA_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """A defect of the bundle itself. `kind` is json, schema, reference, missing_file, hash or unreadable; `where` a JSON pointer, id or path."""

    kind: str
    message: str
    where: str = ""


class BundleUnreadable(ValueError):  # noqa: N818 - carries an answer for the person who sent the bundle
    """The bundle cannot be read at all; `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class FileUnreadable(KeyError):  # noqa: N818 - carries an answer for the person who sent the bundle
    """A file of the bundle that is there and cannot be read (`contents` raises it; whoever only wants the bytes sees none); `said` says why."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


def read_bundle(text: bytes, contents: Mapping[str, bytes] | None = None) -> tuple[Dossier, tuple[Problem, ...]]:
    """A Dossier and its problems from the bytes of dossier.json or ledger.json; with `contents`
    (path → bytes), files are compared with their hashes and stay readable through the dossier.
    Raises BundleUnreadable when nothing can be judged: not JSON, another format, or a shape that the schema forbids at its root."""
    try:
        value, mended = parsed(text)
    except NoJson as wrong:
        raise BundleUnreadable((Problem("json", wrong.said),)) from wrong
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BundleUnreadable((Problem("json", say("不是 {format} 格式的案卷包", format=FORMAT), "format"),))
    schema = tuple(_schema_problems(value))
    if any(problem.where.rpartition("/")[2] == "id" for problem in schema):
        raise BundleUnreadable(schema)  # what is found could not be pointed at
    try:
        dossier, outside = stretches_inside(dossier_from_json(value))
        references = (*_reference_problems(dossier), *(Problem("reference", said, where) for where, said in circles(dossier)))
    except (ValueError, TypeError, AttributeError) as wrong:
        raise BundleUnreadable(schema or (Problem("schema", say("案卷包结构不符")),)) from wrong
    halves = (Problem("json", say("有写不出来的半个字（孤立的代理码），已换成 �"), where) for where in mended)
    unsound = (Problem("schema", said, where) for where, said in (*islice(impossible_days(value), MOST_SCHEMA_PROBLEMS), *outside))
    problems = [*halves, *schema, *unsound, *references]
    if contents is not None:
        dossier = replace(dossier, contents=contents)
        problems += _file_problems(dossier)
    return dossier, tuple(problems)


@cache
def _schema() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads(schema_text()))


def _schema_problems(value: Mapping[str, Any]) -> Iterator[Problem]:
    for count, error in enumerate(_schema().iter_errors(value)):
        if count == MOST_SCHEMA_PROBLEMS:
            return
        where = "/".join(str(step) for step in error.instance_path)
        yield Problem("schema", say("与格式不符：{reason}", reason=told(error)), where)


def _reference_problems(dossier: Dossier) -> Iterator[Problem]:
    known = dossier.by_id
    seen: set[str] = set()
    for thing_id, count in _id_counts(dossier).items():
        if count > 1:
            yield Problem("reference", say("编号 {id} 用了 {count} 次", id=thing_id, count=count), thing_id)
    for owner, name, target in _references(dossier):
        if target not in known and f"{owner}.{name}.{target}" not in seen:
            seen.add(f"{owner}.{name}.{target}")
            yield Problem("reference", say("{owner} 的 {name} 指向不存在的 {target}", owner=owner, name=name, target=target), owner)


def _id_counts(dossier: Dossier) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for thing in _all_things(dossier):
        counts[thing.id] = counts.get(thing.id, 0) + 1
    return counts


def _all_things(dossier: Dossier) -> Iterator[Any]:
    for register in fields(dossier):
        value = getattr(dossier, register.name)
        if isinstance(value, tuple):
            yield from (thing for thing in value if hasattr(thing, "id"))
    for plan in dossier.plans:
        yield from (*plan.goals, *plan.measures)
    for inventory in dossier.inventories:
        yield from inventory.items


@cache
def _reference_names() -> frozenset[str]:
    """Names of the fields that hold ids of other things, read from the schema so that the two cannot drift apart."""
    names: set[str] = set()

    def collect(properties: Mapping[str, Any]) -> None:
        for name, spec in properties.items():
            target = spec.get("items", spec)
            if target.get("$ref") == "#/$defs/id" and name != "id":
                names.add(name)
            collect(target.get("properties", {}))

    for part in json.loads(schema_text())["$defs"].values():
        collect(part.get("properties", {}))
    return frozenset(names)


def _references(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    for thing in _all_things(dossier):
        yield from _references_in(thing, thing.id)


def _references_in(part: Any, owner: str) -> Iterator[tuple[str, str, str]]:
    """(owner, field, id) of every reference inside `part`; parts with ids of their own are visited as things. A link may name its
    task in words, so links are not followed; what a file says of itself (its author) is words as well."""
    for field in fields(part):
        value = getattr(part, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if is_dataclass(item) and not hasattr(item, "id") and not isinstance(item, Link | FileMeta):
                yield from _references_in(item, owner)
            elif isinstance(item, str) and field.name in _reference_names():
                yield owner, field.name, item


def _file_problems(dossier: Dossier) -> Iterator[Problem]:
    for file in dossier.files:
        try:
            content = dossier.contents[file.path]
        except FileUnreadable as unreadable:
            yield Problem("unreadable", unreadable.said, file.id)
            continue
        except KeyError:
            yield Problem("missing_file", say("附件不在包里：{path}", path=file.path), file.id)
            continue
        if not content:
            yield Problem("unreadable", say("附件是空的（0 字节）：{path}", path=file.path), file.id)
        elif hashlib.sha256(content).hexdigest() != file.sha256:
            yield Problem("hash", say("附件内容与登记的摘要不一致：{path}", path=file.path), file.id)


def only_task(dossier: Dossier, task_id: str) -> Dossier:
    """The dossier of one task of a ledger: its own rows, and the shared registers (units, people, places, lists) whole."""
    return replace(
        dossier,
        kind="dossier",
        id=f"{dossier.id}.{task_id}",
        tasks=tuple(task for task in dossier.tasks if task.id == task_id),
        plans=tuple(p for p in dossier.plans if p.task == task_id),
        statements=tuple(s for s in dossier.statements if s.task == task_id),
        records=tuple(r for r in dossier.records if not r.tasks or task_id in r.tasks),
        files=tuple(f for f in dossier.files if not f.tasks or task_id in f.tasks),
        series=tuple(s for s in dossier.series if not s.tasks or task_id in s.tasks),
        documents=tuple(d for d in dossier.documents if not d.tasks or task_id in d.tasks),
        petitions=tuple(p for p in dossier.petitions if p.task in (None, task_id)),
        inventories=tuple(i for i in dossier.inventories if not i.tasks or task_id in i.tasks),
        dispositions=tuple(d for d in dossier.dispositions if d.task == task_id),
        watch_plans=tuple(w for w in dossier.watch_plans if w.task == task_id),
    )
