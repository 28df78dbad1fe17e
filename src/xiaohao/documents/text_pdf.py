"""PDF files with text to text (lines that the margin broke are joined when the text is folded). Scans without text are refused, not guessed at."""

from __future__ import annotations

import io
import logging
import re

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from xiaohao.documents.text import LONGEST_TEXT, Unreadable
from xiaohao.kernel.said import say

#: A notice has one to ten pages, a whole plan a few hundred.
MOST_PAGES = 800
#: A page of a scan holds no more text than a page number or a stamp.
FEWEST_CHARACTERS = 8


def pdf_text(content: bytes, name: str) -> str:
    """The text of a PDF. Raises Unreadable for an encrypted, broken or picture-only one."""
    try:
        pages = _pages(content, name)
    except (
        PyPdfError,
        DependencyError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        ZeroDivisionError,
        AssertionError,
    ) as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable(say("PDF 文件已损坏：{name}。请重新导出后再提供。", name=name)) from wrong
    text = "\n".join(pages)
    if len(re.sub(r"\s", "", text)) < FEWEST_CHARACTERS:
        raise Unreadable(say("PDF 里只有图片，没有文字：{name}。请提供原文件，或识别成文字后再提供。", name=name))
    return text


def _pages(content: bytes, name: str) -> list[str]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it warns of is said in our own sentence or not at all
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(say("文件加了密码：{name}。请去掉密码后重新提供。", name=name))
    if len(reader.pages) > MOST_PAGES:
        raise Unreadable(say("PDF 页数过多：{name}，超过 {limit} 页。请拆分后再试。", name=name, limit=MOST_PAGES))
    pages, length = [], 0
    for page in reader.pages:
        text = page.extract_text() or ""
        length += len(text)
        if length > LONGEST_TEXT:
            break
        pages.append(text)
    return pages
