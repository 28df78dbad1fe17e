"""One register row, every field that it has, with its files."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.kernel.said import Said, say
from xiaohao.publicity.words import METHOD_WORDS
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.evidence import file_words
from xiaohao.web.desk.pages.schedule import schedule_words
from xiaohao.web.desk.pages.words import REGISTERS, person_and_unit, record_words
from xiaohao.web.parts.link import Link, Pair


@dataclass(frozen=True, slots=True)
class RecordPage:
    """`pairs` are the fields that are filled; `pictures` are shown, `files` are links."""

    title: str
    kind: Said
    pairs: tuple[Pair, ...]
    pictures: tuple[Link, ...]
    files: tuple[Link, ...]


def record_page(case: Case, row: Record) -> RecordPage:
    """The row as a page. Empty fields are left out."""
    files = [file for one in row.files if (file := case.dossier.find(File, one))]
    links = [(file, Link(file_words(file), reverse("desk_file", args=[case.no, file.id]))) for file in files]
    return RecordPage(
        title=record_words(case.dossier, row),
        kind=REGISTERS[row.type],
        pairs=tuple(pair for pair in _pairs(case, row) if pair.value),
        pictures=tuple(link for file, link in links if file.media in ("image/jpeg", "image/png", "image/webp")),
        files=tuple(link for _file, link in links),
    )


def _pairs(case: Case, row: Record) -> list[Pair]:
    dossier = case.dossier
    place, paper = dossier.find(Place, row.place), dossier.find(Document, row.document)
    numbers = {measure.id: str(measure.number) for measure in dossier.measures_of(case.task.pk)}
    return [
        Pair(say("日期（所说）"), row.date or "–".join(filter(None, (row.start, row.end))), official=True),
        Pair(say("登记时间"), f"{row.recorded_at[:16].replace('T', ' ')}", official=True),
        Pair(say("由谁登记"), person_and_unit(dossier, row.recorded_by), official=True),
        Pair(say("单位"), dossier.org_name(row.org), official=True),
        Pair(say("对方单位"), dossier.org_name(row.other_org), official=True),
        Pair(say("人员"), "、".join(dossier.person_name(person) for person in row.people), official=True),
        Pair(say("地点"), place.name if place else row.place or "", official=True),
        Pair(say("对应措施"), "、".join(numbers.get(one, one) for one in row.measures), official=True),
        Pair(say("文件"), f"《{paper.title}》{paper.number or ''}" if paper else "", official=True),
        Pair(say("内容"), row.text or "", official=True),
        Pair(say("数量"), "；".join(f"{q.name} {q.value:g} {q.unit}" for q in row.quantities), official=True),
        Pair(say("金额"), f"{row.amount:,.2f} 元" if row.amount else "", official=True),
        Pair(say("方式"), METHOD_WORDS.get(row.method or "", ""), official=True),
        Pair(say("实测"), "；".join(f"{m.name} {m.value:g} {m.unit}" for m in row.measured), official=True),
        Pair(say("检测结果"), "；".join(f"{r.indicator} {r.value:g} {r.unit}" for r in row.results), official=True),
        Pair(say("例会安排"), schedule_words(row.schedule or ""), official=True),
        Pair(say("理由"), row.public_reason or row.reason or "", official=True),
        Pair(say("纸质签批"), say("由 {person} 录入", person=person_and_unit(dossier, row.recorded_by)) if row.on_paper else ""),
    ]
