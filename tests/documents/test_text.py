"""Bytes to text: what can be read is read whole, what cannot is refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

import pytest
from docx import Document
from pypdf import PdfWriter
from typst import Compiler

from xiaohao.documents import text as text_module
from xiaohao.documents.notice import read_notice
from xiaohao.documents.text import LARGEST_BYTES, Unreadable, read_text

SAMPLE = files("xiaohao.documents").joinpath("samples/qinghe-notice.txt").read_text("utf-8")
AT = "2026-03-03T09:00:00+08:00"


def as_html(text: str) -> bytes:
    body = "\n".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<!DOCTYPE html><html><head><title>x</title><meta charset='gb2312'><style>p{{}}</style></head><body><nav><a>首页</a></nav><script>var a='2021年';</script><form><div>{body}</div></form><footer>版权所有</footer></body></html>".encode(
        "gb18030"
    )


def as_docx(text: str) -> bytes:
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def as_pdf(text: str, tmp_path) -> bytes:
    import pylopdf_fonts_zh_cn

    fonts = files(pylopdf_fonts_zh_cn)
    source = tmp_path / "notice.typ"
    escaped = "\n\n".join("".join(f"\\{sign}" if sign in "#*_`$@<>[]\\/~=-+" else sign for sign in line) for line in text.split("\n"))
    source.write_text(
        f'#set text(size: 12pt, font: ("Noto Sans CJK SC", "Noto Serif CJK SC", "Noto Sans SC", "Noto Serif SC"))\n{escaped}', "utf-8"
    )
    return Compiler(str(source), font_paths=[str(fonts)]).compile(format="pdf")


def essentials(content: bytes, name: str):
    reading = read_notice(read_text(content, name).text, name, at=AT)
    fields = reading.fields
    return (
        fields.publicity_start, fields.publicity_end, fields.publicity_days_claimed, fields.working_days, fields.contact_phone, fields.contact_address, fields.issuer, fields.task_no,
        [item.no for item in fields.measures], [item.no for item in fields.completion_items], [(claim.kind, claim.value) for claim in reading.claims],
    )  # fmt: skip


WANTED = essentials(SAMPLE.encode(), "qinghe-notice.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "gbk"])
def test_a_text_file_is_read_in_any_usual_encoding(encoding):
    assert essentials(SAMPLE.encode(encoding), "notice.txt") == WANTED


def test_a_web_page_is_read_without_menus_and_scripts():
    read = read_text(as_html(SAMPLE), "notice.html")
    assert (read.media, read.encoding, "首页" in read.text, "var a" in read.text) == ("html", "gb18030", False, False)
    assert essentials(as_html(SAMPLE), "notice.html") == WANTED


def test_a_word_document_is_read():
    assert essentials(as_docx(SAMPLE), "notice.docx") == WANTED


def test_a_pdf_with_text_is_read(tmp_path):
    assert essentials(as_pdf(SAMPLE, tmp_path), "notice.pdf") == WANTED


def test_what_a_file_is_counts_and_not_its_name():
    assert essentials(as_docx(SAMPLE), "notice.txt") == WANTED
    assert read_text(SAMPLE.encode(), "notice.pdf").media == "txt"


ROWS = [
    ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "责任单位", "整改完成情况"],
    ["7", "河道淤积。", "河道畅通。", "1.清淤3公里。\n2.设立警示牌。", "2022年底", "青禾县水利局", "1.清淤3.1公里。\n2.设立警示牌20块。"],
]


def test_a_table_in_a_word_document_is_read_under_its_headers():
    document = Document()
    document.add_paragraph("青禾县整改任务销号公示")
    table = document.add_table(rows=0, cols=7)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    content = io.BytesIO()
    document.save(content)
    fields = read_notice(read_text(content.getvalue(), "t.docx").text, "t.docx", at=AT).fields
    assert (fields.task_no, fields.deadline, fields.responsible_units) == ("7", "2022-12-31", ("青禾县水利局",))
    assert ([i.text for i in fields.measures], [i.text for i in fields.completion_items]) == (
        ["清淤3公里。", "设立警示牌。"],
        ["清淤3.1公里。", "设立警示牌20块。"],
    )


def test_a_table_in_a_web_page_is_read_under_its_headers():
    table = "".join("<tr>" + "".join(f"<td>{cell.replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>" for row in ROWS)
    fields = read_notice(
        read_text(f"<html><body><h1>青禾县整改任务销号公示</h1><table>{table}</table></body></html>".encode(), "t.html").text,
        "t.html",
        at=AT,
    ).fields
    assert (fields.task_no, [i.text for i in fields.measures], [i.text for i in fields.completion_items]) == (
        "7",
        ["清淤3公里。", "设立警示牌。"],
        ["清淤3.1公里。", "设立警示牌20块。"],
    )


def test_a_table_of_label_and_value_pairs_is_read():
    table = "<table><tr><td>责任单位</td><td>青禾县水利局</td><td>整改时限</td><td>2022年底</td></tr><tr><td>整改措施</td><td colspan=3>清淤。</td></tr></table>"
    fields = read_notice(read_text(f"<html><body>{table}</body></html>".encode(), "t.html").text, "t.html", at=AT).fields
    assert (fields.responsible_units, fields.deadline, [i.text for i in fields.measures]) == (("青禾县水利局",), "2022-12-31", ["清淤。"])


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def scanned_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/"), part)
    return content.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的：f。请核对后重新提供。"),
        (b" \n\t\r\n", "文件是空的：f。请核对后重新提供。"),
        (b"\xef\xbb\xbf\xe3\x80\x80", "文件里没有文字：f。"),
        (b"x" * (LARGEST_BYTES + 1), "文件过大：f，超过 20 MB。请只提供公示文本本身。"),
        (bytes(range(256)) * 8, "不是文本文件：f。可以读取 .txt、.html、.docx 和带文字的 .pdf。"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 40, "不是文本文件：f。可以读取 .txt、.html、.docx 和带文字的 .pdf。"),
        (encrypted_pdf(), "文件加了密码：f。请去掉密码后重新提供。"),
        (scanned_pdf(), "PDF 里只有图片，没有文字：f。请提供原文件，或识别成文字后再提供。"),
        (b"%PDF-1.7\nbroken", "PDF 文件已损坏：f。请重新导出后再提供。"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件加了密码：f。请去掉密码后重新提供。"),
        (OLE, "旧版 Word 或 WPS 文件：f。请另存为 .docx 或 .txt 后重新提供。"),
        (b"PK\x03\x04broken", "Word 文件已损坏：f。请重新导出后再提供。"),
        (as_docx(SAMPLE)[:2000], "Word 文件已损坏：f。请重新导出后再提供。"),
        (zipped(word__document=b"x"), "这是压缩包，不是 Word 文件：f。请解开后提供其中的公示文本。"),
        (zipped(xl__workbook=b"x"), "这是 Excel 表格：f。请用清单导入，或另存为 .txt 后重新提供。"),
        (zipped(**{"word__document.xml": b"not xml"}), "Word 文件已损坏：f。请重新导出后再提供。"),
        (zipped(**{"word__document.xml": b"0" * (60 * 1024 * 1024)}), "Word 文件解开后过大：f。请另存为 .txt 后重新提供。"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_in_one_sentence(content, said):
    with pytest.raises(Unreadable) as refused:
        read_text(content, "f")
    assert str(refused.value) == said


def test_a_zip_that_lies_about_its_sizes_is_still_stopped():
    content = bytearray(zipped(**{"word__document.xml": b"0" * (60 * 1024 * 1024)}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")  # the directory now says one hundred bytes
    with pytest.raises(Unreadable):
        read_text(bytes(content), "f")


def test_a_text_longer_than_any_plan_is_refused(monkeypatch):
    monkeypatch.setattr(text_module, "LONGEST_TEXT", 100)
    with pytest.raises(Unreadable, match="文字过长"):
        read_text(("整改" * 100).encode(), "f")


def test_a_page_nested_without_end_is_read():
    assert read_text(("<html><body>" + "<div>" * 5000 + "整改完成" + "</div>" * 5000).encode(), "deep.html").text == "整改完成"
