"""The page: how wide it is, whether it may be coloured, and a label with its text beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiaohao.cli.columns import cut, width, wrapped
from xiaohao.dossier import Dossier

#: Longer lines are hard to read for anyone; shorter terminals than the least are treated as that.
WIDEST, NARROWEST = 100, 40


@dataclass(frozen=True, slots=True)
class Page:
    """How wide the page is, and whether it may be coloured."""

    columns: int
    coloured: bool

    @classmethod
    def of(cls, columns: int, coloured: bool) -> Page:
        return cls(max(NARROWEST, min(WIDEST, columns)), coloured)

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured and text else text

    def strong(self, text: str) -> str:
        return self.paint(text, "1")

    def quiet(self, text: str) -> str:
        return self.paint(text, "2")

    def labelled(self, label: str, text: str, indent: int = 4, label_code: str = "2") -> Iterator[str]:
        """`label  text`, the text wrapped beside the label."""
        beside = indent + width(label) + 2
        for number, line in enumerate(wrapped(text, self.columns - beside)):
            head = self.paint(label, label_code) if number == 0 else " " * width(label)
            yield " " * indent + head + "  " + line


def cut_long(text: str, most: int = 120) -> str:
    """A long text on one line, cut: the page shows what is meant, the source has the rest."""
    return cut(text, most)


def source_text(dossier: Dossier) -> str:
    """The text that the reading's offsets count in: the whole notice."""
    notice = dossier.last_statement(dossier.tasks[0].id, "notice") if dossier.tasks else None
    return notice.text if notice else ""
