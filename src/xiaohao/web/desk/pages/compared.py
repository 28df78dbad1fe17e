"""What a finding compares, beside each other: words with the stretch marked, pictures with the area outlined, readings with the months marked,
documents on a line of dates. Of another unit's case a reader sees what they may read, or what is public of it, or only that it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.plan import Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Task
from xiaohao.evidence.photo import BadPicture, size_as_seen
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST, When, parse_instant, parse_when
from xiaohao.outcomes.derived import indicator_words
from xiaohao.outcomes.series import Reading, readings, speaks
from xiaohao.records.models import Finding
from xiaohao.records.models import Task as TaskRow
from xiaohao.records.seen import Sight, elsewhere
from xiaohao.records.to_dossier import content_store
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.evidence import words_of
from xiaohao.web.desk.pages.words import person_and_unit, record_words
from xiaohao.web.parts.chart import Drawing, Point
from xiaohao.web.parts.finding import OutlinedPhoto, Side
from xiaohao.web.parts.readings import draw_readings
from xiaohao.web.parts.timeline import Timeline, timeline_of

#: Things shown side by side; a finding that points at more says so in its sentence.
MOST_SIDES = 4
#: Characters shown before and after a marked stretch, so that it can be read in its place.
_AROUND = 24
#: What the public page of a statement begins with is enough to know it by.
_BEGUN = 80


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that a card shows beside the sentence; `more` counts the things that are pointed at and not shown."""

    sides: tuple[Side, ...]
    photos: tuple[OutlinedPhoto, ...]
    charts: tuple[Drawing, ...]
    timeline: Timeline | None
    more: int


@dataclass(frozen=True, slots=True)
class _Pointed:
    """One pointer with what it points at: `task` is the other case it lies in (None: this one)."""

    pointer: Mapping[str, Any]
    thing: Any
    sight: Sight
    task: TaskRow | None = None


def compared_in(case: Case, row: Finding) -> Compared:
    """What the finding points at, as this person may see it."""
    pointed = [found for pointer in row.where if (found := _found(case, pointer))]
    charts = [
        chart
        for number, one in enumerate(pointed)
        if isinstance(one.thing, Series) and (chart := _chart(case, one, f"fd-{row.pk}-{number}"))
    ]
    photos = [photo for one in pointed if isinstance(one.thing, File) and (photo := _photo(case, one))]
    drawn = [
        one
        for one in pointed
        if not isinstance(one.thing, Series) and not (isinstance(one.thing, File) and one.thing.kind == "photo" and photos)
    ]
    return Compared(
        sides=tuple(side for one in drawn[:MOST_SIDES] if (side := _side(case, one))),
        photos=tuple(photos[:MOST_SIDES]),
        charts=tuple(charts[:2]),
        timeline=timeline_of(tuple(_dated(case, pointed))),
        more=max(0, len(drawn) - MOST_SIDES) + len(row.where) - len(pointed),
    )


def _found(case: Case, pointer: Mapping[str, Any]) -> _Pointed | None:
    thing = case.dossier.by_id.get(pointer["id"])
    if thing is not None and case.task.pk in (_tasks_of(thing) or (case.task.pk,)):
        return _Pointed(pointer, thing, Sight.ALL)
    other = elsewhere(pointer["id"], case.actor)
    return _Pointed(pointer, other.thing, other.sight, other.task) if other else None


def _tasks_of(thing: Any) -> tuple[str | None, ...]:
    """Ids of the tasks that a thing belongs to; none for what all share (units, people, places)."""
    match thing:
        case Task():
            return (thing.id,)
        case Statement() | Plan() | Petition():
            return (thing.task,)
        case _:
            return getattr(thing, "tasks", ())


def _side(case: Case, one: _Pointed) -> Side | None:
    thing, pointer, note = one.thing, one.pointer, _whose(one.task)
    if one.sight is Sight.NOTHING:
        return _unseen(one.task)
    if isinstance(thing, Statement):
        if "start" in pointer:
            return _stretch(thing, pointer["start"], pointer["end"], note)
        return Side(say("说明里写"), _begun(thing.text), note=note)
    if isinstance(thing, Record):
        return Side(say("记录"), record_words(case.dossier, thing), note=note or say("登记于 {day}", day=thing.recorded_at[:10]))
    title, text = _named_side(case.dossier, thing) or (
        say("材料"),
        getattr(thing, "caption", None) or words_of(case.dossier, pointer["id"]),
    )
    return Side(title, text, note=note)


def _unseen(task: TaskRow | None) -> Side:
    if task is None:
        return Side(say("另一信访件"), "", note=say("不由您单位办理，这里不显示。"))
    return Side(say("另一任务"), "", note=say("第 {number} 项的材料，没有公开，这里不显示。", number=task.number))


