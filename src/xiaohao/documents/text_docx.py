"""Word documents to text, in the order of the page, tables included. A zip that unpacks to more than a document can be is refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from xiaohao.documents.cells import table_lines
from xiaohao.documents.text import Unreadable
from xiaohao.kernel.said import Said, say

#: What a document may unpack to, in all and in its main part; counted while unpacking, since the sizes written in a zip may be false.
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_XML = 40 * 1024 * 1024
#: A document has a few dozen parts, one with many pictures a few hundred.
MOST_PARTS = 5_000
_CHUNK = 64 * 1024


def docx_text(content: bytes, name: str) -> str:
    """The text of a .docx. Raises Unreadable for a broken zip, a zip bomb, another kind of zip or a document under a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _count(package, name)
            if "word/document.xml" not in package.namelist():
                raise Unreadable(_other_zip(package, name))
        document = Document(io.BytesIO(content))
        return "\n".join(line for line in _lines(document) if line.strip())
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        PackageNotFoundError,
        KeyError,
        ParseError,
        ValueError,
        OSError,
    ) as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable(say("Word 文件已损坏：{name}。请重新导出后再提供。", name=name)) from wrong


def _count(package: zipfile.ZipFile, name: str) -> None:
    """Unpack everything once, keeping nothing, and stop at the limits."""
    parts = package.infolist()
    too_large = Unreadable(say("Word 文件解开后过大：{name}。请另存为 .txt 后重新提供。", name=name))
    if len(parts) > MOST_PARTS:
        raise too_large
    total = 0
    for part in parts:
        if part.flag_bits & 0x1:
            raise Unreadable(say("文件加了密码：{name}。请去掉密码后重新提供。", name=name))
        own = 0
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                own += len(chunk)
                total += len(chunk)
                if total > LARGEST_UNPACKED or (part.filename.endswith(".xml") and own > LARGEST_XML):
                    raise too_large


def _other_zip(package: zipfile.ZipFile, name: str) -> Said:
    names = package.namelist()
    if any(part.startswith("xl/") for part in names):
        return say("这是 Excel 表格：{name}。请用清单导入，或另存为 .txt 后重新提供。", name=name)
    if any(part.startswith("OFD") or part.endswith("OFD.xml") for part in names):
        return say("这是 OFD 文件：{name}。请另存为 .pdf 或 .txt 后重新提供。", name=name)
    return say("这是压缩包，不是 Word 文件：{name}。请解开后提供其中的公示文本。", name=name)


def _lines(document: DocxDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from table_lines(_rows(block))


def _rows(table: Table) -> list[list[str]]:
    """Rows of cells; a merged cell is taken once per row."""
    rows = []
    for row in table.rows:
        seen: list[object] = []
        cells = []
        for cell in row.cells:
            if cell._tc not in seen:  # the same merged cell is handed out once for each grid column
                seen.append(cell._tc)
                cells.append("\n".join(paragraph.text.strip() for paragraph in cell.paragraphs if paragraph.text.strip()))
        rows.append(cells)
    return rows
