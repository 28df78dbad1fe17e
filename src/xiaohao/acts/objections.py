"""Objections: anyone may object while a notice stands; until each is answered the task cannot be closed; one upheld returns the task."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from xiaohao.acts._allowed import DESK_CLERKS
from xiaohao.acts._entry import append_entry
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal, Update
from xiaohao.acts._seal import seal, secret_bits
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.signing import log_signer
from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.journal.commitment import SALT_SIZE, commit
from xiaohao.journal.entry import ActedBy, Commitment, EntryType, ObjectionReceived, Outcome
from xiaohao.journal.receipt import COMMITTED_AS, ObjectionReceipt, sign_receipt
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.procedure import steps
from xiaohao.publicity.receipt_code import CODE_BYTES, parse_code, receipt_code
from xiaohao.records import models
from xiaohao.records.models import Done, Objection, Task
from xiaohao.records.models.filed import instant
from xiaohao.records.to_dossier import dossier_of

#: An objection is in the public journal at the latest this many hours after its receipt (JOURNAL.md 2.1).
PROMISE_HOURS = 24
#: Who acts where a resident does, who has no role and no number here.
PUBLIC = ActedBy(role="public", staff="0", unit="公众")
#: Objections in one entry: each takes about 120 bytes of the 8 KB that an entry may have.
_LARGEST_BATCH = 50


def object_to(
    *,
    notice: str,
    channel: str,
    text: str,
    at: datetime,
    key: str,
    measures: Sequence[str] = (),
    contact: str = "",
    photos: Sequence[str] = (),
    entered_by: Actor | None = None,
) -> Receipt:
    """Take an objection to the notice with that record id: from the web, or typed in by the desk for a phone call or a letter.
    `photos` are hashes in the content store. The receipt's result holds the code; the database has only its hash. Raises Refused when somebody who is not
    of the desk enters one, models.Record.DoesNotExist for an unknown notice."""
    actor = entered_by.person if entered_by else ""
    bits = secret_bits(f"receipt code {actor} {key}", CODE_BYTES)
    if done := Done.objects.filter(actor=actor, key=key).first():
        return _handed_out(done, bits)
    at = at.replace(microsecond=0)
    with transaction.atomic(durable=not settings.TESTING):
        posted = models.Record.objects.get(pk=notice, type="publicity")
        task = Task.objects.select_for_update(of=("self",)).get(records=posted)  # closing looks again under the same lock
        if entered_by:
            _require_desk(task, entered_by, at)
        row = Objection(
            id=id_from("obj", key),
            task=task,
            notice=posted,
            code_hash=hashlib.sha256(bits).hexdigest(),
            channel=channel,
            late=at.date().isoformat() > posted.more.get("end", ""),
            received_at=at,
            entered_by_id=entered_by.person if entered_by else None,
            measures=list(measures),
            text=text,
            photos=list(photos),
        )
        row.contact = seal(contact, bound_to=row.id) if contact else b""
        _promise(row, at)
        row.save(force_insert=True)
        result = {"objection": row.id, "receipt": row.receipt}
        done = Done.objects.create(actor=actor, key=key, act="object", task=task.address, at=at, result=result)
    return _handed_out(done, bits)


def _handed_out(done: Done, bits: bytes) -> Receipt:
    """The receipt with its code, which is kept nowhere: a repeated request makes the same one again."""
    return Receipt(act=done.act, task=done.task, entry=None, at=done.at, result={**done.result, "code": receipt_code(bits)})


def objection_content(row: Objection) -> bytes:
    """What the receipt commits to: the objection as it came, without the person's contact."""
    came = {
        "channel": row.channel,
        "measures": row.measures,
        "photos": row.photos,
        "received_at": instant(row.received_at),
        "text": row.text,
    }
    return json.dumps(came, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def find_by_code(code: str) -> Objection | None:
    """The objection with that receipt code, however it was typed; None for an unknown or malformed one (the two look the same outside)."""
    bits = parse_code(code)
    return Objection.objects.select_related("task").filter(code_hash=hashlib.sha256(bits or b"").hexdigest()).first()


def journal_batch(*, at: datetime) -> int:
    """Write the receipts that are not yet in the journal as one entry, in the order of their digests so that arrival does not show.
    Returns how many went in. The worker calls it at fixed times."""
    with transaction.atomic(durable=not settings.TESTING):
        waiting = list(Objection.objects.select_for_update(of=("self",)).select_related("task").filter(entry=None).order_by("commitment"))
        for late in (False, True):
            for start in range(0, len(waiting), _LARGEST_BATCH):
                _journal(tuple(row for row in waiting[start : start + _LARGEST_BATCH] if row.late is late), at.replace(microsecond=0))
    return len(waiting)


def _journal(rows: tuple[Objection, ...], at: datetime) -> None:
    """One entry for a batch. Reports that came after their window hold nothing up, so they are not entered as objections."""
    if not rows:
        return
    if rows[0].late:
        committed = tuple(Commitment(f"report/{n}", row.commitment) for n, row in enumerate(rows, 1))
        entry = append_entry(EntryType.ACT, step="reports_received", at=at, by=PUBLIC, fields={"commitments": committed})
    else:
        received = tuple(ObjectionReceived(row.task.address, row.commitment) for row in rows)
        entry = append_entry(EntryType.OBJECTIONS, at=at, fields={"objections": received})
    Objection.objects.filter(pk__in=[row.pk for row in rows]).update(entry=entry.index)


def admit(*, objection: str, by: Actor, at: datetime, key: str, admissible: bool, reason: str) -> Receipt:
    """Decide within two working days whether the objection is looked into; the reason is public."""

    def propose(_dossier: Dossier, _row: models.Task) -> Proposal:
        row = _open(objection)
        outcome = Outcome.ADMITTED if admissible else Outcome.NOT_ADMITTED
        columns = {
            "admissible": admissible,
            "admission_reason": reason,
            "admitted_at": at.replace(microsecond=0),
            "admitted_by_id": by.person,
        }
        return Proposal(updates=(Update(row, columns),), journal=_decided(row, outcome))

    return perform("admit_objection", task=_task_of(objection), by=by, at=at, key=key, allowed=DESK_CLERKS, propose=propose)


def answer(*, objection: str, by: Actor, at: datetime, key: str, answer: str, upheld: bool, public_text: str) -> Receipt:
    """Answer an objection in public. `public_text` is what it said, without anything that could tell who said it. Upheld, the task is
    returned in the same act."""

    def propose(_dossier: Dossier, row: models.Task) -> Proposal:
        standing = _open(objection)
        columns = {
            "answer": answer,
            "upheld": upheld,
            "public_text": public_text,
            "answered_at": at.replace(microsecond=0),
            "answered_by_id": by.person,
        }
        update = Update(standing, columns)
        if not upheld:
            return Proposal(updates=(update,), journal=_decided(standing, Outcome.NOT_UPHELD))
        returned = Record(
            id=id_from("rec", key, "return"),
            type="return",
            tasks=(row.id,),
            org=by.org,
            people=(by.person,),
            date=instant(at)[:10],
            recorded_at=instant(at),
            recorded_by=by.person,
            stage="reopen",
            of=standing.id,
            text=answer,
            public_reason=answer,
            passed=False,
        )
        return Proposal(things=(returned,), updates=(update,), task={"closed_at": ""}, also=(_decided(standing, Outcome.UPHELD),))

    task = _task_of(objection)
    if upheld:
        return perform("uphold_objection", task=task, by=by, at=at, key=key, step=steps.REOPEN, propose=propose)
    return perform("answer_objection", task=task, by=by, at=at, key=key, allowed=DESK_CLERKS, propose=propose)


def withdraw(*, code: str, at: datetime) -> bool:
    """Take an objection back with its receipt code. False when there is none open under it."""
    at = at.replace(microsecond=0)
    with transaction.atomic(durable=not settings.TESTING):
        row = _locked(code)
        if row is None or row.answered_at or row.withdrawn_at:
            return False
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        said = _decided(row, Outcome.WITHDRAWN)
        append_entry(said.pop("type"), at=at, task=row.task, by=PUBLIC, fields=said)
    return True


def ask_recheck(*, code: str, at: datetime) -> bool:
    """Ask once for a re-check of an answer that was not upheld. The objection is open again, with a commitment and a receipt of its own;
    somebody else must answer it. False when there is nothing to re-check."""
    at = at.replace(microsecond=0)
    with transaction.atomic(durable=not settings.TESTING):
        row = _locked(code)
        if row is None or not row.answered_at or row.upheld or row.recheck_asked_at:
            return False
        row.earlier = [{"answer": row.answer, "answered_at": instant(row.answered_at), "answered_by": row.answered_by_id}]
        row.recheck_asked_at, row.answer, row.answered_at, row.answered_by, row.upheld = at, "", None, None, None
        row.entry = None
        _promise(row, at)
        row.save()
    return True


def _promise(row: Objection, at: datetime) -> None:
    """A fresh commitment, and the signed receipt that promises its place in the journal."""
    row.salt = os.urandom(SALT_SIZE)
    row.commitment = commit(COMMITTED_AS, bytes(row.salt), objection_content(row))
    promised = ObjectionReceipt(settings.JOURNAL_ORIGIN, row.id, row.task.address, row.commitment, at, PROMISE_HOURS)
    row.receipt = sign_receipt(promised, log_signer()).decode()


def _locked(code: str) -> Objection | None:
    found = find_by_code(code)
    return Objection.objects.select_for_update(of=("self",)).select_related("task", "task__owner").get(pk=found.pk) if found else None


def _decided(row: Objection, outcome: Outcome) -> dict[str, Any]:
    return {"type": EntryType.OBJECTION_DECIDED, "objection": row.commitment, "outcome": outcome}


def _task_of(objection: str) -> str:
    return Objection.objects.values_list("task_id", flat=True).get(pk=objection)


def _open(objection: str) -> Objection:
    row = Objection.objects.select_for_update(of=("self",)).get(pk=objection)
    if row.answered_at or row.withdrawn_at:
        raise Refused(
            "answer_objection",
            (
                Unmet(
                    gate="objection_open",
                    fact=say("这件异议已经答复或已撤回"),
                    basis=say("一件异议答复一次；不满意可要求复核一次"),
                    way=say("无需再办"),
                    who="",
                    where=row.id,
                ),
            ),
        )
    return row


def _require_desk(task: Task, actor: Actor, at: datetime) -> None:
    if unmet := DESK_CLERKS(dossier_of(task, at=at), actor):
        raise Refused("enter_objection", unmet)
