"""Signed bundles coming in: every file held against the signed manifest before anything is kept, chunk by chunk."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from xiaohao.dossier import Dossier
from xiaohao.dossier.bundle import BundleUnreadable, read_bundle
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import VerifierKey
from xiaohao.journal.note import LONGEST_NOTE
from xiaohao.journal.parcel import MANIFEST, NOTE, Listed, Parcel, digest_of, open_parcel, read_manifest, signers_of
from xiaohao.kernel.said import Said, say
from xiaohao.records.content import ContentStore
from xiaohao.records.parcels_out import Progress, untold

#: A manifest of a million files has some 100 MB; a root file of a county's whole list some 20 MB. More is no bundle of an office (ours).
_MOST_MANIFEST, _MOST_ROOT = 100 * 1024 * 1024, 64 * 1024 * 1024
_CHUNK = 1024 * 1024
#: Bytes that stay free on the disk of an installation.
_LEFT_FREE = 512 * 1024 * 1024


class NotTaken(ValueError):  # noqa: N818 - an answer for the person who brought the bundle
    """A bundle that is not taken in; `said` says why, naming the file, `way` what would help."""

    def __init__(self, said: Said, way: Said) -> None:
        super().__init__(str(said))
        self.said, self.way = said, way


@dataclass(frozen=True, slots=True)
class Incoming:
    """A bundle whose signature and every byte hold. `dossier` is what its root file says; `problems` how many defects that has."""

    parcel: Parcel
    manifest: bytes
    files: tuple[Listed, ...]
    root: Listed
    dossier: Dossier
    problems: int


_ASK_AGAIN = say("请对方重新导出，换一个介质再拷")


def read_parcel(source: IO[bytes], keys: Iterable[VerifierKey], progress: Progress = untold) -> Incoming:
    """Check a bundle through. Raises NotTaken for anything that is not exactly what a trusted key has signed."""
    try:
        with zipfile.ZipFile(source) as bundle:
            return _read(bundle, tuple(keys), progress)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as broken:
        raise NotTaken(say("这不是完好的 zip 文件：{reason}", reason=str(broken)[:100]), _ASK_AGAIN) from broken


def keep(source: IO[bytes], incoming: Incoming, store: ContentStore, progress: Progress = untold) -> None:
    """Put every file of a checked bundle into the store. Raises NotTaken where the file has changed since it was checked, or the disk is full."""
    if shutil.disk_usage(store.home if store.home.exists() else store.home.parent).free < incoming.parcel.bytes + _LEFT_FREE:
        raise NotTaken(
            say("磁盘空间不够，放不下这个案卷包（{size} 字节）", size=incoming.parcel.bytes), say("请系统管理员腾出空间后再导入")
        )
    done = 0
    with zipfile.ZipFile(source) as bundle:
        for file in incoming.files:
            sha256, size = store.put(_chunks(bundle, file))
            if sha256 != file.sha256:
                raise NotTaken(_changed(file.path), _ASK_AGAIN)
            done += size
            progress(done, incoming.parcel.bytes)
    store.put([incoming.manifest])


def _read(bundle: zipfile.ZipFile, keys: tuple[VerifierKey, ...], progress: Progress) -> Incoming:
    names = [entry.filename for entry in bundle.infolist() if not entry.is_dir()]
    if NOTE not in names or MANIFEST not in names:
        raise NotTaken(
            say("这不是签过名的案卷包：缺 {name}", name=NOTE if NOTE not in names else MANIFEST), say("请对方用“导出案卷包”导出")
        )
    parcel = _signed(_small(bundle, NOTE, LONGEST_NOTE), keys)
    manifest = _small(bundle, MANIFEST, _MOST_MANIFEST)
    if digest_of(manifest) != parcel.manifest:
        raise NotTaken(_changed(MANIFEST), _ASK_AGAIN)
    try:
        files = read_manifest(manifest)
    except Invalid as invalid:
        raise NotTaken(say("案卷包的清单有误：{reason}", reason=str(invalid)), _ASK_AGAIN) from invalid
    _same_files(names, files)
    done = 0
    for file in files:
        digest = hashlib.sha256()
        for chunk in _chunks(bundle, file):
            digest.update(chunk)
            done += len(chunk)
            progress(done, parcel.bytes)
        if digest.hexdigest() != file.sha256:
            raise NotTaken(_changed(file.path), _ASK_AGAIN)
    root = next((file for file in files if file.path in ("dossier.json", "ledger.json")), None)
    if root is None:
        raise NotTaken(say("案卷包里没有 dossier.json 或 ledger.json"), _ASK_AGAIN)
    try:
        dossier, problems = read_bundle(_small(bundle, root.path, _MOST_ROOT))
    except BundleUnreadable as unreadable:
        raise NotTaken(say("{path} 读不出来：{reason}", path=root.path, reason=str(unreadable)[:200]), _ASK_AGAIN) from unreadable
    return Incoming(parcel, manifest, files, root, dossier, len(problems))


def _signed(note: bytes, keys: tuple[VerifierKey, ...]) -> Parcel:
    try:
        signers = signers_of(note)
        known = {f"{key.name}+{key.key_id.hex()}" for key in keys}
        if not known & set(signers):
            raise NotTaken(
                say("不认识签名的人：{signers}", signers="、".join(signers)),
                say("请向对方当面或电话核对公钥，由系统管理员写进 keys/trusted 后再导入"),
            )
        return open_parcel(note, keys)
    except Invalid as invalid:
        raise NotTaken(say("{name} 的签名不成立：{reason}", name=NOTE, reason=str(invalid)), _ASK_AGAIN) from invalid


def _same_files(names: list[str], files: tuple[Listed, ...]) -> None:
    """What lies in the zip is what the manifest lists, no file more, none less and none twice."""
    listed = {file.path for file in files} | {NOTE, MANIFEST}
    for name in names:
        if name not in listed:
            raise NotTaken(say("多出一个没有签名的文件：{path}", path=name), _ASK_AGAIN)
    for path in sorted(listed - set(names)):
        raise NotTaken(say("缺一个文件：{path}", path=path), _ASK_AGAIN)
    if len(names) != len(set(names)):
        raise NotTaken(say("同一个文件有两份：{path}", path=next(n for n in names if names.count(n) > 1)), _ASK_AGAIN)


def _small(bundle: zipfile.ZipFile, name: str, most: int) -> bytes:
    with bundle.open(name) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise NotTaken(say("{path} 过大，不像案卷包", path=name), _ASK_AGAIN)
    return content


def _chunks(bundle: zipfile.ZipFile, file: Listed) -> Iterator[bytes]:
    """The file's bytes, never more than the manifest says: what unpacks to more is a changed file, and a zip bomb ends here."""
    left = file.bytes
    try:
        with bundle.open(file.path) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise NotTaken(_changed(file.path), _ASK_AGAIN)
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise NotTaken(_changed(file.path), _ASK_AGAIN) from broken
    if left:
        raise NotTaken(_changed(file.path), _ASK_AGAIN)


def _changed(path: str) -> Said:
    return say("{path} 与签名的清单不一致，被改过或拷坏了", path=path)
