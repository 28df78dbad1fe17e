"""A large bundle on its way in: kept on the disk as it came, then checked and taken in by the background worker, who says how far it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tasks import task as later

from xiaohao.acts.clock import now
from xiaohao.acts.ids import id_from
from xiaohao.acts.parcels import receive_parcel, unmet_of
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.said import said_to_json, say
from xiaohao.records.models import Account, ComingParcel

#: Larger bundles are taken in by the worker. Two megabytes are checked and kept in about a second. Ours.
TAKE_AT_ONCE = 2 * 1024 * 1024
#: The page is told anew each time a hundredth of the bytes is done.
_STEPS = 100
#: Bytes that stay free on the disk of an installation (as in records.parcels_in).
_LEFT_FREE = 512 * 1024 * 1024


def keep_coming(*, account: Account, at: datetime, key: str, name: str, size: int, chunks: Iterable[bytes]) -> ComingParcel:
    """Keep the bundle of `size` bytes and leave it to the worker. The same key again gives the one that is under way. Raises Refused where the disk has
    no room for it and for what is in it."""
    row, made = ComingParcel.objects.get_or_create(
        pk=id_from("coming", account.pk, key), defaults={"account": account, "name": name[-200:], "sent_at": at.replace(microsecond=0)}
    )
    if not made:
        return row
    path = path_of(row.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if shutil.disk_usage(path.parent).free < 2 * size + _LEFT_FREE:
            said = say("磁盘空间不够，放不下这个案卷包（{size} 字节）", size=size)
            raise Refused("receive_parcel", (unmet_of(said, say("请系统管理员腾出空间后再导入")),))
        coming = path.with_suffix(".part")
        with coming.open("wb") as target:
            for chunk in chunks:
                target.write(chunk)
        coming.replace(path)
    except (Refused, OSError):
        row.delete()
        path.with_suffix(".part").unlink(missing_ok=True)
        raise
    with transaction.atomic(durable=not settings.TESTING):
        receive_later.enqueue(row.pk)
    return row


@later()
def receive_later(coming: str) -> None:
    """Check the bundle and take it in, for the person who sent it; why it cannot be taken in stands on its page. Begun anew after a crash it comes to
    the same: a bundle that is there already changes nothing."""
    row = ComingParcel.objects.select_related("account__person").get(pk=coming)
    if row.stage != "waiting":
        return
    told = -1

    def progress(done: int, of: int) -> None:
        nonlocal told
        if of and done * _STEPS // of != told:
            told = done * _STEPS // of
            ComingParcel.objects.filter(pk=coming).update(done=done, total=of)

    actor, path = row.account.actor, path_of(coming)
    try:
        with path.open("rb") as source:
            receipt = receive_parcel(source=source, by=actor, org=actor.org, at=now(), progress=progress)
    except FileNotFoundError:
        _failed(coming, [say("传来的文件不在了"), say("请重新上传一次")])
    except OSError as broken:
        _failed(coming, [say("服务器的磁盘读写出错：{reason}", reason=broken.strerror or ""), say("请系统管理员查看以后，重新上传一次")])
    except Refused as refused:
        _failed(coming, [words for unmet in refused.unmet for words in (unmet.fact, unmet.way)])
    else:
        result = receipt.result
        ComingParcel.objects.filter(pk=coming).update(stage="taken", received=result["received"], again=result["again"])
    path.unlink(missing_ok=True)  # only now: a worker that dies before finds it again


def _failed(coming: str, words: list[str]) -> None:
    ComingParcel.objects.filter(pk=coming).update(stage="failed", wrong=[said_to_json(one) for one in words])


def path_of(coming: str) -> Path:
    """Where the bundle lies while it waits."""
    return Path(settings.HOME) / "coming-parcels" / f"{coming}.zip"
