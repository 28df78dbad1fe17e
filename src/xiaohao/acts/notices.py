"""Publishing a notice, and withdrawing one; the old text stays to be read."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal, laid_over
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.journal.entry import Window
from xiaohao.kernel.roles import Actor
from xiaohao.procedure import steps
from xiaohao.publicity.notice import canonical_bytes, compose, notice_text
from xiaohao.publicity.window import DayUnit, calendar_of, end_of
from xiaohao.records import models
from xiaohao.records.models.filed import instant
from xiaohao.records.rulebooks import rulebook_of


def publish(*, task: str, by: Actor, at: datetime, key: str, number: str, starts_on: date, version: int | None = None) -> Receipt:
    """Publish the notice of the task's completion under that official number. The window's end follows from the rulebook and the
    working-day calendar; the text from the case file. Raises CalendarUnknown for a year not yet announced."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        rules = rulebook_of(row)
        ends_on = end_of(starts_on, rules.publicity.days, DayUnit(rules.publicity.unit), calendar_of(dossier))
        seen, ordinal = instant(at), len(dossier.records_of(row.id, "publicity")) + 1
        paper = Document(
            id=id_from("doc", key),
            number=number,
            title=f"{row.title}整改完成情况公示",
            kind="notice",
            issuer=by.org,
            date=starts_on.isoformat(),
            recorded_at=seen,
            tasks=(row.id,),
        )
        posted = Record(
            id=f"notice-{row.address}-{ordinal}",
            type="publicity",
            tasks=(row.id,),
            org=by.org,
            people=(by.person,),
            date=starts_on.isoformat(),
            start=starts_on.isoformat(),
            end=ends_on.isoformat(),
            recorded_at=seen,
            recorded_by=by.person,
            stated_days=rules.publicity.days,
            stated_unit=rules.publicity.unit,
            posted_at=seen,
            channels=("portal",),
            document=paper.id,
            statement=id_from("st", key, "notice"),
        )
        notice = compose(
            laid_over(dossier, Proposal(things=(paper, posted))),
            posted.id,
            self_acceptance=rules.hands.printed if _accepted_own_work(dossier) else "",
        )
        said = Statement(
            id=id_from("st", key, "notice"),
            task=row.id,
            kind="notice",
            author=by.org,
            date=starts_on.isoformat(),
            recorded_at=seen,
            text=notice_text(notice),
            document=paper.id,
        )
        window = Window(no=number, first=starts_on, last=ends_on, days=rules.publicity.days, counted=rules.publicity.unit)
        said_in_public = {"pub": hashlib.sha256(canonical_bytes(notice)).hexdigest(), "notice": window}
        return Proposal(things=(paper, said, posted), journal=said_in_public, result={"notice": posted.id})

    return perform(
        "publish",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.PUBLISH,
        propose=propose,
        version=version,
        draft={"number": number, "starts_on": starts_on.isoformat()},
    )


def withdraw_notice(*, task: str, by: Actor, at: datetime, key: str, reason: str, version: int | None = None) -> Receipt:
    """Take the standing notice back, with a public reason. Its page keeps the old text and says so."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        standing = dossier.last_record(row.id, "publicity")
        seen = instant(at)
        record = Record(
            id=id_from("rec", key, "withdraw"),
            type="return",
            tasks=(row.id,),
            org=by.org,
            people=(by.person,),
            date=seen[:10],
            recorded_at=seen,
            recorded_by=by.person,
            stage="withdraw_notice",
            of=standing.id if standing else None,
            text=reason,
            public_reason=reason,
        )
        return Proposal(things=(record,))

    return perform(
        "withdraw_notice",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.WITHDRAW_NOTICE,
        propose=propose,
        version=version,
        draft={"reason": reason},
    )


def _accepted_own_work(dossier: Dossier) -> bool:
    return dossier.task.acceptor in (dossier.task.owner, *dossier.task.co_owners)
