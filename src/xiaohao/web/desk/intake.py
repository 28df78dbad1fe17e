"""Taking in files: looked at before they are kept, kept before a row points at them, and never under a name that somebody sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from django.core.files.uploadedfile import UploadedFile

from xiaohao.acts.ids import id_from
from xiaohao.acts.paper import OnPaper
from xiaohao.dossier.file import File
from xiaohao.evidence.office_meta import office_meta
from xiaohao.evidence.photo import PhotoFacts, told_by
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.evidence.upload import Upload, UploadKind, accept_upload, display_name
from xiaohao.kernel.said import say
from xiaohao.records import decoding, models
from xiaohao.records.models.filed import instant
from xiaohao.records.to_dossier import content_store

#: UploadKind -> File.kind of the dossier.
_KINDS = {
    UploadKind.JPEG: "photo",
    UploadKind.PNG: "photo",
    UploadKind.WEBP: "photo",
    UploadKind.HEIC: "photo",
    UploadKind.PDF: "document",
    UploadKind.DOCX: "document",
    UploadKind.XLSX: "sheet",
    UploadKind.CSV: "series",
    UploadKind.TXT: "document",
}


class Moment(Protocol):
    """Whatever the file is about: a case, or a sheet of no case. `at` is when it came."""

    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was looked at and is kept: its value for the dossier, and an earlier file with the same content, if any."""

    file: File
    facts: PhotoFacts | None
    earlier: models.File | None


def take_in(case: Moment, sent: UploadedFile, *, key: str, number: int = 0) -> Taken:
    """Look at the content, keep it, and say what it is. Raises Unacceptable with a sentence for whoever sent it."""
    content = sent.read()
    upload = accept_upload(content, sent.name or "", decode=decoding.facts)
    sha256, size = content_store().put([content])
    facts = told_by(content) if _KINDS[upload.kind] == "photo" else None
    file = File(
        id=id_from("file", key, number, sha256),
        path=f"{_KINDS[upload.kind]}s/{sha256[:16]}-{number}-{_plain(upload)}",
        sha256=sha256,
        bytes=size,
        media=upload.media,
        kind=_KINDS[upload.kind],
        recorded_at=instant(case.at),
        caption=upload.name,
        captured_at=facts.captured_at if facts else None,
        lat=facts.lat if facts else None,
        lon=facts.lon if facts else None,
        bearing=facts.bearing if facts else None,
        device=facts.device if facts else None,
        meta=office_meta(content),
    )
    return Taken(file, facts, models.File.objects.filter(sha256=sha256).order_by("recorded_at").first())


def _plain(upload: Upload) -> str:
    """A name for the path inside a bundle: what the person's file was called, in letters that every file system knows."""
    stem = upload.name.rpartition(".")[0] or upload.name
    plain = "".join(sign for sign in stem if sign.isalnum() or sign in "-_")[:40] or "file"
    return f"{plain}.{upload.kind.value}"


def about(name: str, refused: Unacceptable) -> str:
    """Why one of many files cannot be taken: the sentence, with the file's name where it does not hold it."""
    shown = display_name(name)
    return str(refused) if shown in str(refused) else say("“{name}”：{reason}", name=shown, reason=str(refused))


def scan_of(case: Moment, typed: dict[str, Any]) -> OnPaper:
    """A signature on paper, entered with its scan. Raises Unacceptable."""
    taken = take_in(case, typed["scan"], key=typed["key"])
    return OnPaper(signed_by=typed["signed_by"], signed_on=typed["signed_on"].isoformat(), scan=replace(taken.file, kind="scan"))
