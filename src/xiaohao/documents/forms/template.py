"""Word templates: the one that ships with a form, an office's own held against the placeholders there are, and either filled in.

A template is filled by docxtpl, whose language can do anything; here it may only fill in a name, repeat a list and ask whether a name is there.
Whatever else stands in it is refused before anything runs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from xiaohao.documents.forms.layout import Block, Cell, Cells, Each, Form, Heading, Note, Para, Rows, Signed, Title
from xiaohao.documents.forms.vocabulary import ROW, lists_of, scalars_of
from xiaohao.documents.text import Unreadable
from xiaohao.documents.text_docx import docx_text
from xiaohao.documents.word_paper import (
    CELL,
    CELL_HEAD,
    FIRST,
    SECOND,
    SMALL,
    TEXT,
    TITLE,
    dress,
    line,
    new_paper,
    packed,
    steady,
    type_width,
)
from xiaohao.kernel.said import Said, say

#: What a template's program may be made of.
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If)
#: Characters that XML cannot carry.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: Width shares of a form's table to fill in: label, value, label, value (156 mm).
_CELL_WIDTHS = (26, 52, 26, 52)
#: Room for a signature and a stamp, in lines.
_ROOM = 1
#: Air in a table's cells, in twentieths of a point.
_AIR = 60


class NotPlain(TemplateError):  # noqa: N818 - says what the template does
    """A template that does more than fill in, repeat and ask; `what` is the stretch that says so."""


class _Filling(SandboxedEnvironment):
    """The environment in which templates are read and filled: nothing is compiled before it has been looked through."""

    def compile(self, source: Any, name: Any = None, filename: Any = None, raw: bool = False, defer_init: bool = False) -> Any:
        for node in self.parse(source).find_all(nodes.Node):
            if not isinstance(node, _PLAIN):
                raise NotPlain(type(node).__name__)
        return super().compile(source, name, filename, raw, defer_init)  # type: ignore[call-overload]


def _environment(*, escaped: bool = True) -> _Filling:
    return _Filling(autoescape=escaped, undefined=StrictUndefined)


# Filling --------------------------------------------------------------------------------------------------------------------------


def fill(template: bytes, facts: Mapping[str, Any]) -> bytes:
    """The template with the facts (str, or lists of rows of str) in the place of its placeholders, as .docx. A line break in a value begins a new
    paragraph. Raises TemplateError for a template that `wrong_in` would have refused."""
    page = DocxTemplate(io.BytesIO(template))
    page.render(_in_paragraphs(facts), _environment(), autoescape=True)
    held = io.BytesIO()
    page.save(held)
    return steady(held.getvalue())


def fill_text(text: str, facts: Mapping[str, Any]) -> str:
    """A text of a layout with the facts in the place of its placeholders."""
    return _environment(escaped=False).from_string(text).render(facts)


def _in_paragraphs(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSEEN.sub("", value).replace("\r\n", "\n").replace("\n", "\a")
    if isinstance(value, Mapping):
        return {name: _in_paragraphs(part) for name, part in value.items()}
    return [_in_paragraphs(part) for part in value]


# An office's own ------------------------------------------------------------------------------------------------------------------


def wrong_in(form: Form, content: bytes, name: str) -> tuple[Said, ...]:
    """What keeps these bytes from being a template of the form, a sentence each; () for a good one."""
    try:
        docx_text(content, name)
        page = DocxTemplate(io.BytesIO(content))
        page.init_docx()
        sources = list(_sources(page))
    except Unreadable as unreadable:
        return (unreadable.said,)
    except (ValueError, KeyError, OSError, SyntaxError) as broken:
        return (say("Word 文件读不出来：{reason}。请用 Word 或 WPS 另存为 docx 后再传。", reason=str(broken)[:100]),)
    found: dict[str, Said] = {}
    seen: set[str] = set()
    for source in sources:
        try:
            tree = _environment().parse(source)
        except TemplateSyntaxError as wrong:
            found[str(wrong)] = say("占位符没有写完整：{reason}。请检查花括号和“for … endfor”是否成对。", reason=wrong.message or "")
            continue
        for sentence in _wrong_names(tree, form, seen):
            found[sentence] = sentence
    if not found and not seen:
        return (say("这份文件里没有一个占位符，填出来的都一样。请从下载的模板改起。"),)
    return tuple(found.values())


def _sources(page: DocxTemplate) -> Iterator[str]:
    """Every stretch that docxtpl reads as a program: body, headers, footers, footnotes, and what the document says of itself."""
    yield page.patch_xml(page.get_xml())
    for kind in (page.HEADER_URI, page.FOOTER_URI):
        for _, part in page.get_headers_footers(kind):
            yield page.patch_xml(page.get_part_xml(part))
    for part in page.docx.part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            yield page.patch_xml(part.blob.decode())
    about = page.docx.core_properties
    yield from (about.author, about.comments, about.identifier, about.language, about.subject, about.title)


def _wrong_names(node: nodes.Node, form: Form, seen: set[str], rows: Mapping[str, str] = MappingProxyType({})) -> Iterator[Said]:
    """What is wrong in a part of the program; `rows` are the loops around it: the name of their row, and the list that it comes from."""
    scalars, lists = scalars_of(form.scopes), lists_of(form.scopes)
    if not isinstance(node, _PLAIN):
        yield say("模板里用了系统不支持的写法（{what}）。只能用占位符、“for … in …”和“if …”。", what=type(node).__name__)
    elif isinstance(node, nodes.For):
        if not (isinstance(node.iter, nodes.Name) and node.iter.name in lists and isinstance(node.target, nodes.Name)):
            yield say("“for”后面只能重复这些：{known}", known="、".join(lists) or "（本表没有可以重复的）")
            return
        seen.add(node.iter.name)
        for part in (*node.body, *node.else_, *((node.test,) if node.test else ())):
            yield from _wrong_names(part, form, seen, {**rows, node.target.name: node.iter.name})
    elif isinstance(node, nodes.Getattr):
        owner = node.node.name if isinstance(node.node, nodes.Name) else ""
        of = rows.get(owner)
        if of is None:
            yield say("不认识占位符“{name}”。可用的名称见本页的表。", name=f"{owner}.{node.attr}")
        elif node.attr not in lists[of]:
            yield say("“{list}”的一行里没有“{name}”。可用的：{known}", list=of, name=node.attr, known="、".join(lists[of]))
    elif isinstance(node, nodes.Name):
        seen.add(node.name)
        if node.name not in scalars and node.name not in lists and node.name not in rows:
            yield say("不认识占位符“{name}”。可用的名称见本页的表。", name=node.name)
    else:
        for part in node.iter_child_nodes():
            yield from _wrong_names(part, form, seen, rows)


# The one that ships ---------------------------------------------------------------------------------------------------------------


def shipped_template(form: Form) -> bytes:
    """The template that comes with this version: the layout as a Word document with its placeholders."""
    paper = new_paper(title=form.title, author="", landscape=form.landscape)
    for block in (*form.blocks, form.note):
        _set(paper, block, form)
    return packed(paper)


def _set(paper: Any, block: Block, form: Form) -> None:
    match block:
        case Title(text, under):
            line(paper, text, TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
            if under:
                line(paper, under, SECOND, align=WD_ALIGN_PARAGRAPH.CENTER)
            line(paper, "", TEXT)
        case Heading(text):
            line(paper, text, FIRST, indent=True).paragraph_format.keep_with_next = True
        case Para(text, label, first, where):
            if where:
                line(paper, f"{{%p if {where} %}}", TEXT)
            line(paper, text, TEXT, indent=not first, label=label)
            if where:
                line(paper, "{%p endif %}", TEXT)
        case Each(of, text):
            line(paper, f"{{%p for {ROW} in {of} %}}", TEXT)
            for part in text.split("\n"):
                line(paper, part, TEXT, indent=True)
            line(paper, "{%p endfor %}", TEXT)
        case Rows():
            _rows(paper, block, type_width(landscape=form.landscape))
        case Cells(rows):
            _cells(paper, rows)
        case Signed(unit, day):
            _signed(paper, unit, day)
        case Note(text):
            small = line(paper, text, SMALL)
            small.paragraph_format.line_spacing, small.paragraph_format.space_before = 1.2, Pt(12)


def _rows(paper: Any, block: Rows, width: int) -> None:
    table = _table(paper, 4, [width * column.width / sum(c.width for c in block.columns) for column in block.columns])
    texts = [
        [column.head for column in block.columns],
        [f"{{%tr for {ROW} in {block.of} %}}", *("" for _ in block.columns[1:])],
        [column.text for column in block.columns],
        ["{%tr endfor %}", *("" for _ in block.columns[1:])],
    ]
    for place, (row, words) in enumerate(zip(table.rows, texts, strict=True)):
        for cell, text in zip(row.cells, words, strict=True):
            _write(cell, text, CELL_HEAD if place == 0 else CELL, middle=place == 0)
    _flag(table.rows[0], "w:tblHeader")
    for row in table.rows:
        _flag(row, "w:cantSplit")


def _cells(paper: Any, rows: tuple[tuple[Cell, ...], ...]) -> None:
    """The table to fill in. A row that is printed only where a placeholder has something stands between two rows that ask."""
    asked = [one for cells in rows for one in _asked(cells)]
    table = _table(paper, len(asked), _CELL_WIDTHS)
    for row, cells in zip(table.rows, asked, strict=True):
        places = row.cells
        if isinstance(cells, str):
            _write(places[0], cells, CELL)
            continue
        if len(cells) == 1:
            places = (places[0], places[1].merge(places[3]))
        if any(cell.sign for cell in cells):
            _flag(row, "w:cantSplit")
        for place, cell in enumerate(cells):
            _write(places[2 * place], cell.label, CELL_HEAD, middle=True)
            _write(places[2 * place + 1], cell.text, CELL)
            if cell.sign:
                _room_to_sign(places[2 * place + 1], cell.sign)


def _asked(cells: tuple[Cell, ...]) -> tuple[str | tuple[Cell, ...], ...]:
    where = cells[0].where
    return (f"{{%tr if {where} %}}", cells, "{%tr endif %}") if where else (cells,)


def _table(paper: Any, rows: int, widths: Any) -> Any:
    table = paper.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _pad(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _pad(table: Any) -> None:
    """Air above and below the words of every cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_AIR))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _write(cell: _Cell, text: str, face: tuple[str, float], *, middle: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    dress(paragraph.add_run(text), face)


def _room_to_sign(cell: _Cell, sign: str) -> None:
    lines = [*("" for _ in range(_ROOM)), f"{sign}　　　　　　　　", "　　　　年　　月　　日"]
    for text in lines:
        paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = Pt(0)
        dress(paragraph.add_run(text), CELL)


def _signed(paper: Any, unit: str, day: str) -> None:
    """The issuer over its day, four characters from the right (GB/T 9704-2012, 7.3.5.1), kept together."""
    above = line(paper, "", TEXT)
    above.paragraph_format.keep_with_next = True
    for text, more in ((unit, True), (day, False)):
        paragraph = line(paper, text, TEXT, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = Pt(4 * TEXT[1])
        paragraph.paragraph_format.keep_with_next = more


def _flag(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
