"""From what a sample is drawn: for each claim of a completion statement the register rows behind it."""

from __future__ import annotations

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.evidence.backing import backing
from xiaohao.evidence.coverage import claiming_statement


def population_of(dossier: Dossier) -> dict[str, list[str]]:
    """For each claim of the completion statement, by its key (`start-end` in the text), the ids of the register rows behind it; claims without
    rows are left out."""
    statement = claiming_statement(dossier, dossier.task.id)
    if statement is None:
        return {}
    found = {}
    for backed in backing(dossier, statement):
        rows = sorted(one for one in backed.records if dossier.find(Record, one))
        if rows:
            found[f"{backed.claim.start}-{backed.claim.end}"] = rows
    return found
