"""The finding card: what differs, side by side, the usual innocent explanation, the answer, and who decides."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.web.parts.chart import Drawing
from xiaohao.web.parts.link import Link
from xiaohao.web.parts.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things compared: `text` is before, `marked` the differing words, `after` the rest."""

    title: str
    text: str
    marked: str = ""
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutlinedPhoto:
    """A picture of `width` × `height` pixels with the area that is spoken of (`box`: x, y, width, height; None for the whole picture)."""

    src: str
    width: int
    height: int
    box: tuple[int, ...] | None
    alt: str
    caption: str
    note: str = ""

    @property
    def x(self) -> int:
        return self.box[0] if self.box else 0

    @property
    def y(self) -> int:
        return self.box[1] if self.box else 0

    @property
    def box_width(self) -> int:
        return self.box[2] if self.box else self.width

    @property
    def box_height(self) -> int:
        return self.box[3] if self.box else self.height


@dataclass(frozen=True, slots=True)
class FindingCard:
    """`severity` is block, warn or note. `action` is where an answer is posted ("" when this reader may not answer), `decide` where a decision is;
    both send `key`, so that a second sending is harmless. `evidence` is what an answer may name: (id, words), `ticked` the ids that it names so far;
    `brought` is what the answer on file names, each with its page."""

    id: str
    number: int
    title: str
    severity: str
    sides: tuple[Side, ...] = ()
    photos: tuple[OutlinedPhoto, ...] = ()
    charts: tuple[Drawing, ...] = ()
    timeline: Timeline | None = None
    unshown: int = 0
    due: str = ""
    due_words: str = ""
    overdue: bool = False
    asked: str = ""
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
    ticked: tuple[str, ...] = ()
    brought: tuple[Link, ...] = ()
    wrong: str = ""
    typed: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it yet; what is decided shows no severity."""
        return not self.decision

    @property
    def holds(self) -> bool:
        return self.severity == "block" and self.is_open
