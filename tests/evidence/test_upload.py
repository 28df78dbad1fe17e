from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.evidence.pictures import drawn, jpeg, png, png_bomb, webp
from tests.publicity.test_notice import WORKS_NOTICE
from xiaohao.documents.notice_pdf import notice_pdf
from xiaohao.evidence import office_file
from xiaohao.evidence.upload import LARGEST, MEDIA, Unacceptable, Upload, UploadKind, accept_upload, display_name
from xiaohao.kernel.when import CST


def docx(text: str = "整改台账") -> bytes:
    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
SHEET = '<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'


def xlsx(parts: Mapping[str, str | bytes] | None = None, *, types: str = _CONTENT_TYPES) -> bytes:
    """A small ledger, with parts added or replaced."""
    content = {"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": SHEET, **(parts or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


def pdf(change: str = "") -> bytes:
    """One blank page, with one thing in it that should not be there."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    if change == "script":
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )
    elif change == "attachment":
        writer.add_attachment("virus.exe", b"MZ")
    elif change == "proof":
        writer.add_attachment("notice.tlog-proof", b"c2sp.org/tlog-proof@v1\n")
    elif change == "launch":
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
        )
    elif change == "page action":
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject({NameObject("/S"): NameObject("/Hide")})})
    elif change == "locked":
        writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


HONEST = {
    "现场.jpg": (jpeg(), UploadKind.JPEG),
    "现场.JPEG": (jpeg(), UploadKind.JPEG),
    "图.png": (png(), UploadKind.PNG),
    "图.webp": (webp(), UploadKind.WEBP),
    "报告.pdf": (pdf(), UploadKind.PDF),
    "带证明的公示.pdf": (pdf("proof"), UploadKind.PDF),
    "方案.docx": (docx(), UploadKind.DOCX),
    "台账.xlsx": (xlsx(), UploadKind.XLSX),
    "氨氮.csv": (b"time,value,mark\n2021-03-15,-3.9,\n=1+1,2,\n", UploadKind.CSV),
    "台账.csv": ("序号,任务\n1,北山砂石料场\n".encode("gb18030"), UploadKind.CSV),
    "说明.txt": ("\ufeffBM25 算法与 <3 的值，见《办法》。\r\n".encode(), UploadKind.TXT),
    "没有后缀": (jpeg(), UploadKind.JPEG),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_taken_by_its_content(name: str):
    content, kind = HONEST[name]
    assert accept_upload(content, name) == Upload(kind, MEDIA[kind], name)


def test_our_own_notice_with_its_proof_is_taken():
    content = notice_pdf(
        WORKS_NOTICE,
        url="https://x.example/n/1",
        checkpoint_line="",
        made_at=datetime(2026, 3, 3, tzinfo=CST),
        proof="c2sp.org/tlog-proof@v1\n",
    )
    assert accept_upload(content, "公示.pdf").kind is UploadKind.PDF


def zipped(name: str = "a.txt", content: bytes = b"hello") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def linked() -> bytes:
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/workbook.xml", "<workbook/>")
    return out.getvalue()


def locked_zip() -> bytes:
    """An archive whose entries claim to be encrypted."""
    content = bytearray(xlsx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def relation(target: str, kind: str, mode: str = ' TargetMode="External"') -> str:
    return f'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/></Relationships>'


JPEG_WITH_SCRIPT = jpeg(comment=b"<script>alert(1)</script>")
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "empty": ("空.txt", b"", "是空文件"),
    "svg": ("图.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "不能接收"),
    "svg named png": ("图.png", b'<?xml version="1.0"?><svg onload="alert(1)"/>', "后缀不一致"),
    "svg named txt": ("图.txt", b'<svg onload="alert(1)"/>', "网页代码"),
    "html named txt": ("页.txt", "说明\n<ScRiPt src=//x>".encode(), "网页代码"),
    "html behind a BOM": ("页.txt", b"\xef\xbb\xbf \n<!DOCTYPE html>", "网页代码"),
    "mhtml": ("页.txt", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx", "网页代码"),
    "jpeg with script": ("现场.jpg", JPEG_WITH_SCRIPT, "网页代码"),
    "jpeg with html behind it": ("现场.jpg", jpeg() + b"<html><body onload=alert(1)>", "网页代码"),
    "png with zip": ("图.png", png() + zipped(), "压缩包"),
    "pdf with zip": ("报告.pdf", pdf() + zipped(), "压缩包"),
    "gif with script": ("图.gif", b"GIF89a=1;alert(1);//", "后缀不一致"),
    "gif": ("图.gif", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00", "GIF"),
    "jpeg cut short": ("现场.jpg", jpeg()[:2000], "不完整"),
    "png bomb": ("图.png", png_bomb(), "像素"),
    "heic of nothing": ("现场.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "不完整"),
    "heic named jpg": ("现场.jpg", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "后缀不一致"),
    "burst of heic": ("现场.heic", b"\x00\x00\x00\x18ftyphevc" + b"\x00" * 40, "静态照片"),
    "avif": ("现场.avif", b"\x00\x00\x00\x18ftypavif" + b"\x00" * 40, "AVIF"),
    "video": ("现场.mp4", b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40, "视频"),
    "old doc": ("方案.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧格式"),
    "program": ("a.exe", b"MZ\x90\x00\x03\x00\x00\x00", "程序"),
    "rar": ("a.rar", b"Rar!\x1a\x07\x00", "压缩包"),
    "zip": ("a.zip", zipped(), "压缩包"),
    "nested zip": ("a.xlsx", xlsx({"xl/media/a.zip": zipped()}), "夹带了压缩包"),
    "unknown": ("a.bin", bytes(range(256)), "认不出"),
    "wrong extension": ("现场.png", jpeg(), "后缀不一致"),
    "csv named xlsx": ("台账.xlsx", b"a,b\n1,2\n", "后缀不一致"),
    "xlsm renamed": (
        "台账.xlsx",
        xlsx(types=_CONTENT_TYPES.replace("openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled")),
        "带宏",
    ),
    "macro part": ("台账.xlsx", xlsx({"xl/vbaProject.bin": b"\xd0\xcf"}), "带宏"),
    "entity bomb": ("台账.xlsx", xlsx({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'}), "文档类型声明"),
    "entity in utf-16": ("台账.xlsx", xlsx({"xl/workbook.xml": "<!DOCTYPE x><workbook/>".encode("utf-16")}), "编码"),
    "entity in bare utf-16": ("台账.xlsx", xlsx({"xl/workbook.xml": "<!DOCTYPE x><workbook/>".encode("utf-16-le")}), "编码"),
    "twenty megabytes of one sign": ("台账.xlsx", xlsx({"xl/worksheets/sheet1.xml": "A" * 20_000_000}), "大得不合常理"),
    "parent folder": ("台账.xlsx", xlsx({"../../etc/cron.d/x.xml": "x"}), "指向文件之外"),
    "absolute path": ("台账.xlsx", xlsx({"/etc/x.xml": "x"}), "指向文件之外"),
    "symlink": ("台账.xlsx", linked(), "指向别处"),
    "two parts of one name": ("台账.xlsx", twice(), "重名"),
    "locked": ("台账.xlsx", locked_zip(), "密码"),
    "external link": ("台账.xlsx", xlsx({"xl/externalLinks/externalLink1.xml": "<externalLink/>"}), "引用了别的文件"),
    "external template": (
        "台账.xlsx",
        xlsx({"xl/_rels/workbook.xml.rels": relation("http://x.example/t.dotm", "attachedTemplate")}),
        "去取别处",
    ),
    "dde": ("台账.xlsx", xlsx({"xl/worksheets/sheet1.xml": SHEET.replace("<v>1</v>", "<f>cmd|'/c calc'!A0</f>")}), "启动别的程序"),
    "ole object": ("方案.docx", xlsx({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}), "嵌入"),
    "zip cut short": ("台账.xlsx", xlsx()[:400], "已损坏"),
    "pdf with script": ("报告.pdf", pdf("script"), "自动运行"),
    "pdf with a script spelled otherwise": (
        "报告.pdf",
        pdf().replace(b"/MediaBox", b"/Any << /S /J#61vaScript >> /MediaBox"),
        "自动运行",
    ),
    "pdf that launches": ("报告.pdf", pdf("launch"), "自动运行"),
    "pdf with a page action": ("报告.pdf", pdf("page action"), "自动运行"),
    "pdf with an attachment": ("报告.pdf", pdf("attachment"), "附件"),
    "locked pdf": ("报告.pdf", pdf("locked"), "密码"),
    "pdf cut short": ("报告.pdf", pdf()[:150], "损坏"),
    "pdf head alone": ("报告.pdf", b"%PDF-1.7\n", "损坏"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_runs_hides_or_blows_up_is_refused_with_a_sentence(name: str):
    called, content, sentence = HOSTILE[name]
    with pytest.raises(Unacceptable, match=sentence):
        accept_upload(content, called)


def packed_pdf(catalogue: bytes) -> bytes:
    """A PDF whose objects lie in a packed object stream (ISO 32000-1, 7.5.7): a search of the bytes sees none of them."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R " + catalogue + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    offsets = [sum(len(each) + 1 for each in objects[:number]) for number in range(3)]
    head = b" ".join(b"%d %d" % (number + 1, offset) for number, offset in enumerate(offsets)) + b"\n"
    body = zlib.compress(head + b"\n".join(objects))
    start = b"%PDF-1.5\n"
    stream = (
        b"4 0 obj\n<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>\nstream\n" % (len(head), len(body))
        + body
        + b"\nendstream\nendobj\n"
    )
    rows = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, len(start), 0), (1, len(start) + len(stream), 0)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    xref = (
        b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n" % len(table)
        + table
        + b"\nendstream\nendobj\n"
    )
    return start + stream + xref + b"startxref\n%d\n%%%%EOF\n" % (len(start) + len(stream))


def test_a_script_in_a_packed_object_is_found_in_the_catalogue():
    assert accept_upload(packed_pdf(b""), "报告.pdf").kind is UploadKind.PDF
    for catalogue in (b"/OpenAction<</S/JavaScript/JS(x)>>", b"/AA<<>>", b"/Names<</JavaScript<</Names[]>>>>", b"/AcroForm<</XFA(x)>>"):
        with pytest.raises(Unacceptable, match="自动运行"):
            accept_upload(packed_pdf(catalogue), "报告.pdf")


def test_links_in_a_text_are_no_references():
    content = xlsx({"xl/worksheets/_rels/sheet1.xml.rels": relation("https://x.example/", "hyperlink")})
    assert accept_upload(content, "台账.xlsx").kind is UploadKind.XLSX


@pytest.mark.parametrize("kind", [UploadKind.TXT, UploadKind.JPEG, UploadKind.PDF])
def test_each_kind_has_a_size_of_its_own(kind: UploadKind):
    beginning = {UploadKind.TXT: b"a", UploadKind.JPEG: jpeg(), UploadKind.PDF: pdf()}[kind]
    too_large = beginning + (b"a" * (LARGEST[kind] + 1 - len(beginning)))
    with pytest.raises(Unacceptable, match=f"最多 {LARGEST[kind] // 1024 // 1024} MB"):
        accept_upload(too_large, f"大.{kind}")


def test_the_real_bytes_count_and_not_the_sizes_that_the_archive_claims(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office_file, "MOST_UNPACKED", 3_000_000)
    parts = {f"xl/media/{number}.bin": bytes(range(256)) * 4000 for number in range(4)}
    content = bytearray(xlsx(parts))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)
    with pytest.raises(Unacceptable):
        accept_upload(bytes(content), "台账.xlsx")
    with pytest.raises(Unacceptable, match="大得不合常理"):
        accept_upload(xlsx(parts), "台账.xlsx")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\台账\\现场.jpg", "现场.jpg"),
        ("现场\u202egpj.exe", "现场gpj.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("a\x00.jpg", "a.jpg"),
        ("CON.txt", "文件CON.txt"),
        ("", "文件"),
        ("...", "文件"),
        (".jpg", "jpg"),
        ("整" * 300 + ".jpg", "整" * 76 + ".jpg"),
        ("$(rm -rf ~);`id`.pdf", "$(rm -rf ~);`id`.pdf"),
    ],
)
def test_a_name_is_shown_without_what_could_deceive(name: str, shown: str):
    assert display_name(name) == shown


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\xff\xd8\xff", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"]),
    st.text(max_size=20),
)
def test_no_bytes_do_worse_than_a_refusal(content: bytes, beginning: bytes, name: str):
    try:
        taken = accept_upload(beginning + content, name)
    except Unacceptable:
        return
    assert taken.kind in UploadKind


def test_a_busy_picture_is_not_mistaken_for_code():
    noise = Image.frombytes("RGB", (1200, 900), os.urandom(1200 * 900 * 3))
    assert accept_upload(png(noise), "噪声.png").kind is UploadKind.PNG
    assert accept_upload(jpeg(drawn(2000, 1500)), "现场.jpg").kind is UploadKind.JPEG
