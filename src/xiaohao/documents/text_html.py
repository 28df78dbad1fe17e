"""Web pages to text: blocks become lines, table rows become "label：value" lines, scripts and menus are dropped."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from xiaohao.documents.cells import table_lines

_DROPPED = "script, style, noscript, template, nav, header nav, footer, iframe, svg, button, select, head"
_BLOCKS = frozenset(
    re.split(
        " ",
        "p div section article main aside form li ul ol dl dt dd h1 h2 h3 h4 h5 h6 table tr br hr blockquote pre center header figure figcaption body td th caption tbody thead",
    )
)
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")


def html_text(markup: str) -> str:
    """The readable text of a page, one block a line."""
    tree = LexborHTMLParser(markup)
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.body or tree.root
    if body is None:
        return ""
    pieces: list[str] = []
    _walk(body, pieces)
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(start: LexborNode, pieces: list[str]) -> None:
    """Text of `start` in document order; a stack instead of recursion, as pages may be nested without end."""
    stack: list[tuple[LexborNode | None, str]] = [(start, "open")]
    while stack:
        node, phase = stack.pop()
        if node is None or phase == "close":
            pieces.append("\n")
            continue
        tag = node.tag
        if tag == "-text":
            pieces.append(_SPACE.sub(" ", node.text_content or ""))
            continue
        if tag == "table" and not node.css("table table"):
            pieces.append("\n" + "\n".join(table_lines(_rows(node))) + "\n")
            continue
        if tag in _BLOCKS:
            pieces.append("\n")
            stack.append((None, "close"))
        stack.extend((child, "open") for child in reversed(_children(node)))


def _children(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _rows(table: LexborNode) -> list[list[str]]:
    return [[_cell(cell) for cell in _children(row) if cell.tag in {"td", "th"}] for row in table.css("tr")]


def _cell(cell: LexborNode) -> str:
    pieces: list[str] = []
    for child in _children(cell):
        _walk(child, pieces)
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
