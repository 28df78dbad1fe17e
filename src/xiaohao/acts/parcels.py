"""Taking in a signed bundle from another installation. What came is kept beside the own cases, marked as foreign; nothing of it moves them."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import COMMAND_LINE, append_entry
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.signing import log_signer
from xiaohao.dossier import Dossier
from xiaohao.dossier.received import Received
from xiaohao.journal.entry import EntryType
from xiaohao.journal.values import spell_moment
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.records import models, write
from xiaohao.records.models.filed import instant
from xiaohao.records.parcels_in import Incoming, NotTaken, keep, read_parcel
from xiaohao.records.parcels_out import Progress, untold
from xiaohao.records.received import trusted
from xiaohao.records.to_dossier import content_store

#: Who takes bundles in.
TAKERS = frozenset({Role.CLERK})
_LONGEST_TITLE = 300


def receive_parcel(*, source: IO[bytes], by: Actor | None, org: str, at: datetime, progress: Progress = untold) -> Receipt:
    """Take a bundle in for the unit `org`; `by` is None on the machine's own command line. The same bundle again changes nothing: the receipt is that
    of the first time, `result["again"]` says so. A later bundle about the same subject from the same origin is its next version.
    Raises Refused for one that no trusted key has signed, that has a changed byte (the file is named), that is older than what is there, that is this
    installation's own, and for a person who takes in none. `progress` counts every byte twice: once checked, once kept."""
    if by is not None and not by.roles & TAKERS:
        raise Refused("receive_parcel", (unmet_of(say("案卷包由整改办导入"), say("请整改办的人员登录后办理")),))
    at = at.replace(microsecond=0)
    own = log_signer().key
    try:
        incoming = read_parcel(source, (*trusted().keys, own), lambda done, of: progress(done, 2 * of))
        if incoming.parcel.origin == own.name:
            raise NotTaken(say("这是本系统自己导出的案卷包"), say("不用导入：案卷就在本系统里"))
        if before := _same(incoming, org):
            return _again(before)
        keep(source, incoming, content_store(), lambda done, of: progress(of + done, 2 * of))
    except NotTaken as refused:
        raise Refused("receive_parcel", (unmet_of(refused.said, refused.way),)) from refused
    return _file(incoming, by=by, org=org, at=at)


def _file(incoming: Incoming, *, by: Actor | None, org: str, at: datetime) -> Receipt:
    parcel = incoming.parcel
    with transaction.atomic(durable=not settings.TESTING):
        models.Org.objects.select_for_update().get(pk=org)
        if before := _same(incoming, org):  # the same bundle, twice at once
            return _again(before)
        newest = models.Received.objects.filter(org=org, origin=parcel.origin, subject=parcel.subject).order_by("-version").first()
        if newest and newest.more["made_at"] >= spell_moment(parcel.made_at):
            raise Refused(
                "receive_parcel", (unmet_of(say("已有更新的一份，{made} 导出", made=newest.more["made_at"][:16]), say("旧的不用再导入")),)
            )
        thing = Received(
            id=id_from("received", org, parcel.origin, parcel.manifest),
            origin=parcel.origin,
            subject=parcel.subject,
            version=newest.version + 1 if newest else 1,
            title=_title(incoming.dossier),
            made_at=spell_moment(parcel.made_at),
            manifest=parcel.manifest,
            root=incoming.root.sha256,
            files=parcel.files,
            bytes=parcel.bytes,
            org=org,
            person=by.person if by else None,
            recorded_at=instant(at),
        )
        row = write.add(thing)
        entry = append_entry(EntryType.ACT, step="receive_parcel", by=by or COMMAND_LINE, at=at, rows=[row])
    return Receipt("receive_parcel", "", entry.index, at, {"received": thing.id, "version": thing.version, "again": False})


def _same(incoming: Incoming, org: str) -> models.Received | None:
    return models.Received.objects.filter(org=org, origin=incoming.parcel.origin, manifest=incoming.parcel.manifest).first()


def _again(row: models.Received) -> Receipt:
    kept = models.Commitment.objects.filter(table="received", row=row.pk).order_by("entry_id").first()
    result = {"received": row.pk, "version": row.version, "again": True}
    return Receipt("receive_parcel", "", kept.entry_id if kept else None, row.recorded_at, result)


def _title(dossier: Dossier) -> str:
    one = dossier.tasks[0] if len(dossier.tasks) == 1 else None
    return (dossier.title or (one.title or one.problem if one else "") or dossier.id)[:_LONGEST_TITLE]


def unmet_of(fact: Said, way: Said) -> Unmet:
    """Why a bundle is not taken in."""
    basis = say("外来案卷须由所信任的密钥签名，每个文件与签名的清单一致")
    return Unmet(gate="parcel", fact=fact, basis=basis, way=way, who=say("整改办"))
