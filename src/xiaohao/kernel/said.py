"""A Chinese sentence that remembers the pattern it was made from, so that a page can say it in English too.

`say("登记 {found} 次", found=5)` is the plain string 登记 5 次 for everyone who prints, stores or compares it; only the
translator looks at `.pattern` and `.values`. Patterns are collected for the catalogue like any other message.
"""

from __future__ import annotations

from typing import Self


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


def say(pattern: str, **values: object) -> Said:
    """Fill `pattern` with `values`. Raises KeyError when a value is missing."""
    return Said(pattern, values)
