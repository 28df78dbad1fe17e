"""Bundles from elsewhere as they are kept: who may see them, what they hold, and whose keys this installation trusts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from xiaohao.dossier import Dossier
from xiaohao.dossier.bundle import read_bundle
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import VerifierKey, parse_vkey
from xiaohao.journal.parcel import Listed, read_manifest
from xiaohao.kernel.roles import Actor
from xiaohao.records.content import ContentStore, StoredContents
from xiaohao.records.models import Received
from xiaohao.records.to_dossier import content_store
from xiaohao.records.worklist import root_of


@dataclass(frozen=True, slots=True)
class Trusted:
    """The keys in the list of trusted ones, and the lines of it that are none."""

    keys: tuple[VerifierKey, ...]
    wrong: tuple[str, ...]


def trusted_file() -> Path:
    """Where the list is: a vkey a line, `#` begins a remark."""
    return Path(settings.HOME) / "keys" / "trusted"


def trusted() -> Trusted:
    """Whose bundles are taken in. Without the file: nobody's."""
    try:
        lines = trusted_file().read_text("utf-8").splitlines()
    except FileNotFoundError:
        return Trusted((), ())
    keys, wrong = [], []
    for line in (line.partition("#")[0].strip() for line in lines):
        try:
            if line:
                keys.append(parse_vkey(line))
        except Invalid:
            wrong.append(line)
    return Trusted(tuple(keys), tuple(wrong))


def seen_by(actor: Actor) -> QuerySet[Received]:
    """What the units of this person's own subtree have taken in, newest first."""
    root = root_of(actor.org)
    if root is None:
        return Received.objects.none()
    return Received.objects.filter(org__path__startswith=root).select_related("org").order_by("-recorded_at", "-pk")


def manifest_files(row: Received) -> tuple[Listed, ...]:
    """Every file of the bundle. Raises FileNotFoundError or ContentDamaged where its manifest is lost."""
    return read_manifest(content_store().get(row.manifest))


def dossier_in(row: Received) -> Dossier:
    """What the bundle says, with its files at hand. Raises FileNotFoundError or ContentDamaged."""
    store = content_store()
    dossier, _ = read_bundle(store.get(row.root), StoredContents(store, {file.path: file.sha256 for file in manifest_files(row)}, {}))
    return dossier


def faults_in(store: ContentStore) -> list[tuple[str, str]]:
    """(id of the bundle, path) of every file that is not in the store as it came."""
    found = []
    for row in Received.objects.order_by("pk").iterator():
        try:
            files = manifest_files(row)
        except OSError:
            found.append((row.pk, "manifest.txt"))
            continue
        for file in files:
            try:
                for _ in store.chunks(file.sha256):
                    pass
            except OSError:
                found.append((row.pk, file.path))
    return found
