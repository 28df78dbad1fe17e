"""The finding card: what differs, side by side, the usual innocent explanation, the answer, and who decides."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.web.parts.link import Link


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things compared: `text` is before, `marked` the differing words, `after` the rest."""

    title: str
    text: str
    marked: str = ""
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FindingCard:
    """`severity` is block, warn or note. `action` is where an answer is posted ("" when this reader may not answer), `decide` where a decision is;
    both send `key`, so that a second sending is harmless. `evidence` is what an answer may name: (id, words)."""

    id: str
    number: int
    title: str
    severity: str
    sides: tuple[Side, ...] = ()
    basis: str = ""
    innocent: str = ""
    answer: str = ""
    answered: str = ""
    decision: str = ""
    decided: str = ""
    note: str = ""
    links: tuple[Link, ...] = ()
    action: str = ""
    decide: str = ""
    key: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    wrong: str = ""
    typed: str = ""

    @property
    def holds(self) -> bool:
        return self.severity == "block"
