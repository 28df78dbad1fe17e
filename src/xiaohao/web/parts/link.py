"""Small values that many components share: a link, a name with its value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; with an empty `href` they are only words."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a key-value list. `official` marks text typed by people, which stays Chinese on the English page."""

    name: str
    value: str
    href: str = ""
    official: bool = False