def _named_side(dossier: Dossier, thing: Any) -> tuple[Said, str] | None:
    """(what it is, its words)."""
    match thing:
        case Task():
            return say("第 {number} 项的问题", number=thing.number), _begun(thing.problem)
        case Petition():
            done = say("{day} 办结", day=thing.done_at) if thing.done_at else ""
            told = dict(thing.unknown).get("x-public", "")
            parts = (say("{day} 收到", day=thing.received), done, thing.address or "", _begun(str(told)))
            return say("信访件 {number}", number=thing.number), "，".join(str(part) for part in parts if part)
        case Document():
            return say("材料"), " ".join(part for part in (thing.number, thing.title, thing.date) if part)
        case Plan():
            return say("方案"), f"{say('整改方案第 {version} 版', version=thing.version)} {thing.date}"
        case Org():
            return say("单位"), thing.name
        case Person():
            return say("人员"), person_and_unit(dossier, thing.id)
        case Place():
            return say("地点"), thing.name
    text = getattr(thing, "text", None)
    return (say("方案"), _begun(str(text))) if text else None


def _begun(text: str) -> str:
    return text if len(text) <= _BEGUN else f"{text[:_BEGUN]}…"


def _stretch(statement: Statement, start: int, end: int, note: Said | str) -> Side:
    """The marked words in their place; … where the statement goes on."""
    first, last = max(0, start - _AROUND), end + _AROUND
    before = ("…" if first else "") + statement.text[first:start]
    after = statement.text[end:last] + ("…" if last < len(statement.text) else "")
    return Side(say("说明里写"), before, marked=statement.text[start:end], after=after, note=note)


def _whose(task: TaskRow | None) -> Said | str:
    return say("第 {number} 项 {title}", number=task.number, title=task.title or task.problem[:24]) if task else ""


def _photo(case: Case, one: _Pointed) -> OutlinedPhoto | None:
    file: File = one.thing
    if file.kind != "photo":
        return None
    try:
        width, height = size_as_seen(case.dossier.content_of(file.id) or content_store().get(file.sha256))
    except (BadPicture, OSError):
        return None
    address = (one.task or case.task).address
    src = reverse("evidence", args=[file.id]) if one.sight is Sight.PUBLIC else reverse("desk_file", args=[address, file.id])
    place = case.dossier.find(Place, file.place)
    taken = (file.captured_at or "")[:10] or say("未写拍摄日期")
    return OutlinedPhoto(
        src=src,
        width=width,
        height=height,
        box=tuple(one.pointer["box"]) if "box" in one.pointer else None,
        alt=file.caption or (place.name if place else ""),
        caption=say("{taken} · 上传 {day}", taken=taken, day=file.recorded_at[:10]),
        note=_whose(one.task),
    )


def _chart(case: Case, one: _Pointed, id: str) -> Drawing | None:
    """Readings of this case only: those of another are in no notice."""
    if one.task is not None:
        return None
    series: Series = one.thing
    place = case.dossier.find(Place, series.place)
    read = readings(case.dossier, series) or ()
    points = [_point(series, reading) for reading in read]
    since, until = one.pointer.get("from"), one.pointer.get("to")
    title = say(
        "{place}{indicator}（{unit}）", place=place.name if place else "", indicator=indicator_words(series.indicator), unit=series.unit
    )
    return draw_readings(id, title, points, unit=series.unit, stretches=((since, until),) if since and until else ())


def _point(series: Series, reading: Reading) -> Point:
    return Point(_label(reading.at), reading.value if speaks(series, reading) else None)


def _label(at: When) -> str:
    """As exact as it is known: 2021-05, 2021-05-02, 2021-05-02T03:00."""
    if at.moment:
        return at.moment.strftime("%Y-%m-%dT%H:%M")
    return at.first.isoformat() if at.is_a_day else at.first.isoformat()[:7]


def _dated(case: Case, pointed: Sequence[_Pointed]) -> Iterable[tuple[Any, str]]:
    """Documents, plans and register rows with the date each bears, where it bears a whole day; a document alone with the days on which it was
    booked in and filed."""
    if len(pointed) == 1 and pointed[0].sight is Sight.ALL and isinstance(pointed[0].thing, Document):
        yield from _life_of(case, pointed[0].thing)
        return
    for one in pointed:
        if one.sight is Sight.ALL and isinstance(one.thing, Document | Plan | Record):
            when = parse_when(one.thing.date)
            if when and when.is_a_day:
                yield when.first, _named(case, one)


def _life_of(case: Case, document: Document) -> Iterable[tuple[date, str]]:
    signed = parse_when(document.date)
    if signed and signed.is_a_day:
        yield signed.first, str(say("《{title}》落款", title=document.title))
    for receipt in document.receipts:
        booked = parse_when(receipt.at)
        if booked and booked.is_a_day:
            yield booked.first, str(say("{org}收文登记", org=case.dossier.org_name(receipt.org)))
    yield parse_instant(document.recorded_at).astimezone(CST).date(), str(say("首次入库"))


def _named(case: Case, one: _Pointed) -> str:
    thing = one.thing
    if isinstance(thing, Record):
        return record_words(case.dossier, thing)
    if isinstance(thing, Document):
        return thing.title
    return str(say("整改方案第 {version} 版", version=thing.version))
