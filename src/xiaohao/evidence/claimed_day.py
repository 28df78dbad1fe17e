"""Which days a row of a register may claim: what was done was done by the day on which it is entered."""

from __future__ import annotations

from datetime import date

from xiaohao.dossier.record import Record
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import parse_when

#: Earlier than this is a slip of the pen: our choice, the founding of the organs that keep these registers.
EARLIEST = date(1949, 10, 1)
#: Kinds that may be told beforehand: a plant says when it will stand still.
TOLD_BEFOREHAND = frozenset({"shutdown", "maintenance"})


def impossible_day(kind: str, claimed: str | None, today: date) -> Said | None:
    """Why a row of that kind, entered `today`, cannot be of the claimed day (ISO, as exact as it is); None where it can, or where none is claimed."""
    when = parse_when(claimed)
    if when is None:
        return None
    if when.last < EARLIEST:
        return say("{day} 太早，请核对年份", day=claimed)
    if when.first > today and kind not in TOLD_BEFOREHAND:
        return say("{day} 还没有到：已经做了的才能登记", day=claimed)
    return None


def impossible_day_of(record: Record, today: date) -> Said | None:
    """The same of a whole row: of its day and of its hour of beginning."""
    return impossible_day(record.type, record.date, today) or impossible_day(record.type, record.start, today)
