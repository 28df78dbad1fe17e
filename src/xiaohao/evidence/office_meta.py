"""What a docx or xlsx says about itself: who made it when, who changed it last, from which template, how long it was worked on.

Read from docProps/core.xml and app.xml of a file that upload.py has accepted, by pattern and not by an XML parser: nothing in it is expanded.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO

from xiaohao.dossier.file import FileMeta

#: Bytes of a part that are looked at; a real one has about 1 KB.
_MOST = 64 * 1024
_LONGEST = 200


def office_meta(content: bytes) -> FileMeta | None:
    """The metadata of an office file, None for another kind of file or one that says nothing."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            core, app = _part(archive, "docProps/core.xml"), _part(archive, "docProps/app.xml")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return None
    revision, minutes = _text(core, "revision"), _text(app, "TotalTime")
    meta = FileMeta(
        created=_moment(_text(core, "created")),
        modified=_moment(_text(core, "modified")),
        author=_text(core, "creator"),
        last_author=_text(core, "lastModifiedBy"),
        template=_text(app, "Template"),
        revision=int(revision) if revision and revision.isdecimal() else None,
        edit_minutes=float(minutes) if minutes and minutes.isdecimal() else None,
        software=_text(app, "Application"),
    )
    return meta if meta != FileMeta() else None


def _part(archive: zipfile.ZipFile, name: str) -> str:
    if name not in archive.namelist():
        return ""
    with archive.open(name) as part:
        return part.read(_MOST).decode("utf-8", "replace")


def _text(xml: str, name: str) -> str | None:
    found = re.search(rf"<(?:\w+:)?{name}\b[^>]*>([^<]*)</", xml)
    return (unescape(found[1]).strip()[:_LONGEST] or None) if found else None


def _moment(text: str | None) -> str | None:
    return text if text and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?", text) else None
