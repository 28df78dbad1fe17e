"""A task of a ledger as plain JSON and back, and what differs between two readings of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, replace
from types import MappingProxyType
from typing import Any

from xiaohao.documents.ledger.tasks import LedgerTask, Promise
from xiaohao.kernel.said import Said, say

#: Fields that two readings are compared by, with what they are called. Where a row stands in the sheet is no difference.
_COMPARED: Mapping[str, Said] = MappingProxyType(
    {
        "title": say("任务简称"),
        "problem": say("问题"),
        "due": say("整改时限"),
        "due_words": say("时限的原话"),
        "owners": say("责任单位"),
        "lead": say("牵头单位"),
        "supervisor": say("督导单位"),
        "acceptor": say("验收单位"),
        "reviewer": say("审核单位"),
        "assessor": say("评估单位"),
        "person": say("责任人"),
        "goals": say("整改目标"),
        "measures": say("整改措施"),
        "progress": say("完成情况"),
        "status": say("状态"),
        "closed_on": say("原销号日期"),
    }
)


def ledger_task_to_json(task: LedgerTask) -> dict[str, Any]:
    """Every field but the problems, tuples as lists."""
    value = asdict(replace(task, problems=()))
    del value["problems"]
    return value


def ledger_task_from_json(value: Mapping[str, Any]) -> LedgerTask:
    """The task that `ledger_task_to_json` wrote."""
    known = {field.name for field in fields(LedgerTask)}
    plain: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in value.items() if name in known}
    plain["values"] = tuple(tuple(row) for row in value["values"])
    for name in ("goals", "measures"):
        plain[name] = tuple(Promise(**one) for one in value[name])
    return LedgerTask(**plain)


def changes_between(before: LedgerTask, now: LedgerTask) -> Iterator[tuple[Said, str, str]]:
    """(what, before, now) for each field that says something else."""
    for name, words in _COMPARED.items():
        old, new = _words(getattr(before, name)), _words(getattr(now, name))
        if old != new:
            yield words, old, new


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(
            f"{one.number}. {one.text}" + "".join(f"（{more}）" for more in (one.owner, one.due_words) if more)
            if isinstance(one, Promise)
            else one
            for one in value
        )
    return value or ""
