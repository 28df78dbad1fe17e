"""The notice as a PDF that an office would stamp: A4 in the manner of an official document, with its QR code and the journal's checkpoint.

The digest in the journal is that of the notice's content, so the PDF is made after the entry and can carry its proof (JOURNAL.md 2.6).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xiaohao.documents.notice_sheet import notice_sheet
from xiaohao.documents.typeset import set_pdf
from xiaohao.publicity.notice_content import Notice


def notice_pdf(notice: Notice, *, url: str, checkpoint_line: str, made_at: datetime, proof: str = "", fonts: Path | None = None) -> bytes:
    """The PDF/A of the notice: the same bytes for the same notice, address, checkpoint, proof, moment and faces.
    `checkpoint_line` is printed as it stands ("" before the notice is in the journal), `proof` (a .tlog-proof file) is attached.
    `fonts` is a folder of licensed faces. Raises ValueError for a `made_at` without its offset."""
    return set_pdf("notice", notice_sheet(notice, url=url, checkpoint_line=checkpoint_line, proof=proof), made_at=made_at, fonts=fonts)
