"""Official papers as Word documents: A4 with the margins, faces, sizes and page numbers of GB/T 9704-2012, and names of faces to fall back on."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

#: Faces and sizes in points of official papers (GB/T 9704-2012, 7.3: title 2号小标宋, text 3号仿宋, first headings 黑体, second 楷体).
TITLE, TEXT, FIRST, SECOND = ("方正小标宋简体", 22.0), ("仿宋_GB2312", 16.0), ("黑体", 16.0), ("楷体_GB2312", 16.0)
#: In tables, smaller: 五号; small print 小五号. Ours: the standard says nothing of tables.
CELL, CELL_HEAD, SMALL = ("仿宋_GB2312", 10.5), ("黑体", 10.5), ("仿宋_GB2312", 9.0)
#: Margins in millimetres: top, bottom, left, right (GB/T 9704-2012, 5.2.1: head 37, binding 28, type area 156 × 225).
_MARGINS = (37, 35, 28, 26)
#: Points from line to line: 22 lines in 225 mm (GB/T 9704-2012, 5.2.3).
LINE = 28.9
#: The page number: 四号 Song between dashes, on the outer side, a character from the edge (GB/T 9704-2012, 7.5).
_NUMBER = ("宋体", 14.0)

#: Other names under which a machine may have the face, best first; Word and WPS read them from the document's table of faces.
_ALSO = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05,STZhongsong,华文中宋",
    "仿宋_GB2312": "FangSong_GB2312,FangSong,仿宋,STFangsong",
    "楷体_GB2312": "KaiTi_GB2312,KaiTi,楷体,STKaiti",
    "黑体": "SimHei,STHeiti",
    "宋体": "SimSun,STSong",
}
#: A zip's own earliest day: a paper says nothing of when it was packed.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def new_paper(*, title: str, author: str, at: datetime | None = None, landscape: bool = False) -> Paper:
    """An empty official paper."""
    paper = docx.Document()
    _set_page(paper.sections[0], landscape)
    paper.settings.odd_and_even_pages_header_footer = True
    _number(paper.sections[0].footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(paper.sections[0].even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    about = paper.core_properties
    about.title, about.author, about.comments, about.language = title, author, "", "zh-CN"
    if at is not None:
        about.created = about.modified = at.replace(tzinfo=None)
    normal = paper.styles["Normal"]
    normal.font.size = Pt(TEXT[1])
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TEXT[0])
    _name_faces(paper)
    return paper


def packed(paper: Paper) -> bytes:
    """The bytes of the paper; the same paper gives the same bytes."""
    held = io.BytesIO()
    paper.save(held)
    return steady(held.getvalue())


def steady(package: bytes) -> bytes:
    """The same package without the moment at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _NO_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return out.getvalue()


def line(
    paper: Paper, text: str, face: tuple[str, float], *, align: WD_ALIGN_PARAGRAPH | None = None, indent: bool = False, label: str = ""
) -> Paragraph:
    """A paragraph of the paper in that face; `label` before it in the face of headings."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(LINE)
    paragraph.paragraph_format.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * face[1])
    if label:
        dress(paragraph.add_run(label), (FIRST[0], face[1]))
    dress(paragraph.add_run(text), face)
    return paragraph


def dress(run: Run, face: tuple[str, float]) -> Run:
    """Word keeps the face of Chinese letters apart from that of Latin ones."""
    run.font.name, run.font.size = face[0], Pt(face[1])
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face[0])
    return run


def type_width(*, landscape: bool) -> int:
    """The width in millimetres between the margins."""
    return 225 if landscape else 156


def _set_page(section: Section, landscape: bool) -> None:
    top, bottom, left, right = (Mm(side) for side in _MARGINS)
    if landscape:  # the sheet is turned: its head comes to lie on the binding
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = top, bottom, left, right
    else:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = top, bottom, left, right
    section.footer_distance = Mm(25)


def _number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, a character from the outer edge."""
    paragraph.alignment = side
    edge = Pt(_NUMBER[1])
    if side is WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = edge
    else:
        paragraph.paragraph_format.left_indent = edge
    dress(paragraph.add_run("— "), _NUMBER)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = dress(paragraph.add_run(), _NUMBER)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._element.append(mark)
    dress(paragraph.add_run(" —"), _NUMBER)


def _name_faces(paper: Paper) -> None:
    """The table of faces, with the names to fall back on."""
    fonts = "".join(f'<w:font w:name="{face}"><w:altName w:val="{also}"/><w:charset w:val="86"/></w:font>' for face, also in _ALSO.items())
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{_NAMESPACE}">{fonts}</w:fonts>'
    for part in paper.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = content.encode()
