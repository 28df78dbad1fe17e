"""What stands in an answer, whatever its form: pages, tables, papers, feeds and archives give up their words."""

from __future__ import annotations

import html
import io
import zipfile
from typing import Any

from xiaohao.documents.text_pdf import pdf_text


def words_of(response: Any) -> str:
    """All text of an answer, its head lines with it; of an archive that of every member."""
    content = b"".join(response) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{head}\n{text_of(content)}"


def text_of(content: bytes) -> str:
    """The text of bytes by what they are, not by what they are called."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{text_of(archive.read(name))}" for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return pdf_text(content, "pdf")
    return html.unescape(content.decode("utf-8", "replace"))
