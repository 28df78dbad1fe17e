"""The board of a closing batch: one row for each task, one column for each unit, in each cell how far that unit is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.states import is_past, named_state
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import shares_of
from xiaohao.web.parts.shares import sent_back


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's part of one task. `gaps` are what its next step lacks, None where that is not shown."""

    href: str
    state: str
    sent_back: str
    gaps: tuple[Unmet, ...] | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One task: its number and name, the list it stands in (`source`), how the whole stands, and a cell (or None) for each unit."""

    href: str
    number: str
    title: str
    source: str
    whole: Cell
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """`units` head the columns; `closed` of all `parts` are closed; `lacking` conditions are missing in all."""

    units: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    parts: int
    closed: int
    lacking: int | None

    @property
    def words(self) -> Said:
        if self.lacking is None:
            return say("{parts} 个部分，已销号 {closed} 个", parts=self.parts, closed=self.closed)
        return say(
            "{parts} 个部分，已销号 {closed} 个，各部分下一步共缺 {lacking} 项", parts=self.parts, closed=self.closed, lacking=self.lacking
        )

    @property
    def lines(self) -> tuple[tuple[BoardRow, tuple[tuple[str, Cell | None], ...]], ...]:
        """Each row with its cells beside their units' names."""
        return tuple((row, tuple(zip(self.units, row.cells, strict=True))) for row in self.rows)


def board_of(
    tasks: tuple[Task, ...],
    file: Callable[[Task], Dossier],
    address: Callable[[Task], str],
    gaps: Callable[[Task, Dossier], tuple[Unmet, ...]] | None = None,
) -> Board:
    """The board. `file` opens the case of a task, `gaps` says what its next step lacks (None: for readers whose business that is not)."""
    parts = {task.pk: tuple(shares_of(task)) or (task,) for task in tasks}
    units = {row.owner_id: row.owner.name for rows in parts.values() for row in rows}

    def cell(row: Task) -> Cell:
        case = file(row)
        return Cell(address(row), row.status, sent_back(case, row), gaps(row, case) if gaps else None)

    rows, every = [], []
    for task in tasks:
        own = {row.owner_id: cell(row) for row in parts[task.pk]}
        whole = next(iter(own.values())) if parts[task.pk][0] is task else cell(task)
        every += own.values()
        rows.append(
            BoardRow(
                address(task),
                str(task.number),
                task.title or task.problem[:24],
                task.list.name,
                whole,
                tuple(own.get(unit) for unit in units),
            )
        )
    closed = sum(is_past(named_state(row.status), "close", rulebook_of(row).route) for some in parts.values() for row in some)
    lacking = sum(len(one.gaps or ()) for one in every) if gaps else None
    return Board(tuple(units.values()), tuple(rows), len(every), closed, lacking)
