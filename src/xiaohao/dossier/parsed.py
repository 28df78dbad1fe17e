"""Bytes of dossier.json or ledger.json to a plain JSON value, and in a clerk's words why they are none."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from xiaohao.kernel.said import Said, say

#: Half of a sign outside the first plane, alone: Python reads it from "\ud800", and nothing can write it out again.
_HALF = re.compile("[\ud800-\udfff]")
#: What stands in its place; offsets stay as they are.
REPLACED = "\ufffd"
#: Only a text with one of these can hold half a sign, or a number that is too large to be one.
_MAY_BE_BROKEN = re.compile(r"\\u[dD][89a-fA-F]|[0-9][eE]\+?[0-9]{3}|[0-9]{300}")


class NoJson(ValueError):  # noqa: N818 - an answer for the person who sent the file
    """The bytes are no JSON; `said` is the sentence for their sender."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


def parsed(content: bytes) -> tuple[Any, tuple[str, ...]]:
    """(the value, pointers of the texts in which half a sign was replaced by �). Raises NoJson."""
    text = _text_of(content)
    if not text.strip():
        raise NoJson(say("不是可以读取的 JSON：文件是空的"))
    try:
        value = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        raise NoJson(
            say("不是可以读取的 JSON：第 {line} 行第 {column} 个字处写错了或没有写完", line=wrong.lineno, column=wrong.colno)
        ) from wrong
    except RecursionError as wrong:
        raise NoJson(say("不是可以读取的 JSON：括号套了太多层")) from wrong
    except ValueError as wrong:  # NoJson as well; else a whole number of more digits than are ever counted
        raise wrong if isinstance(wrong, NoJson) else NoJson(say("不是可以读取的 JSON：有一个数太长")) from wrong
    if not _MAY_BE_BROKEN.search(text):
        return value, ()
    mended: list[str] = []
    return _mended(value, "", mended), tuple(mended)


def _text_of(content: bytes) -> str:
    encoding = json.detect_encoding(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise NoJson(_other_encoding(content)) from wrong


def _other_encoding(content: bytes) -> Said:
    try:
        seen = content.decode("gb18030").lstrip().startswith("{")
    except UnicodeDecodeError:
        seen = False
    if seen:
        return say("不是可以读取的 JSON：文件是 GB18030（GBK）编码。案卷包须是 UTF-8 编码，请另存为 UTF-8 后重新提供")
    return say("不是可以读取的 JSON：文件不是 UTF-8 编码的文字")


def _no_number(word: str) -> None:
    raise NoJson(say("不是可以读取的 JSON：{word} 不是数", word=word))


def _mended(value: Any, where: str, mended: list[str]) -> Any:
    """The value without halves of signs; where they were goes into `mended`."""
    if isinstance(value, str):
        if _HALF.search(value):
            mended.append(where)
        return without_halves(value)
    if isinstance(value, list):
        return [_mended(part, _below(where, number), mended) for number, part in enumerate(value)]
    if isinstance(value, dict):
        return {_mended(name, where, mended): _mended(part, _below(where, without_halves(name)), mended) for name, part in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        raise NoJson(say("不是可以读取的 JSON：{where} 的数太大", where=where or "/"))
    return value


def _below(where: str, step: int | str) -> str:
    return f"{where}/{step}" if where else str(step)


def without_halves(text: str) -> str:
    """The text with � for each half of a sign, as long as before."""
    return _HALF.sub(REPLACED, text)


def texts_in(value: Any, where: str = "", name: str = "") -> Iterator[tuple[str, str, str]]:
    """(pointer, name of the field, text) of every text inside a JSON value; texts in a list have the list's name."""
    if isinstance(value, str):
        yield where, name, value
    elif isinstance(value, list):
        for number, part in enumerate(value):
            if isinstance(part, str | list | dict):
                yield from texts_in(part, _below(where, number), name)
    elif isinstance(value, dict):
        for key, part in value.items():
            if isinstance(part, str | list | dict):
                yield from texts_in(part, _below(where, key), key)
