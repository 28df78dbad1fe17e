"""Publishing a notice, and withdrawing one; the old text stays to be read."""

from __future__ import annotations

from datetime import date, datetime

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.ids import id_from
from xiaohao.acts.notice_draft import draft_notice
from xiaohao.acts.printing import print_notice
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.journal.entry import Window
from xiaohao.kernel.roles import Actor
from xiaohao.procedure import steps
from xiaohao.records import models
from xiaohao.records.models.filed import instant
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import content_store


def publish(*, task: str, by: Actor, at: datetime, key: str, number: str, starts_on: date, version: int | None = None) -> Receipt:
    """Publish the notice of the task's completion under that official number, opening on `starts_on`. Its canonical bytes are kept as a
    file, so that what was published can be read for ever as it was. Raises CalendarUnknown for a year not yet announced."""

    def propose(dossier: Dossier, row: models.Task) -> Proposal:
        draft = draft_notice(dossier, rulebook_of(row), address=row.address, by=by, at=at, key=key, number=number, starts_on=starts_on)
        posted = draft.posted
        content_store().put([draft.content])
        window = Window(
            no=number,
            first=starts_on,
            last=date.fromisoformat(posted.end or ""),
            days=posted.stated_days or 0,
            counted=posted.stated_unit or "",
        )
        return Proposal(
            things=(draft.file, draft.paper, draft.said, posted),
            journal={"pub": draft.file.sha256, "notice": window},
            result={"notice": posted.id},
            outbox=((print_notice, (posted.id,)),),
        )

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
