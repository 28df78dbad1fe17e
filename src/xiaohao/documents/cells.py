"""Tables as lines that a reader understands without the grid: "整改目标：…" for each cell under its header, row after row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from xiaohao.documents.labels import classify

#: A header row has at least so many cells that are known labels.
_FEWEST_LABELS = 2


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table. A header row labels the cells below it; a row of label, value, label, value becomes a line for each pair;
    anything else is written cell after cell."""
    rows = [row for row in ([cell.strip() for cell in row] for row in rows) if any(row)]
    head = next((n for n, row in enumerate(rows) if _is_header(row)), None)
    if head is not None and head + 1 < len(rows):
        lines = [line for row in rows[:head] for line in _pairs(row)]
        return lines + [line for row in rows[head + 1 :] for line in _labelled(rows[head], row)]
    return [line for row in rows for line in _pairs(row)]


def _is_header(row: Sequence[str]) -> bool:
    known = sum(classify(cell.replace("\n", "")) is not None for cell in row if cell)
    return known >= _FEWEST_LABELS and known >= 0.6 * len([cell for cell in row if cell])


def _labelled(header: Sequence[str], row: Sequence[str]) -> list[str]:
    if len([cell for cell in row if cell]) == 1:
        return [cell for cell in row if cell]  # a merged row: a sentence over the whole width
    lines = []
    for label, cell in zip_longest(header, row, fillvalue=""):
        if cell:
            lines.append(f"{label.replace(chr(10), '')}：{cell}" if label else cell)
    return lines


def _pairs(row: Sequence[str]) -> list[str]:
    lines, n = [], 0
    cells = [cell for cell in row if cell]
    while n < len(cells):
        label = cells[n].replace("\n", "")
        if n + 1 < len(cells) and classify(label.rstrip("：:")) is not None and (n + 2 >= len(cells) or classify(cells[n + 1]) is None):
            lines.append(f"{label.rstrip('：:')}：{cells[n + 1]}")
            n += 2
        else:
            lines.append(cells[n])
            n += 1
    return lines
