"""Entering the rows of a case: its registers, files, documents, series and signatures, each at the moment at which the system is to have first seen it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from xiaohao.acts import pledges, registers
from xiaohao.acts.paper import OnPaper
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.when import parse_instant
from xiaohao.records.to_dossier import content_store
from xiaohao.seeds.story import Walk

Row = Record | File | Document

#: Records that a step writes itself, so that they are not entered as rows.
OF_STEPS = frozenset(
    {
        "acceptance",
        "review",
        "closing_assessment",
        "publicity",
        "closure",
        "return",
        "objection",
        "override",
        "arrangement",
        "question",
        "reply",
        "countersign",
        "countersigned",
    }
)
#: Rows in one act; an entry of the journal holds no more.
_ROWS_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a case that were first seen at one moment."""

    at: datetime
    rows: tuple[Row, ...]


def groups(case: Dossier, until: datetime) -> Iterable[Group]:
    """What is entered up to that moment, oldest first."""
    due = [(parse_instant(row.recorded_at), row.id, row) for row in _rows(case)]
    ordered = sorted((each for each in due if each[0] <= until), key=lambda each: each[:2])
    for at, found in groupby(ordered, key=lambda each: each[0]):
        yield Group(at, tuple(row for _, _, row in found))


def _rows(case: Dossier) -> Iterable[Row]:
    signed = {scan for record in case.records if record.on_paper for scan in record.files}
    yield from (record for record in case.records if record.type not in OF_STEPS and case.task.id in record.tasks)
    yield from (file for file in case.files if file.id not in signed and case.task.id in file.tasks)
    yield from (paper for paper in case.documents if paper.kind != "notice" and case.task.id in paper.tasks)


def enter(story: Walk, group: Group) -> None:
    """Enter the rows of one moment: what belongs together in one act, each series and each signature in an act of its own."""
    series_files = {series.file: series for series in story.case.series}
    signed = [row for row in group.rows if isinstance(row, Record) and _is_signature(row)]
    plain = [row for row in group.rows if row.id not in series_files and row not in signed]
    for by, mine in _by_hand(story, plain):
        _enter_plain(story, by, mine, group.at)
    for row in group.rows:
        if isinstance(row, File) and (series := series_files.get(row.id)):
            registers.add_series(
                task=story.task,
                by=_hand_of(story, series.source),
                at=group.at,
                key=story.key("series", series.id),
                series=series,
                file=_stored(story, row),
            )
    for record in signed:
        _sign(story, record, group.at)


def _is_signature(record: Record) -> bool:
    return record.type == "pledge" or record.stage == "confidentiality"


def _by_hand(story: Walk, rows: Sequence[Row]) -> Iterable[tuple[Actor, list[Row]]]:
    by_person: dict[str, tuple[Actor, list[Row]]] = {}
    for row in rows:
        hand = _hand_of(story, row.org if isinstance(row, Record) else None)
        by_person.setdefault(hand.person, (hand, []))[1].append(row)
    return by_person.values()


def _hand_of(story: Walk, org: str | None) -> Actor:
    return next((hand for hand in story.hands if hand.org == org), story.clerk)


def _enter_plain(story: Walk, by: Actor, rows: Sequence[Row], at: datetime) -> None:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        registers.add_records(
            task=story.task,
            by=by,
            at=at,
            key=story.key("rows", at, start),
            records=[row for row in part if isinstance(row, Record)],
            files=[_stored(story, row) for row in part if isinstance(row, File)],
            documents=[row for row in part if isinstance(row, Document)],
        )


def _sign(story: Walk, record: Record, at: datetime) -> None:
    signer = record.people[0]
    paper = None
    if record.on_paper:
        scan = next(file for file in story.case.files if file.id in record.files)
        paper = OnPaper(signed_by=signer, signed_on=record.date or "", scan=_stored(story, scan))
    by = _signer(story, (record.recorded_by if record.on_paper else None) or signer, record.org)
    key, text = story.key("sign", record.id), record.text or record.title or ""
    if record.type == "pledge":
        pledges.sign_pledge(task=story.task, by=by, at=at, key=key, stage=record.stage or "", text=text, paper=paper)
    else:
        pledges.sign_confidentiality(task=story.task, by=by, at=at, key=key, text=text, paper=paper)


def _signer(story: Walk, person: str, org: str | None) -> Actor:
    known = next((hand for hand in (story.clerk, *story.hands) if hand.person == person), None)
    return known or Actor(person, org or story.clerk.org, story.clerk.roles)


def _stored(story: Walk, file: File) -> File:
    sha256, size = content_store().put([story.case.contents[file.path]])
    return replace(file, sha256=sha256, bytes=size)
