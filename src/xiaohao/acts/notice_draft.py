"""The notice as it would be published: made from the case file once, for the preview and for the act alike."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from xiaohao.acts._proposal import Proposal, laid_over
from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.target import judge
from xiaohao.procedure.hands import self_accepted
from xiaohao.procedure.rules import Rulebook
from xiaohao.publicity.notice import Notice, canonical_bytes, compose, notice_text
from xiaohao.publicity.window import DayUnit, end_of
from xiaohao.records.models.filed import instant


@dataclass(frozen=True, slots=True)
class DraftedNotice:
    """`notice` and its canonical `content`, and the things that are filed with it: the paper with its number, the publicity record, the
    official text, and the file that holds `content`, whose hash is the digest in the journal."""

    notice: Notice
    content: bytes
    paper: Document
    posted: Record
    said: Statement
    file: File


def draft_notice(
    dossier: Dossier, rules: Rulebook, *, address: str, by: Actor, at: datetime, key: str, number: str, starts_on: date
) -> DraftedNotice:
    """The window's end follows from the rulebook and the working-day calendar. Raises CalendarUnknown for a year not yet announced."""
    task, seen = dossier.task, instant(at)
    ordinal = len(dossier.records_of(task.id, "publicity")) + 1
    no = f"{address}-{ordinal}"
    paper = Document(
        id=id_from("doc", key),
        number=number,
        title=f"{task.title or task.problem[:20]}整改完成情况公示",
        kind="notice",
        issuer=by.org,
        date=starts_on.isoformat(),
        recorded_at=seen,
        tasks=(task.id,),
    )
    posted = Record(
        id=f"notice-{no}",
        type="publicity",
        tasks=(task.id,),
        org=by.org,
        people=(by.person,),
        date=starts_on.isoformat(),
        start=starts_on.isoformat(),
        end=end_of(starts_on, rules.publicity.days, DayUnit(rules.publicity.unit), calendar_of(dossier)).isoformat(),
        recorded_at=seen,
        recorded_by=by.person,
        stated_days=rules.publicity.days,
        stated_unit=rules.publicity.unit,
        posted_at=seen,
        channels=("portal",),
        document=paper.id,
        statement=id_from("st", key, "notice"),
        files=(id_from("file", key, "notice"),),
    )
    notice = compose(
        laid_over(dossier, Proposal(things=(paper, posted))),
        posted.id,
        self_acceptance=rules.hands.printed if self_accepted(dossier, rules) else "",
        results=_results(dossier, at.date()),
    )
    content = canonical_bytes(notice)
    return DraftedNotice(notice, content, paper, posted, _said(dossier, posted, notice), _file(posted, content))


def _results(dossier: Dossier, today: date) -> dict[str, str]:
    """What the readings say of each goal that has a target."""
    until = When(today, today)
    done_at = parse_when(dossier.task.done_at)
    return {
        goal.id: str(judge(dossier, goal, done_at=done_at, until=until).reason) for goal in dossier.goals_of(dossier.task.id) if goal.target
    }


def _said(dossier: Dossier, posted: Record, notice: Notice) -> Statement:
    return Statement(
        id=posted.statement or posted.id,
        task=dossier.task.id,
        kind="notice",
        author=posted.org or "",
        date=posted.date or "",
        recorded_at=posted.recorded_at,
        text=notice_text(notice),
        document=posted.document,
    )


def _file(posted: Record, content: bytes) -> File:
    return File(
        id=posted.files[0],
        path=f"notices/{posted.id}.json",
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        media="application/json",
        kind="other",
        tasks=posted.tasks,
        recorded_at=posted.recorded_at,
    )
