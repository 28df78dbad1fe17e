"""The measure × evidence matrix: an empty cell is always a gap, because the columns are what the closing standard asks for."""

from __future__ import annotations

from dataclasses import dataclass

#: State of a cell -> its CSS class (y done, h half, n gap, z not needed).
_TONES = {"done": "y", "late": "h", "partly": "h", "lacking": "n", "not_needed": "z"}


@dataclass(frozen=True, slots=True)
class Cell:
    """`state` is one of done, late, partly, lacking, not_needed; `words` replaces the state's own word (6 份), `fact` is the small line."""

    state: str
    words: str = ""
    fact: str = ""
    href: str = ""

    @property
    def tone(self) -> str:
        return _TONES[self.state]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One measure with a cell for each column of the matrix, in order."""

    number: int
    text: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`columns` are the required kinds of evidence."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def lines(self) -> tuple[tuple[MatrixRow, tuple[tuple[str, Cell], ...]], ...]:
        """Each row with its cells under their column names, for a template that needs both."""
        return tuple((row, tuple(zip(self.columns, row.cells, strict=True))) for row in self.rows)
