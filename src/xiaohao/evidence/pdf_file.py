"""PDFs that keep still: no program inside, nothing started on opening, no file hidden in it, no password.

The one attachment that may be inside is the proof that our own notices carry.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.kernel.said import say

#: Names of actions that run or fetch something.
_LOUD = re.compile(rb"/(?:JavaScript|JS|Launch|ImportData|SubmitForm|RichMedia|XFA)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

#: Packed data, in which any four bytes occur by chance.
_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)

#: Actions of a page or annotation that only move about or open a link in words.
_QUIET_ACTIONS = frozenset({None, "/GoTo", "/URI", "/Named"})

#: Pages of one PDF; a scanned report has 200.
MOST_PAGES = 2000

#: What an official document's reader may find attached: our own proof (documents/notice_pdf.py).
_PROOF = ".tlog-proof"

_FAULTS = (
    PyPdfError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    AssertionError,
    NotImplementedError,
    OverflowError,
)


def require_quiet(content: bytes) -> None:
    """Raises Unacceptable for a PDF that is broken, locked, or not quiet."""
    if _LOUD.search(_unescaped(_STREAM.sub(b"", content))):
        raise Unacceptable(_has_program())
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise Unacceptable(say("PDF 带密码或禁止复制，请去掉保护后再传。"))
        if not 0 < len(reader.pages) <= MOST_PAGES:
            raise Unacceptable(say("PDF 有 {count} 页，应在 1 至 {most} 页之间。", count=len(reader.pages), most=MOST_PAGES))
        _look_at(reader)
    except _FAULTS as fault:
        if isinstance(fault, Unacceptable):
            raise
        raise Unacceptable(say("PDF 不完整或已损坏，请重新导出后再传。")) from fault


def _look_at(reader: PdfReader) -> None:
    """The catalogue, which may lie in a packed part of the file that a search of the bytes does not see."""
    root = _resolved(reader.trailer["/Root"])
    names = _resolved(root.get("/Names", DictionaryObject()))
    form = _resolved(root.get("/AcroForm", DictionaryObject()))
    opening = _resolved(root.get("/OpenAction"))
    if "/JavaScript" in names or "/AA" in root or "/XFA" in form or _acts(opening) or any(_page_acts(page) for page in reader.pages):
        raise Unacceptable(_has_program())
    if [name for name in reader.attachments if not name.endswith(_PROOF)]:
        raise Unacceptable(say("PDF 里夹带了附件，请把附件单独上传。"))


def _page_acts(page: DictionaryObject) -> bool:
    annotations = (_resolved(each) for each in _resolved(page.get("/Annots")) or ())
    return "/AA" in page or any("/AA" in each or _acts(_resolved(each.get("/A"))) for each in annotations)


def _acts(action: Any) -> bool:
    """Whether an action does more than show another place."""
    return isinstance(action, DictionaryObject) and action.get("/S") not in _QUIET_ACTIONS


def _resolved(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, IndirectObject) else thing


def _unescaped(content: bytes) -> bytes:
    """The bytes with `#4A` spelled J: a name may be written either way."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content) if b"#" in content else content


def _has_program() -> str:
    return say("PDF 里有会自动运行的程序或表单，不能接收。请“打印为 PDF”后再传。")
