"""What lies in a case that can show a measure was carried out, and how it is offered for choosing."""

from __future__ import annotations

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.evidence.coverage import JUDGING
from xiaohao.kernel.said import say
from xiaohao.outcomes.derived import indicator_words
from xiaohao.web.desk.pages.words import REGISTERS, record_words


def evidence_groups(dossier: Dossier) -> list[tuple[str, list[tuple[str, str]]]]:
    """(register, [(id, words)]) of every row, document, series and loose file of the case, newest rows first; judgements are no evidence."""
    task = dossier.task.id
    rows = [record for record in dossier.records_of(task) if record.type not in JUDGING]
    rows.sort(key=lambda record: (record.date or record.start or "", record.id), reverse=True)
    filed = {file for record in rows for file in record.files}
    kinds = [kind for kind in REGISTERS if any(record.type == kind for record in rows)]
    groups = [(str(REGISTERS[kind]), [(r.id, record_words(dossier, r)) for r in rows if r.type == kind]) for kind in kinds]
    papers = [(paper.id, f"《{paper.title}》{paper.number or ''}") for paper in dossier.documents if task in paper.tasks]
    series = [(series.id, f"{indicator_words(series.indicator)}") for series in dossier.series_of(task)]
    files = [(file.id, file_words(file)) for file in dossier.files_of(task) if file.id not in filed and file.kind != "series"]
    groups += [(str(say("公文")), papers), (str(say("监测数据")), series), (str(say("散件")), files)]
    return [(words, found) for words, found in groups if found]


def evidence_choices(dossier: Dossier) -> list[tuple[str, str]]:
    """The same without the registers' names."""
    return [pair for _register, pairs in evidence_groups(dossier) for pair in pairs]


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
