"""One register row, every field that it has, with its files."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Person, Place
from xiaohao.dossier.record import Assessed, Opinion, Record
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.gates.assessment_given import ASSESSED_WORDS
from xiaohao.procedure.gates.opinions_given import VERDICT_WORDS
from xiaohao.publicity.words import method_words
from xiaohao.records.registers import versions_of
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.evidence import file_words
from xiaohao.web.desk.pages.schedule import schedule_words
from xiaohao.web.desk.pages.words import REGISTERS, person_and_unit, record_words
from xiaohao.web.parts.link import Link, Pair


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that a closing assessment judged: an item of the place's list, or a `drawn` register row."""

    what: Link
    drawn: bool
    verdict: Said
    points: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """`pairs` are the fields that are filled; `pictures` are shown, `files` are links; `judged` what a closing assessment held one by one."""

    title: str
    kind: Said
    pairs: tuple[Pair, ...]
    pictures: tuple[Link, ...]
    files: tuple[Link, ...]
    judged: tuple[Judged, ...] = ()


def record_page(case: Case, row: Record) -> RecordPage:
    """The row as a page. Empty fields are left out."""
    files = [file for one in row.files if (file := case.dossier.find(File, one))]
    links = [(file, Link(file_words(file), reverse("desk_file", args=[case.no, file.id]))) for file in files]
    return RecordPage(
        title=record_words(case.dossier, row),
        kind=REGISTERS[row.type],
        pairs=tuple(pair for pair in _pairs(case, row) if pair.value),
        pictures=tuple(link for file, link in links if file.media in ("image/jpeg", "image/png", "image/webp", "image/heic")),
        files=tuple(link for _file, link in links),
        judged=tuple(_judged(case, one) for one in row.assessed),
    )


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a row: when it was entered by whom and why, and what it says otherwise than the one before."""

    recorded: str
    by: str
    reason: str
    withdrawn: bool
    changes: tuple[tuple[Said | str, str, str], ...]


def versions_page(case: Case, row: Record) -> tuple[Version, ...]:
    """The versions of a row from the newest back, () for one that was never corrected."""
    things = [version.thing() for version in versions_of(row.id)]
    if len(things) < 2:
        return ()
    pages = [{pair.name: pair.value for pair in _pairs(case, one) if pair.name not in _OF_VERSION} for one in things]
    found = [_version(case, one, pages[n - 1] if n else pages[n], pages[n]) for n, one in enumerate(things)]
    return tuple(reversed(found))


def _version(case: Case, one: Record, before: dict[str, str], now: dict[str, str]) -> Version:
    changes = tuple((name, before[name], now[name]) for name in now if before[name] != now[name]) if not one.withdrawn else ()
    reason = (one.reason or "") if one.replaces else ""
    return Version(one.recorded_at[:16].replace("T", " "), person_and_unit(case.dossier, one.recorded_by), reason, one.withdrawn, changes)


def recorder_unit(case: Case, row: Record) -> str | None:
    """The unit of the person who entered the row."""
    person = case.dossier.find(Person, row.recorded_by)
    return person.org if person else None


#: Lines of the page that speak of the version itself, not of what the row says.
_OF_VERSION = frozenset({str(say("登记时间")), str(say("由谁登记")), str(say("理由"))})


def _pairs(case: Case, row: Record) -> list[Pair]:
    dossier = case.dossier
    place, paper = dossier.find(Place, row.place), dossier.find(Document, row.document)
    numbers = {measure.id: str(measure.number) for measure in dossier.measures_of(case.task.pk)}
    return [
        Pair(say("标题"), row.title or "", official=True),
        Pair(say("日期（所说）"), row.date or "–".join(filter(None, (row.start, row.end))), official=True),
        Pair(say("钟点"), _hours(row), official=True),
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
        Pair(say("车牌"), row.vehicle or "", official=True),
        Pair(say("单号"), row.slip or "", official=True),
        Pair(say("仪器"), row.instrument or "", official=True),
        Pair(say("收样"), row.received_at or "", official=True),
        Pair(say("分析"), row.analysed_at or "", official=True),
        Pair(say("出报告"), row.reported_at or "", official=True),
        Pair(say("在哪里公开"), "、".join(row.channels), official=True),
        Pair(say("对谁"), dossier.person_name(row.person), official=True),
        Pair(say("职务"), row.post or "", official=True),
        Pair(say("方式"), method_words(row), official=True),
        Pair(say("实测"), "；".join(f"{m.name} {m.value:g} {m.unit}" for m in row.measured), official=True),
        Pair(say("验收组"), "、".join(group_words(dossier, row)), official=True),
        *(Pair(say("第 {number} 项", number=numbers.get(one.measure, "")), opinion_words(one), official=True) for one in row.opinions),
        *(Pair(say("不同意见"), f"{dossier.person_name(one.person)}：{one.text}", official=True) for one in row.dissents),
        Pair(say("检测结果"), "；".join(f"{r.indicator} {r.value:g} {r.unit}" for r in row.results), official=True),
        Pair(say("例会安排"), schedule_words(row.schedule or ""), official=True),
        Pair(say("理由"), row.public_reason or row.reason or "", official=True),
        Pair(say("纸质签批"), say("由 {person} 录入", person=person_and_unit(dossier, row.recorded_by)) if row.on_paper else ""),
    ]


_PARTS: dict[str, Said] = {"leader": say("组长"), "member": say("成员"), "expert": say("专家")}


def group_words(dossier: Dossier, row: Record) -> list[str]:
    """沈启明（组长，景澜市生态环境局）, a line for each of the group; of an expert also the declaration."""
    found = []
    for one in row.group:
        person = dossier.find(Person, one.person)
        said = {"none": "声明没有利害关系", "ties": f"声明有利害关系：{one.ties or ''}"}.get(one.declares or "", "")
        parts = [str(_PARTS[one.part]), dossier.org_name(person.org if person else None), said]
        found.append(f"{dossier.person_name(one.person)}（{'，'.join(part for part in parts if part)}）")
    return found


def opinion_words(one: Opinion) -> str:
    """完成：干管通水。看了：两处检查井. In a letter of return also what has to be done."""
    verdict = str(VERDICT_WORDS[one.verdict]) if one.verdict in VERDICT_WORDS else ""
    parts = [f"{verdict}：{one.reason}" if verdict else one.reason]
    parts += [f"看了：{one.looked_at}"] if one.looked_at else []
    parts += [f"要做到：{one.todo}"] if one.todo else []
    return " ".join(parts)


#: What a drawn row was found to be.
_AS_ENTERED: dict[str, Said] = {"met": say("一致"), "not_met": say("不一致")}


def _judged(case: Case, one: Assessed) -> Judged:
    row = case.dossier.find(Record, one.row)
    here = row is not None and case.task.pk in row.tasks
    link = Link(record_words(case.dossier, row) if row else one.name, reverse("desk_record", args=[case.no, one.row]) if here else "")
    return Judged(
        link,
        bool(one.row),
        (_AS_ENTERED if one.row else ASSESSED_WORDS)[one.verdict],
        "" if one.score is None else f"{one.score:g}",
        one.reason,
    )


def _hours(row: Record) -> str:
    start, end = row.start or "", row.end or ""
    return f"{start[11:16]}–{end[11:16]}" if "T" in start and "T" in end else start[11:16]
