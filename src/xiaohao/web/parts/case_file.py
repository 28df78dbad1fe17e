"""Photographs of a case for its printed file: small copies without metadata, with what each is."""

from __future__ import annotations

from collections.abc import Iterable

from xiaohao.documents.case_file.parts import Picture
from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Place
from xiaohao.evidence.photo import BadPicture, size_as_seen, thumbnail
from xiaohao.publicity.words import when_words

#: Pixels of the longer side: 74 mm of paper at some 200 points to the inch.
_SIDE = 560
_PHASES = {"before": "整改前", "during": "整改中", "after": "整改后"}


def pictures_of(dossier: Dossier, files: Iterable[File], *, public: bool) -> tuple[Picture, ...]:
    """Those of the files that can be shown; a damaged one is left out (fsck names it). What is said for its office holds its digest."""
    return tuple(picture for file in files if (picture := _picture(dossier, file, public)))


def _picture(dossier: Dossier, file: File, public: bool) -> Picture | None:
    content = dossier.content_of(file.id)
    if content is None:
        return None
    try:
        small = thumbnail(content, longest=_SIDE)
        width, height = size_as_seen(small)
    except BadPicture:
        return None
    place = dossier.find(Place, file.place)
    day = when_words((file.captured_at or file.claimed_at or "")[:10])
    parts = [
        _PHASES.get(file.phase or "", ""),
        file.caption or (place.name if place else ""),
        day,
        "" if public else f"摘要 {file.sha256[:12]}",
    ]
    return Picture(small, width, height, "　".join(part for part in parts if part) or "照片")
