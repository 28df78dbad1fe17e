"""What a form is made of. Texts hold placeholders `{{名称}}`; inside a block that repeats, `{{行.名称}}` speaks of the one row."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Title:
    """The title, in the middle; `under` a line below it (a number, an issuer)."""

    text: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `label` is set in the face of headings before it; `first` begins at the margin (whom a letter is addressed to); `where` names
    the placeholder without which it is not printed (a place that has no such unit)."""

    text: str
    label: str = ""
    first: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Each:
    """A paragraph for each row of the list `of`."""

    of: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is this column's share of the table's width."""

    head: str
    text: str
    width: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with a row for each row of the list `of`; its head stands on every page."""

    of: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and what stands beside it; with `sign` there is room below for who signs, a stamp and a day. `where` of a row's first cell names
    the placeholder without which the row is not printed."""

    label: str
    text: str
    sign: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """A table to fill in: a row holds one cell over the whole width, or two beside one another."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who issues it and when, at the end, with room for the stamp."""

    unit: str
    day: str


@dataclass(frozen=True, slots=True)
class Note:
    """Small print at the foot."""

    text: str


Block = Title | Heading | Para | Each | Rows | Cells | Signed | Note


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `scopes` name the families of placeholders that it may use (facts.py); `records` the rows of the case that it may be about."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    scopes: tuple[str, ...] = ("task",)
    records: str = ""
    landscape: bool = False
    note: Note = field(default_factory=lambda: Note("{{日志行}}"))
