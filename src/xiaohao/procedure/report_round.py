"""会签 of the report of a whole list: which sheet counts, what each unit has said of that very text, and what is another text since."""

from __future__ import annotations

from collections.abc import Iterable

from xiaohao.dossier.record import Record
from xiaohao.procedure.countersigning import ANSWER, SHEET, Line, Sheet

#: Record.stage of the sheet of a report; Record.of is the version that it was sent round with. Such rows belong to no case.
REPORT = "report"


def sheet_of_version(records: Iterable[Record], version: str) -> Sheet | None:
    """The last sheet that was sent round with the version of that id and not taken back. A unit that has signed the same words on an earlier sheet
    has signed; one that sent them back is asked anew on every sheet."""
    rows = _standing(records)
    sheet = next((row for row in reversed(rows) if row.type == SHEET and row.of == version), None)
    if sheet is None:
        return None
    same = {row.id for row in rows if row.type == SHEET and row.digest == sheet.digest}
    said: dict[str | None, Record] = {}
    for row in rows:
        if row.type == ANSWER and row.of in same and (row.passed or row.of == sheet.id):
            said[row.org] = row
    return Sheet(sheet, tuple(Line(unit, said.get(unit)) for unit in sheet.units))


def signed_last(records: Iterable[Record], unit: str, digest: str) -> Record | None:
    """The newest sheet with other words than these that the unit has signed: what has changed since is what it is asked about."""
    rows = _standing(records)
    sheets = {row.id: row for row in rows if row.type == SHEET and row.digest != digest}
    signed = [sheets[row.of] for row in rows if row.type == ANSWER and row.org == unit and row.passed and row.of in sheets]
    return signed[-1] if signed else None


def _standing(records: Iterable[Record]) -> list[Record]:
    """Oldest first, without the sheets that were taken back."""
    every = sorted(records, key=lambda row: (row.recorded_at, row.id))
    gone = {row.replaces for row in every if row.replaces}
    return [row for row in every if row.id not in gone and not row.withdrawn]
