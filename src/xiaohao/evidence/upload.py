"""The gate for uploads: nine kinds of file, told by their content and never by their name, each with a size of its own.

Whatever may run, hide another file or blow up when opened is refused with a sentence that says what to send instead.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from types import MappingProxyType

from xiaohao.evidence.office_file import office_kind
from xiaohao.evidence.photo import BadPicture, read_photo, sniff_picture
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.kernel.said import say

__all__ = ["LARGEST", "Unacceptable", "Upload", "UploadKind", "accept_upload", "display_name"]

_MB = 1024 * 1024


class UploadKind(StrEnum):
    """What may be uploaded; the value is the extension that the file is stored and served under."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    TXT = "txt"


#: Bytes by kind: a 50-megapixel photo, a scanned report of 200 pages, a ledger of 100,000 rows, an hourly series of ten years.
LARGEST: Mapping[UploadKind, int] = MappingProxyType(
    {
        UploadKind.JPEG: 25 * _MB,
        UploadKind.PNG: 25 * _MB,
        UploadKind.WEBP: 25 * _MB,
        UploadKind.HEIC: 25 * _MB,
        UploadKind.PDF: 50 * _MB,
        UploadKind.DOCX: 25 * _MB,
        UploadKind.XLSX: 25 * _MB,
        UploadKind.CSV: 25 * _MB,
        UploadKind.TXT: 5 * _MB,
    }
)

MEDIA: Mapping[UploadKind, str] = MappingProxyType(
    {
        UploadKind.JPEG: "image/jpeg",
        UploadKind.PNG: "image/png",
        UploadKind.WEBP: "image/webp",
        UploadKind.HEIC: "image/heic",
        UploadKind.PDF: "application/pdf",
        UploadKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        UploadKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        UploadKind.CSV: "text/csv",
        UploadKind.TXT: "text/plain",
    }
)

#: What people's programs call the same kinds.
_EXTENSIONS: Mapping[str, UploadKind] = MappingProxyType(
    {**{str(kind): kind for kind in UploadKind}, "jpeg": UploadKind.JPEG, "jpe": UploadKind.JPEG, "heif": UploadKind.HEIC}
)

#: Text that a browser would run: taken under no name that says what it is, nor advised to be renamed.
_NOT_TAKEN = {"svg": "SVG", "html": "HTML", "htm": "HTML", "xhtml": "HTML", "xml": "XML", "mht": "HTML", "mhtml": "HTML"}
#: Kinds that are often sent and cannot be taken, by their first bytes at an offset, with what to do instead.
_REFUSED: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftypavif", say("暂不接收 AVIF 图片，请另存为 JPEG 或 PNG。")),
    (4, b"ftyphevc", say("暂不接收连拍和动态照片，请传其中一张静态照片。")),
    (4, b"ftypmsf1", say("暂不接收连拍和动态照片，请传其中一张静态照片。")),
    (4, b"ftyp", say("暂不接收视频，请传照片或截图。")),
    (0, b"GIF8", say("不接收 GIF 动图，请传 JPEG 或 PNG 图片。")),
    (0, b"BM", say("不接收 BMP 图片，请另存为 JPEG 或 PNG。")),
    (0, b"II*\x00", say("不接收 TIFF 图片，请另存为 JPEG 或 PDF。")),
    (0, b"MM\x00*", say("不接收 TIFF 图片，请另存为 JPEG 或 PDF。")),
    (0, b"\xd0\xcf\x11\xe0", say("不接收旧格式的 doc、xls 或带密码的文件，请去掉密码，另存为 docx 或 xlsx。")),
    (0, b"Rar!", say("不接收压缩包，请把里面的文件逐个上传。")),
    (0, b"7z\xbc\xaf", say("不接收压缩包，请把里面的文件逐个上传。")),
    (0, b"\x1f\x8b", say("不接收压缩包，请把里面的文件逐个上传。")),
    (0, b"MZ", say("不接收程序文件。")),
    (0, b"\x7fELF", say("不接收程序文件。")),
)

#: Marks of a page or drawing that a browser would run, wherever they stand. They are long enough not to occur by chance in packed data.
_RUNS = re.compile(
    rb"<script[\s>/]|<html[\s>]|<!doctype\s+html|<iframe[\s>]|<body[\s>]|<svg[^>]{0,400}(?:xmlns|onload)|<\?php\s|javascript:[\w(]",
    re.IGNORECASE,
)
_MARKUP_TEXT = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<svg|<!--|MIME-Version:|From:\s.*\nSubject:)", re.IGNORECASE)

