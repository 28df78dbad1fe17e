"""How single values of an entry are spelt, and how they are read: strictly, one spelling for one value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TypeAlias, TypeVar

from xiaohao.journal.canonical import Json
from xiaohao.journal.encoding import is_digest, shown
from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST

Value = TypeVar("Value")
Reader: TypeAlias = Callable[[Json], Value]

#: Whole seconds, China Standard Time: the country has one zone, and one spelling per moment is enough.
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def spell_moment(at: datetime) -> str:
    """2026-03-03T10:18:00+08:00; fractions of a second are cut off. Raises ValueError for a time without zone."""
    if at.tzinfo is None:
        raise ValueError("a journal time needs its offset")
    return at.astimezone(CST).replace(microsecond=0).isoformat()


def moment(value: Json) -> datetime:
    """An exact time. Raises Invalid."""
    return _when(value, _AT, lambda text: datetime.fromisoformat(text).replace(tzinfo=CST))


def day(value: Json) -> date:
    """A date. Raises Invalid."""
    return _when(value, _DAY, date.fromisoformat)


def _when(value: Json, pattern: re.Pattern[str], read: Callable[[str], Value]) -> Value:
    text = value if isinstance(value, str) else ""
    if pattern.fullmatch(text):
        try:
            return read(text)
        except ValueError:
            pass
    raise Invalid(say("这不是规定写法的时间：{text}", text=shown(str(value))))


def text(longest: int) -> Reader[str]:
    """Words of 1..`longest` characters, without space around them."""

    def read(value: Json) -> str:
        if not isinstance(value, str) or not 1 <= len(value) <= longest or value != value.strip():
            raise Invalid(say("应是 1 到 {longest} 个字的文字", longest=longest))
        return value

    return read


def matching(pattern: str) -> Reader[str]:
    """A name of the given form."""
    compiled = re.compile(pattern)

    def read(value: Json) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise Invalid(say("不合写法：{text}", text=shown(str(value))))
        return value

    return read


def one_of(*words: str) -> Reader[str]:
    """One of these words."""
    return matching("|".join(re.escape(word) for word in words))


def number(least: int) -> Reader[int]:
    """A whole number, at least `least`."""

    def read(value: Json) -> int:
        if not isinstance(value, int) or value < least:
            raise Invalid(say("应是不小于 {least} 的整数", least=least))
        return value

    return read


def digest(value: Json) -> str:
    """A SHA-256 digest in lower-case hexadecimal. Raises Invalid."""
    if not isinstance(value, str) or not is_digest(value):
        raise Invalid(say("应是 64 位小写十六进制的摘要"))
    return value


def list_of(read: Reader[Value]) -> Reader[tuple[Value, ...]]:
    """One or more different values; an empty list is left out of an entry altogether."""

    def read_all(value: Json) -> tuple[Value, ...]:
        if not isinstance(value, list) or not value:
            raise Invalid(say("应是不空的列表"))
        found = tuple(read(part) for part in value)
        if len(set(found)) != len(found):
            raise Invalid(say("列表里有重复"))
        return found

    return read_all


def fields_of(value: Json, readers: Mapping[str, Reader[object]], required: frozenset[str]) -> dict[str, object]:
    """The fields of an object, each by its reader; nothing unknown, nothing missing. Raises Invalid naming the field."""
    if not isinstance(value, dict):
        raise Invalid(say("应是对象"))
    if unknown := value.keys() - readers.keys():
        raise Invalid(say("不认识的字段：{name}", name=shown(min(unknown))))
    if missing := required - value.keys():
        raise Invalid(say("缺字段：{name}", name=min(missing)))
    found: dict[str, object] = {}
    for name, part in value.items():
        try:
            found[name] = readers[name](part)
        except Invalid as wrong:
            raise Invalid(say("字段 {name}：{why}", name=name, why=wrong.said)) from None
    return found
