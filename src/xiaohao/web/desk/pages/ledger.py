"""The page of a ledger on its way in: the sheet as it is, what each column means under its header, and a control only where something is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from xiaohao.documents.ledger.columns import LIKELY, MEANING_WORDS, SURE, Meaning
from xiaohao.documents.ledger.deadline import deadline_of
from xiaohao.kernel.said import Said, said_from_json, say
from xiaohao.records.models import Ledger, LedgerLine

#: Tasks on one page.
ON_A_PAGE = 50
#: Columns that are shown; what lies beyond is kept, not shown.
_SHOWN = 24

VERDICTS: Mapping[str, tuple[str, str, Said]] = MappingProxyType(
    {
        "ready": ("ok", "check", say("可直接导入")),
        "confirm": ("warn", "half", say("请确认")),
        "fix": ("bad", "stop", say("要改")),
        "changed": ("warn", "back", say("和系统里的不同")),
        "same": ("run", "lock", say("已在系统里，不变")),
    }
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: its words, the choice of meaning, and how sure the reading was."""

    header: str
    name: str
    letter: str
    meaning: str
    sure: Said


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands, what was read from it where that is not the same, and what is wrong with it; `fix` names its control."""

    text: str
    read: str = ""
    wrong: tuple[str, ...] = ()
    stops: bool = False
    fix: str = ""
    above: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the sheet; the first row of a task carries its verdict, choices and differences."""

    number: int
    cells: tuple[Cell, ...]
    line: LedgerLine | None = None
    tone: str = ""
    glyph: str = ""
    words: Said | str = ""
    span: int = 1
    loose: tuple[str, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    closed_on: str = ""
    importable: bool = False


def heads_of(ledger: Ledger) -> tuple[Head, ...]:
    return tuple(
        Head(header or letter, f"m{index}", letter, meaning, _sure(confidence))
        for header, meaning, confidence, letter, index in ledger.headers[:_SHOWN]
    )


def _sure(confidence: float) -> Said:
    if confidence >= SURE:
        return say("认得")
    return say("像是") if confidence >= LIKELY else say("猜的") if confidence else say("没认出")


def meanings() -> tuple[tuple[str, Said], ...]:
    return tuple((meaning.value, MEANING_WORDS[meaning]) for meaning in Meaning)


def rows_of(ledger: Ledger, lines: Iterable[LedgerLine]) -> tuple[Shown, ...]:
    """The rows of the sheet for these lines."""
    return tuple(row for line in lines for row in _rows(ledger, line))


def _rows(ledger: Ledger, line: LedgerLine) -> Iterable[Shown]:
    content = line.content
    by_cell: dict[str, list[Any]] = {}
    for problem in line.problems:
        by_cell.setdefault(problem["cell"], []).append(problem)
    names = {f"{letter}{row}" for row in content["rows"] for _, _, _, letter, _ in ledger.headers}
    tone, glyph, words = VERDICTS[line.verdict]
    for place, (row, values) in enumerate(zip(content["rows"], content["values"], strict=True)):
        before = content["values"][place - 1] if place else None
        cells = tuple(
            _cell(ledger, f"{letter}{row}", meaning, text, by_cell, above=bool(before and text and before[n] == text))
            for n, ((_, meaning, _, letter, _), text) in enumerate(zip(ledger.headers[:_SHOWN], values, strict=False))
        )
        if place:
            yield Shown(row, cells)
            continue
        loose = tuple(said_from_json(p["said"]) for p in line.problems if p["cell"] not in names)
        changes = tuple((said_from_json(what), old, new) for what, old, new in line.changes)
        yield Shown(
            row, cells, line, tone, glyph, words, len(content["rows"]), loose, changes,
            closed_on=content["closed_on"] if content["says_closed"] and line.verdict in ("ready", "confirm") and content["closed_on"] else "",
            importable=line.verdict in ("ready", "confirm", "changed"),
        )  # fmt: skip


def _cell(ledger: Ledger, name: str, meaning: str, text: str, by_cell: Mapping[str, list[Any]], *, above: bool) -> Cell:
    problems = by_cell.get(name, ())
    read = ""
    if meaning in (Meaning.DUE, Meaning.CLOSED_ON) and text:
        due = deadline_of(text, year=ledger.year)
        read = due.due if due.due and due.due != text else ""
    fix = f"f{name}" if problems or name in ledger.fixes else ""
    return Cell(
        text,
        read,
        tuple(_short(said_from_json(p["said"])) for p in problems),
        any(p["stops"] for p in problems),
        fix,
        above and not problems,
    )


def _short(said: str) -> str:
    """Beside the cell itself its name needs no saying."""
    return said.values["what"] if isinstance(said, Said) and "what" in said.values else said  # type: ignore[return-value]
