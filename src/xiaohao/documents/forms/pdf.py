"""A form as a PDF in the manner of the notice's: the same layout and the same facts as the Word document, set by typst."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from xiaohao.documents.forms.layout import Block, Cell, Cells, Each, Form, Heading, Note, Para, Rows, Signed, Title
from xiaohao.documents.forms.vocabulary import ROW
from xiaohao.documents.typeset import set_pdf, unbroken


def form_pdf(form: Form, facts: Mapping[str, Any], *, made_at: datetime, fonts: Path | None = None) -> bytes:
    """The PDF/A of the form; the same bytes for the same facts and moment. Raises ValueError for a `made_at` without its offset."""
    return set_pdf("form", form_sheet(form, facts), made_at=made_at, fonts=fonts)


def form_sheet(form: Form, facts: Mapping[str, Any]) -> dict[str, Any]:
    """JSON values of the printed form: its blocks with the facts filled in."""
    blocks = [part for block in (*form.blocks, form.note) for part in _parts(block, facts)]
    return {"title": form.title, "landscape": form.landscape, "blocks": blocks}


def _parts(block: Block, facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    from xiaohao.documents.forms.template import fill_text  # late, with the library of Word documents

    def said(text: str, **more: Any) -> str:
        return unbroken(fill_text(text, {**facts, **more}))

    match block:
        case Title(text, under):
            yield {"kind": "title", "text": said(text), "under": said(under)}
        case Heading(text):
            yield {"kind": "heading", "text": said(text)}
        case Para(text, label, first, where) if not where or facts[where]:
            for n, part in enumerate(said(text).split("\n")):
                yield {"kind": "para", "text": part, "label": label if n == 0 else "", "first": first}
        case Each(of, text):
            for row in facts[of]:
                for part in said(text, **{ROW: row}).split("\n"):
                    yield {"kind": "para", "text": part, "label": "", "first": False}
        case Rows(of, columns):
            yield {
                "kind": "rows",
                "heads": [column.head for column in columns],
                "widths": [column.width for column in columns],
                "rows": [[said(column.text, **{ROW: row}) for column in columns] for row in facts[of]],
            }
        case Cells(rows):
            yield {"kind": "cells", "rows": [[_cell(cell, said(cell.text)) for cell in row] for row in _printed(rows, facts)]}
        case Signed(unit, day):
            yield {"kind": "signed", "unit": said(unit), "day": said(day)}
        case Note(text) if said(text):
            yield {"kind": "note", "text": said(text)}


def _printed(rows: tuple[tuple[Cell, ...], ...], facts: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    return (row for row in rows if not row[0].where or facts[row[0].where])


def _cell(cell: Cell, text: str) -> dict[str, str]:
    return {"label": cell.label, "text": text, "sign": cell.sign}
