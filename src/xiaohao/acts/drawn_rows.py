"""Which rows a unit has to look at: what its own draw on the task's statement gave, in the order in which it was drawn."""

from __future__ import annotations

from xiaohao.dossier import Dossier
from xiaohao.evidence.coverage import claiming_statement
from xiaohao.records.drawings import drawn_now
from xiaohao.records.models import Drawing


def rows_drawn(dossier: Dossier, org: str) -> tuple[str, ...]:
    """Ids of the register rows that this unit drew from the completion statement, each once; () before a draw and while its seed is not out."""
    statement = claiming_statement(dossier, dossier.task.id)
    drawing = Drawing.objects.filter(statement=statement.id, org=org).first() if statement else None
    draw = drawn_now(drawing) if drawing else None
    return tuple(dict.fromkeys(row for rows in draw.rows.values() for row in rows)) if draw else ()
