"""A Chinese sentence that remembers the pattern it was made from, so that a page can say it in English too.

`say("登记 {found} 次", found=5)` is the plain string 登记 5 次 for everyone who prints, stores or compares it; only the
translator looks at `.pattern` and `.values`. Patterns are collected for the catalogue like any other message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self


class Said(str):
    """The filled-in sentence (a str), with `pattern` (msgid) and `values` (its figures) kept beside it."""

    pattern: str
    values: dict[str, object]
    __slots__ = ("pattern", "values")

    def __new__(cls, pattern: str, values: dict[str, object]) -> Self:
        sentence = super().__new__(cls, pattern.format(**values))
        sentence.pattern = pattern
        sentence.values = values
        return sentence

    def __reduce__(self) -> tuple[type[Said], tuple[str, dict[str, object]]]:
        """What a copy is made of."""
        return Said, (self.pattern, self.values)


def said_to_json(sentence: str) -> str | dict[str, Any]:
    """A sentence as plain JSON: a Said keeps its pattern and values (which may be sentences themselves), any other string stays one."""
    if not isinstance(sentence, Said):
        return sentence
    return {"pattern": sentence.pattern, "values": {name: _plain(value) for name, value in sentence.values.items()}}


def said_from_json(value: str | Mapping[str, Any]) -> str:
    """The sentence that `said_to_json` wrote."""
    if isinstance(value, str):
        return value
    return Said(
        value["pattern"], {name: said_from_json(part) if isinstance(part, Mapping) else part for name, part in value["values"].items()}
    )


def _plain(value: object) -> object:
    """A value that JSON can hold and that fills the pattern in the same way."""
    if isinstance(value, str):
        return said_to_json(value)
    return value if isinstance(value, int | float) else str(value)


def say(pattern: str, **values: object) -> Said:
    """Fill `pattern` with `values`. Raises KeyError when a value is missing."""
    return Said(pattern, values)


def in_a_row(names: Iterable[str]) -> str:
    """甲、乙、丙: names or words of ours, each of which is still said in the reader's language. "" for none."""
    return _joined(tuple(names), "{first}、{rest}")


def one_after_another(facts: Iterable[str]) -> str:
    """甲；乙: facts in one sentence, each of which is still said in the reader's language. "" for none."""
    return _joined(tuple(facts), "{first}；{rest}")


def side_by_side(labels: Iterable[str]) -> str:
    """甲 · 乙: labels beside one another, each of which is still said in the reader's language. "" for none."""
    return _joined(tuple(labels), "{first} · {rest}")


#: The patterns of rows, said here once so that the catalogue holds them.
_ROWS = (
    say("{first}、{rest}", first="", rest=""),
    say("{first}；{rest}", first="", rest=""),
    say("{first} · {rest}", first="", rest=""),
)


def _joined(parts: tuple[str, ...], pattern: str) -> str:
    if len(parts) < 2:
        return parts[0] if parts else ""
    return Said(pattern, {"first": parts[0], "rest": _joined(parts[1:], pattern)})
