"""PDF files with text to text; lines that the page width broke are joined again. Scans without text are refused, not guessed at."""

from __future__ import annotations

import io
import logging
import re
from itertools import pairwise

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from xiaohao.documents.labels import heading
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
    return unwrapped(text)


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


_STARTS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、．]|[①-⑳]|[一二三四五六七八九十]是|附件|特此|【|[^：:\n]{2,8}[：:]|\d{4}年\d{1,2}月\d{1,2}日"
)
_ENDS = re.compile(r"[。；！？：;:!?]”?$")


def unwrapped(text: str) -> str:
    """Join lines that were broken at the right margin: a line as long as the page is wide, without an end of sentence, goes on in the next."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return ""
    width = sorted(len(line) for line in lines)[int(0.9 * (len(lines) - 1))]
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if len(before) >= 0.85 * width and width >= 16 and not _ENDS.search(before) and not _STARTS.match(line) and not heading(line):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)
