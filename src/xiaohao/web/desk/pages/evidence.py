"""What lies in a case that can show a measure was carried out, and how it is offered for choosing."""

from __future__ import annotations

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.evidence.coverage import JUDGING
from xiaohao.outcomes.derived import indicator_words
from xiaohao.web.desk.pages.words import REGISTERS, record_words


def evidence_choices(dossier: Dossier) -> list[tuple[str, str]]:
    """(id, words) of every register row, document, series and loose file of the case, newest rows first; judgements are no evidence."""
    task = dossier.task.id
    rows = [record for record in dossier.records_of(task) if record.type not in JUDGING]
    rows.sort(key=lambda record: (record.date or record.start or "", record.id), reverse=True)
    filed = {file for record in rows for file in record.files}
    found = [(record.id, record_words(dossier, record)) for record in rows]
    found += [(paper.id, f"《{paper.title}》{paper.number or ''}") for paper in dossier.documents if task in paper.tasks]
    found += [(series.id, f"{indicator_words(series.indicator)}") for series in dossier.series_of(task)]
    found += [(file.id, file_words(file)) for file in dossier.files_of(task) if file.id not in filed and file.kind != "series"]
    return found


def file_words(file: File) -> str:
    """A file in a line: its caption or its name, and the date it speaks of."""
    name = file.caption or file.path.rsplit("/", 1)[-1]
    return f"{name} {file.claimed_at or ''}".strip()


def words_of(dossier: Dossier, thing_id: str) -> str:
    """Any piece of evidence in a line; the bare id where the case lacks it."""
    thing = dossier.by_id.get(thing_id)
    if isinstance(thing, Record):
        return record_words(dossier, thing)
    if isinstance(thing, File):
        return file_words(thing)
    if isinstance(thing, Series):
        return indicator_words(thing.indicator)
    title = getattr(thing, "title", None)
    return f"《{title}》" if title else thing_id


def registers_in(records: list[Record]) -> list[tuple[str, int]]:
    """(register's name, rows) in the order of the first rows."""
    kinds = dict.fromkeys(record.type for record in records)
    return [(str(REGISTERS[kind]), sum(record.type == kind for record in records)) for kind in kinds]
