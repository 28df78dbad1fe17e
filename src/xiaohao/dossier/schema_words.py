"""What the schema forbids, in the words of somebody who has to mend it: no patterns, no terms of programmers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import jsonschema_rs

from xiaohao.kernel.said import say

#: A value is shown with at most so many signs.
_SHOWN = 40

_TYPES: Mapping[str, str] = {
    "string": say("文字"), "number": say("数"), "integer": say("整数"), "boolean": say("true 或 false"),
    "array": say("一列（方括号）"), "object": say("一组字段（花括号）"), "null": say("空"),
}  # fmt: skip


def told(error: jsonschema_rs.ValidationError) -> str:
    """One Chinese sentence (without 。) that says what is wrong at the place the error points to."""
    kind = error.kind
    words = _WORDS.get(kind.name)
    return words(kind, _shown(error.instance)) if words else say("“{value}”的写法不对", value=_shown(error.instance))


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "……"


def _pattern(kind: Any, value: str) -> str:
    if kind.pattern.startswith("^[A-Za-z]"):
        return say("“{value}”不能作编号：要以字母开头，只用字母、数字和 . _ : -，不超过 80 个", value=value)
    if "T" in kind.pattern and kind.pattern.endswith("?$"):
        return say("“{value}”不是日期：应写成 2021、2021-09、2021-09-30 或 2021-09-30T08:30:00+08:00", value=value)
    if "T" in kind.pattern:
        return say("“{value}”不是时刻：应写成 2021-09-30T08:30:00+08:00", value=value)
    if "0-9a-f" in kind.pattern:
        return say("“{value}”不是 SHA-256 摘要：应是 64 个小写的十六进制数字", value=value)
    if "\\.\\." in kind.pattern:
        return say("“{value}”不能作路径：不能以 / 开头，不能有 .. 和反斜杠", value=value)
    return say("“{value}”的写法不对", value=value)


def _type(kind: Any, value: str) -> str:
    return say("应是{wanted}，写的是“{value}”", wanted=say("或").join(_TYPES.get(one, one) for one in kind.types), value=value)


_WORDS: Mapping[str, Callable[[Any, str], str]] = {
    "pattern": _pattern,
    "type": _type,
    "required": lambda kind, _: say("缺少 {name}", name=kind.property),
    "additionalProperties": lambda kind, _: say("不认识的字段：{names}", names="、".join(map(str, kind.unexpected))[:200]),
    "enum": lambda kind, value: say("“{value}”不在可以写的词里：{words}", value=value, words="、".join(map(str, kind.options))[:200]),
    "const": lambda kind, value: say("应是“{wanted}”，写的是“{value}”", wanted=kind.expected_value, value=value),
    "format": lambda _, value: say("“{value}”不是日期：应写成 2021-09-30", value=value),
    "minimum": lambda kind, value: say("{value} 太小，不能小于 {limit}", value=value, limit=kind.limit),
    "maximum": lambda kind, value: say("{value} 太大，不能大于 {limit}", value=value, limit=kind.limit),
    "exclusiveMinimum": lambda kind, value: say("{value} 太小，须大于 {limit}", value=value, limit=kind.limit),
    "exclusiveMaximum": lambda kind, value: say("{value} 太大，须小于 {limit}", value=value, limit=kind.limit),
    "minLength": lambda *_: say("不能是空的"),
    "maxLength": lambda kind, value: say("“{value}”太长，最多 {limit} 个字", value=value, limit=kind.limit),
    "minItems": lambda kind, _: say("至少要有 {count} 项", count=kind.limit),
    "maxItems": lambda kind, _: say("最多只能有 {count} 项", count=kind.limit),
    "uniqueItems": lambda *_: say("有重复的"),
}
