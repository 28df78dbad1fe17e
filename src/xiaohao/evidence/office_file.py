"""docx and xlsx as the zip archives they are: every part is unpacked once, counted in real bytes, and read for what could run or reach out.

Sizes written in the archive's own directory are claims of whoever made it; only unpacked bytes count.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from io import BytesIO
from typing import Final

from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.kernel.said import say

#: Bytes of all parts, unpacked: ten times the largest file that may be sent, more than any ledger of a province.
MOST_UNPACKED = 256 * 1024 * 1024

#: Bytes of one part, unpacked: a sheet of 100,000 rows is about 60 MB of XML.
MOST_IN_PART = 128 * 1024 * 1024

#: Parts of one archive: a report with 500 pictures has about 1,100.
MOST_PARTS = 3000

#: Unpacked over packed bytes of a part. XML of equal rows reaches 40; a bomb has 1,000. Parts under a megabyte cannot hurt.
MOST_RATIO = 150
_RATIO_FROM = 1024 * 1024

_CHUNK: Final = 256 * 1024
_OVERLAP: Final = 512

_MAIN = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
_MACROS = re.compile(rb"macroEnabled", re.IGNORECASE)
_NESTED = re.compile(r"\.(zip|7z|rar|gz|tgz|jar|exe|dll|js|vbs|bat|cmd|ps1|scr|com|hta|html?|svg)$", re.IGNORECASE)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_DDE = re.compile(
    rb"<(?:\w+:)?f\b[^>]*>[^<]*\|[^<]*![^<]*</|\bDDE(?:AUTO)?\b[^<]{0,200}(?:cmd|powershell|\.exe)|<(?:\w+:)?ddeLink\b", re.IGNORECASE
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def office_kind(content: bytes) -> str:
    """`docx` or `xlsx`, once every part has been read. Raises Unacceptable for anything else that is packed in a zip."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _require_plain_directory(archive.infolist())
            kind = _declared_kind(archive)
            _read_all(archive)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
        if isinstance(fault, Unacceptable):
            raise
        raise Unacceptable(say("文件已损坏或带密码，请去掉密码、重新保存后再传。")) from fault


def _require_plain_directory(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        raise Unacceptable(say("文件里有 {count} 个部分，最多 {most} 个。", count=len(parts), most=MOST_PARTS))
    if len({name.lower() for name in names}) != len(names):
        raise Unacceptable(say("文件里有重名的部分，请用办公软件重新保存后再传。"))
    for part in parts:
        if part.flag_bits & 0x1:
            raise Unacceptable(say("文件带密码，请去掉密码后再传。"))
        if part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename) or ":" in part.filename:
            raise Unacceptable(say("文件里的路径指向文件之外，不能接收。"))
        if stat.S_ISLNK(part.external_attr >> 16):
            raise Unacceptable(say("文件里有指向别处的链接，不能接收。"))
        if _NESTED.search(part.filename):
            raise Unacceptable(say("文件里夹带了压缩包、网页或程序，不能接收。请把它们分开。"))
        if part.filename.lower().endswith("vbaproject.bin"):
            raise Unacceptable(say("文件带宏，不能接收。请另存为不带宏的 docx 或 xlsx。"))
        if re.search(r"(^|/)externallinks/", part.filename, re.IGNORECASE):
            raise Unacceptable(say("表格引用了别的文件，不能接收。请把引用改成数值后再传。"))
        if "oleobject" in part.filename.lower() or "activex" in part.filename.lower():
            raise Unacceptable(say("文件里嵌入了别的程序的对象，不能接收。请改为图片或文字。"))


def _declared_kind(archive: zipfile.ZipFile) -> str:
    """The kind that [Content_Types].xml declares; the extension of the file's name is nothing."""
    try:
        part = archive.getinfo("[Content_Types].xml")
    except KeyError:
        raise Unacceptable(say("不接收压缩包，请把里面的文件逐个上传。")) from None
    with archive.open(part) as stream:
        declared = stream.read(_CHUNK)
    if _MACROS.search(declared):
        raise Unacceptable(say("文件带宏，不能接收。请另存为不带宏的 docx 或 xlsx。"))
    kinds = [kind for mark, kind in _MAIN.items() if mark in declared]
    if len(kinds) != 1:
        raise Unacceptable(say("不是 docx 或 xlsx 文件。"))
    return kinds[0]


def _read_all(archive: zipfile.ZipFile) -> None:
    total = 0
    for part in archive.infolist():
        total = _read_part(archive, part, total)


def _read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, total: int) -> int:
    """Unpack one part piece by piece, stop at the limits, look into XML. Returns the bytes unpacked so far."""
    is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            packed = max(1, part.compress_size)
            if size > MOST_IN_PART or total + size > MOST_UNPACKED or (size > _RATIO_FROM and size / packed > MOST_RATIO):
                raise Unacceptable(say("文件解开以后大得不合常理，不能接收。"))
            if is_markup:
                _require_quiet_markup((tail or b"") + piece, first=size == len(piece))
                tail = piece[-_OVERLAP:]
    return total + size


def _require_quiet_markup(text: bytes, *, first: bool) -> None:
    if first and text.startswith(_UTF16):
        raise Unacceptable(say("文件的内部编码不合常规，请用办公软件重新保存后再传。"))
    if _DTD.search(text):
        raise Unacceptable(say("文件里有不该有的文档类型声明，不能接收。"))
    if _DDE.search(text):
        raise Unacceptable(say("文件里有会启动别的程序的公式，不能接收。"))
    for relation in _RELATION.findall(text):
        if b'"External"' in relation.replace(b"'", b'"') and not re.search(rb"/hyperlink[\"']", relation):
            raise Unacceptable(say("文件会在打开时去取别处的内容，不能接收。请把外部引用去掉。"))
