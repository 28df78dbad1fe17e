"""Files that are evidence."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown

#: Our own name for the document of which a file is the stamped scan (DOSSIER.md, rule 7).
SCAN_OF = "x-scan-of"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMeta:
    """What the file says about itself, copied at intake."""

    created: str | None = None
    modified: str | None = None
    author: str | None = None
    last_author: str | None = None
    template: str | None = None
    revision: int | None = None
    edit_minutes: float | None = None
    software: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is evidence: where it lies in the bundle, its hash, and what it says about itself."""

    id: str
    path: str
    sha256: str
    bytes: int
    media: str
    kind: str
    phase: str | None = None
    tasks: tuple[str, ...] = ()
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    bearing: float | None = None
    claimed_at: str | None = None
    captured_at: str | None = None
    recorded_at: str
    device: str | None = None
    caption: str | None = None
    meta: FileMeta | None = None
    unknown: Unknown = ()
