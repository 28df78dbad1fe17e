"""Bytes to plain text: .txt, .html, .docx and .pdf, told apart by what they are, not only by their names.

Whatever cannot be read is refused with one Chinese sentence that says what is wrong and what to do (Unreadable), never with a traceback.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiaohao.kernel.said import Said, say

#: The largest file that is read; a notice is a few kilobytes, a whole plan a few megabytes.
LARGEST_BYTES = 20 * 1024 * 1024
#: The longest text that is read; the longest provincial plan has some 200,000 characters.
LONGEST_TEXT = 2_000_000


#: Half of a sign outside the first plane, alone; a PDF may give one, and it cannot be written out again.
_HALF_SIGN = re.compile("[\ud800-\udfff]")


class Unreadable(ValueError):  # noqa: N818 - an answer for the person who sent the file
    """The file cannot be read; `said` is the sentence for its sender."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True, slots=True)
class ReadText:
    """`text` with line ends as \\n; `media` is txt, html, docx or pdf; `encoding` the one a text file turned out to have."""

    text: str
    media: str
    encoding: str | None = None


def read_text(content: bytes, name: str) -> ReadText:
    """The plain text of a file. Raises Unreadable for an empty, huge, binary, encrypted or broken one, and for a PDF that is only pictures."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(say("文件是空的：{name}。请核对后重新提供。", name=name))
    if len(content) > LARGEST_BYTES:
        raise Unreadable(say("文件过大：{name}，超过 {limit} MB。请只提供公示文本本身。", name=name, limit=LARGEST_BYTES // (1024 * 1024)))
    read = _by_content(content, name)
    text = _HALF_SIGN.sub("\ufffd", read.text).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable(say("文件里没有文字：{name}。", name=name))
    if len(text) > LONGEST_TEXT:
        raise Unreadable(say("文字过长：{name}，超过 {limit} 万字。请拆分后再试。", name=name, limit=LONGEST_TEXT // 10_000))
    return ReadText(text, read.media, read.encoding)


def _by_content(content: bytes, name: str) -> ReadText:
    if content.startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        from xiaohao.documents.text_pdf import pdf_text

        return ReadText(pdf_text(content, name), "pdf")
    if content.startswith(b"PK\x03\x04"):
        from xiaohao.documents.text_docx import docx_text

        return ReadText(docx_text(content, name), "docx")
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # OLE: an old .doc, or a .docx under a password
        raise Unreadable(_ole(content, name))
    text, encoding = decode(content, name)
    if _is_html(text, name):
        from xiaohao.documents.text_html import html_text

        declared = decode_html(content, name)
        return ReadText(html_text(declared[0]), "html", declared[1])
    return ReadText(text, "txt", encoding)


def _ole(content: bytes, name: str) -> Said:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return say("文件加了密码：{name}。请去掉密码后重新提供。", name=name)
    return say("旧版 Word 或 WPS 文件：{name}。请另存为 .docx 或 .txt 后重新提供。", name=name)


def decode(content: bytes, name: str) -> tuple[str, str]:
    """Text and encoding of a text file: by its byte order mark, else UTF-8, else GB18030. Raises Unreadable for what is no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decoded(content, encoding, name), encoding
    if b"\x00" in content:
        raise _binary(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_noise(text):
            return text, encoding
    raise _binary(name)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise _binary(name) from wrong


def _binary(name: str) -> Unreadable:
    return Unreadable(say("不是文本文件：{name}。可以读取 .txt、.html、.docx 和带文字的 .pdf。", name=name))


#: A text may hold this share of control characters and private-use signs; more is a binary that happens to decode.
MOST_NOISE = 0.02


def _is_noise(text: str) -> bool:
    sample = text[:20_000]
    noise = sum(
        1
        for sign in sample
        if (sign < " " and sign not in "\t\n\r\f\v") or sign == "\x7f" or "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd"
    )
    return noise > MOST_NOISE * len(sample)


def decode_html(content: bytes, name: str) -> tuple[str, str]:
    """As `decode`, but the page's own charset is believed first."""
    declared = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", content[:4096], re.IGNORECASE)
    if declared and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        charset = declared[1].decode("ascii").lower()
        charset = "gb18030" if charset in {"gb2312", "gbk", "gb18030"} else charset
        try:
            return content.decode(charset), charset
        except (UnicodeDecodeError, LookupError):
            pass  # a page that declares one charset and is written in another: fall back to what it really is
    return decode(content, name)


def _is_html(text: str, name: str) -> bool:
    head = text[:2048].lstrip("\ufeff \n\r\t").lower()
    return head.startswith(("<!doctype html", "<html", "<?xml", "<!--")) or (
        ("<body" in head or "<div" in head or "<p" in head or "<meta" in head)
        and name.lower().endswith((".html", ".htm", ".shtml", ".xhtml", ".txt"))
    )
