"""Closure standards 销号标准: what a case of each class of problems must hold before it is accepted, as a versioned library in TOML.

A misspelt name is an error, not a silence. The office's own copy takes the place of the packaged library.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files as package_files
from types import MappingProxyType
from typing import Any

from xiaohao.kernel.said import Said, say

#: The version that ships with this release.
NEWEST = "2026-1"
_NAMES = frozenset({"title", "figure", "months", "photos", "records"})
#: Types of records that a standard may ask for: rows that are entered, and no acts of the procedure itself.
ASKABLE: Mapping[str, Said] = MappingProxyType(
    {
        "meeting": say("会议"),
        "study": say("学习"),
        "interview": say("约谈"),
        "site_visit": say("现场核查"),
        "enforcement": say("执法检查"),
        "contract": say("合同"),
        "work_log": say("施工日志"),
        "consent": say("审批同意"),
        "transfer": say("转运联单"),
        "weighbridge": say("过磅"),
        "sampling": say("采样"),
        "lab_report": say("检测报告"),
        "look_back": say("回头看"),
        "training": say("培训"),
    }
)
#: More months than any watch lasts.
_MOST_MONTHS = 24


class StandardsRefused(ValueError):  # noqa: N818 - an answer for the office that wrote it
    """The library cannot be used; `reasons` says why, all of it."""

    def __init__(self, reasons: tuple[Said, ...]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Standard:
    """One class of problems: rows of each type that the case must hold, whether it needs a figure as its goal and photos before and after, and
    how many whole months the result must have held."""

    name: str
    title: str
    figure: bool
    months: int
    photos: bool
    records: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Library:
    """The standards of one version, by class."""

    version: str = ""
    title: str = ""
    classes: Mapping[str, Standard] = field(default_factory=lambda: MappingProxyType({}))


@cache
def packaged_standards() -> Library:
    """The library that ships with this version."""
    return read_standards(package_files("xiaohao.procedure.standards").joinpath(f"{NEWEST}.toml").read_text("utf-8"))


def read_standards(text: str) -> Library:
    """The library that the text holds. Raises StandardsRefused with every reason."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise StandardsRefused((say("不是 TOML：{reason}", reason=str(wrong)),)) from wrong
    if faults := tuple(_faults(table)):
        raise StandardsRefused(faults)
    classes = {
        name: Standard(name, row["title"], row["figure"], row["months"], row["photos"], MappingProxyType(dict(row["records"])))
        for name, row in table["classes"].items()
    }
    return Library(table["version"], table["title"], MappingProxyType(classes))


def _faults(table: Mapping[str, Any]) -> Iterator[Said]:
    for name in ("version", "title"):
        if not isinstance(table.get(name), str) or not table[name]:
            yield say("没有写 {name}", name=name)
    for name in table.keys() - {"version", "title", "classes"}:
        yield say("不认识“{name}”", name=name)
    classes = table.get("classes")
    if not isinstance(classes, dict) or not classes:
        yield say("没有写任何一类（classes）")
        return
    for name, row in classes.items():
        yield from (say("{of}：{fault}", of=name, fault=fault) for fault in _row_faults(row))


def _row_faults(row: Any) -> Iterator[Said]:
    if not isinstance(row, dict) or row.keys() != _NAMES:
        yield say("应当正好有 {names}", names="、".join(sorted(_NAMES)))
        return
    if not isinstance(row["title"], str) or not row["title"]:
        yield say("没有写 {name}", name="title")
    for name in ("figure", "photos"):
        if not isinstance(row[name], bool):
            yield say("{name} 只能是 true 或 false", name=name)
    if type(row["months"]) is not int or not 0 <= row["months"] <= _MOST_MONTHS:
        yield say("months 应当是 0 到 {most} 的整数", most=_MOST_MONTHS)
    records = row["records"]
    if not isinstance(records, dict) or any(type(count) is not int or count < 1 for count in records.values()):
        yield say("records 应当写成 类型 = 条数")
        return
    for kind in records.keys() - ASKABLE.keys():
        yield say("records 里的“{kind}”不是可以要求的登记", kind=kind)
