"""Signed bundles going out: a case or a list with its files, written as a zip file by file, so that large files never lie in memory."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any

from xiaohao.dossier import Dossier
from xiaohao.dossier.bundle import only_task
from xiaohao.dossier.codec import dossier_to_json
from xiaohao.dossier.file import File
from xiaohao.dossier.petition import as_published
from xiaohao.dossier.pruned import pruned
from xiaohao.journal.parcel import MANIFEST, NOTE, Listed, Parcel, digest_of, manifest_of, sign_parcel
from xiaohao.journal.signer import Signer
from xiaohao.records.content import StoredContents
from xiaohao.records.models import Task, TaskList
from xiaohao.records.to_dossier import content_store, dossier_of, ledger_of

#: A zip's own earliest day: when a bundle was made stands in its signed note.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
#: Told while a bundle is written or read: bytes done, bytes in all.
Progress = Callable[[int, int], None]


def untold(done: int, of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A bundle that is ready to be written: its root file, its signed note, the files with their digests."""

    parcel: Parcel
    note: bytes
    manifest: bytes
    root_name: str
    root: bytes
    files: tuple[File, ...]
    computed: dict[str, bytes]


def case_going_out(task: Task, *, at: datetime, signer: Signer) -> Outgoing:
    """One case: its own rows, and only those units, people and places that it speaks of."""
    whole = dossier_of(task, at=at)
    return _outgoing(alone(whole, task), f"t/{task.address}", at=at, signer=signer, contents=whole.contents)


def alone(whole: Dossier, task: Task) -> Dossier:
    """The file of one case as it leaves the house: without the whole task of a share, without who and what it does not speak of."""
    return _as_others_read(pruned(replace(only_task(whole, task.pk), id=task.pk, about=None)))


def _as_others_read(dossier: Dossier) -> Dossier:
    return replace(dossier, petitions=tuple(as_published(one) for one in dossier.petitions))


def list_going_out(listing: TaskList, tasks: list[Task], *, at: datetime, signer: Signer) -> Outgoing:
    """The tasks of a list as one ledger."""
    ledger = replace(ledger_of(tasks, title=listing.name, at=at), id=listing.pk)
    return _outgoing(_as_others_read(pruned(ledger)), f"list/{listing.code}", at=at, signer=signer, contents=ledger.contents)


def _outgoing(dossier: Dossier, subject: str, *, at: datetime, signer: Signer, contents: Any) -> Outgoing:
    root_name = "dossier.json" if dossier.kind == "dossier" else "ledger.json"
    root = (json.dumps(dossier_to_json(dossier), ensure_ascii=False, indent=1) + "\n").encode()
    files = tuple({file.path: file for file in dossier.files}.values())
    listed = [Listed(root_name, digest_of(root), len(root)), *(Listed(file.path, file.sha256, file.bytes) for file in files)]
    manifest = manifest_of(listed)
    parcel = Parcel(signer.name, subject, at, digest_of(manifest), len(listed), sum(one.bytes for one in listed))
    computed = dict(contents.computed) if isinstance(contents, StoredContents) else dict(contents)
    return Outgoing(parcel, sign_parcel(parcel, signer), manifest, root_name, root, files, computed)


def write_parcel(outgoing: Outgoing, out: IO[bytes], progress: Progress = untold) -> None:
    """Write the zip to `out`, which need not be seekable. Raises FileNotFoundError or ContentDamaged where a file of the store is not what it was:
    a bundle that its own manifest would contradict is never finished."""
    for _ in written(outgoing, out, progress):
        pass


def written(outgoing: Outgoing, out: IO[bytes], progress: Progress = untold) -> Iterator[None]:
    """The same step by step, for whoever sends on what has been written."""
    done, total = 0, outgoing.parcel.bytes
    with zipfile.ZipFile(out, "w") as bundle:
        for name, content in ((NOTE, outgoing.note), (MANIFEST, outgoing.manifest), (outgoing.root_name, outgoing.root)):
            bundle.writestr(_entry(name, zipfile.ZIP_DEFLATED), content)
            yield
        done += len(outgoing.root)
        for file in outgoing.files:
            with bundle.open(_entry(file.path, zipfile.ZIP_STORED), "w", force_zip64=True) as part:
                for chunk in _chunks(outgoing, file):
                    part.write(chunk)
                    done += len(chunk)
                    progress(done, total)
                    yield
    yield


def _chunks(outgoing: Outgoing, file: File) -> Iterator[bytes]:
    if file.path in outgoing.computed:
        content = outgoing.computed[file.path]
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise ValueError(f"{file.path}: the computed series changed while it was written")
        yield content
    else:
        yield from content_store().chunks(file.sha256)


def _entry(name: str, packing: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.compress_type = packing
    return entry