_BOM = b"\xef\xbb\xbf"

#: Code units of a name that is shown; file systems take 255 bytes, 80 Han characters of UTF-8.
_LONGEST_NAME = 80
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept: its kind, its fixed media type, and its name as it may be shown (never used as a path)."""

    kind: UploadKind
    media: str
    name: str


def accept_upload(content: bytes, name: str, *, decode: Callable[[bytes], object] = read_photo) -> Upload:
    """The upload, once its content has been read through. `decode` reads a picture whole or raises BadPicture; whoever serves strangers gives one that
    works in a process apart. Raises Unacceptable with a sentence for the person who sent it."""
    shown = display_name(name)
    if not content:
        raise Unacceptable(say("“{name}”是空文件。", name=shown))
    if len(content) > max(LARGEST.values()):
        raise Unacceptable(_too_large(shown, len(content), max(LARGEST.values())))
    kind = _kind_of(content, shown)
    if len(content) > LARGEST[kind]:
        raise Unacceptable(_too_large(shown, len(content), LARGEST[kind]))
    _require_own_name(kind, shown)
    _require_harmless(kind, content, shown, decode)
    return Upload(kind, MEDIA[kind], shown)


def display_name(name: str) -> str:
    """The last part of a file's name, as it may be shown: no folders, controls or turned directions, no reserved word, not too long."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    stem, dot, extension = seen.strip(" .").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    if stem.upper() in _RESERVED or not stem:
        stem = f"文件{stem}"
    extension = extension[:8]
    return f"{stem[: _LONGEST_NAME - len(extension) - 1]}{dot}{extension}"


def _kind_of(content: bytes, name: str) -> UploadKind:
    picture = sniff_picture(content)
    if picture:
        return next(kind for kind, media in MEDIA.items() if media == picture)
    if content.startswith(b"%PDF-"):
        return UploadKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return UploadKind(office_kind(content))
    if _is_text(content):
        return UploadKind.CSV if _extension(name) == UploadKind.CSV else UploadKind.TXT
    for offset, mark, way in _REFUSED:
        if content[offset : offset + len(mark)] == mark:
            raise Unacceptable(way)
    raise Unacceptable(say("认不出“{name}”是什么文件。可以传 JPEG、PNG、WebP、HEIC、PDF、docx、xlsx、csv 和 txt。", name=name))


def _require_own_name(kind: UploadKind, name: str) -> None:
    extension = _extension(name)
    if extension and _EXTENSIONS.get(extension) is not kind:
        if extension in _NOT_TAKEN:
            raise Unacceptable(
                say("“{name}”是 {kind}，不能接收：里面可能带有程序。请截图或打印成 PDF 再传。", name=name, kind=_NOT_TAKEN[extension])
            )
        raise Unacceptable(
            say("“{name}”的内容是 {kind}，与文件名的后缀不一致。请确认没有选错，改正后缀后再传。", name=name, kind=kind.value)
        )


def _require_harmless(kind: UploadKind, content: bytes, name: str, decode: Callable[[bytes], object]) -> None:
    if kind in (UploadKind.DOCX, UploadKind.XLSX):
        return  # office_kind has read every part
    if zipfile.is_zipfile(BytesIO(content)):
        raise Unacceptable(say("“{name}”里夹带了压缩包，不能接收。", name=name))
    if _RUNS.search(content) or (kind in (UploadKind.CSV, UploadKind.TXT) and _MARKUP_TEXT.match(content.removeprefix(_BOM))):
        raise Unacceptable(say("“{name}”里夹带了网页代码，不能接收。", name=name))
    if kind is UploadKind.PDF:
        from xiaohao.evidence.pdf_file import require_quiet  # late: its library takes a sixth of the server's start

        require_quiet(content)
    elif sniff_picture(content):
        _require_whole_picture(content, decode)


def _require_whole_picture(content: bytes, decode: Callable[[bytes], object]) -> None:
    try:
        decode(content)
    except BadPicture as bad:
        raise Unacceptable(str(bad)) from bad


def _is_text(content: bytes) -> bool:
    """UTF-8 or GB18030 without controls other than tab and line ends."""
    if re.search(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]", content):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _too_large(name: str, size: int, most: int) -> str:
    return say("“{name}”有 {size} MB，最多 {most} MB。", name=name, size=-(-size // _MB), most=most // _MB)
