"""Progress by district: one patterned bar a row, in the region's own order, with the counts in words beside it."""

from __future__ import annotations

from dataclasses import dataclass

#: Width of a bar's drawing, and the gap between two stretches of it, in its own units.
_WIDTH, _GAP = 300.0, 1.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """One kind of state in a bar: `kind` is the CSS suffix (done, watch, old, notice, work, back), `words` its name, `count` tasks."""

    kind: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class DrawnStretch:
    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class BarRow:
    """One district: its stretches in the fixed order, and the numbers of the last columns."""

    name: str
    href: str
    stretches: tuple[Stretch, ...]
    late: int
    objections: int

    @property
    def total(self) -> int:
        return sum(stretch.count for stretch in self.stretches)

    @property
    def drawn(self) -> tuple[DrawnStretch, ...]:
        """The stretches with their places; nothing for a district without tasks."""
        shown = [stretch for stretch in self.stretches if stretch.count]
        room = _WIDTH - _GAP * (len(shown) - 1)
        x, drawn = 0.0, []
        for stretch in shown:
            width = room * stretch.count / self.total
            drawn.append(DrawnStretch(stretch.kind, round(x, 1), round(width, 1)))
            x += width + _GAP
        return tuple(drawn)
