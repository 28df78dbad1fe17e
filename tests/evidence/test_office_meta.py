"""Office files say who made them when; what is hostile or silent says nothing."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx import Document

from xiaohao.evidence.office_meta import office_meta


def test_a_docx_tells_author_times_and_revision() -> None:
    document, held = Document(), BytesIO()
    document.core_properties.author = "李岚"
    document.core_properties.last_modified_by = "骆芳 & 同事"
    document.core_properties.revision = 7
    document.save(held)
    meta = office_meta(held.getvalue())
    assert meta is not None
    assert (meta.author, meta.last_author, meta.revision) == ("李岚", "骆芳 & 同事", 7)
    assert meta.created is not None
    assert meta.created.startswith("20")


def _with(core: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("docProps/core.xml", core)
    return held.getvalue()


def test_nothing_in_it_is_expanded_and_nothing_long_is_kept() -> None:
    meta = office_meta(_with(b'<!DOCTYPE x [<!ENTITY a "boom">]><cp:x><dc:creator>&a;</dc:creator></cp:x>'))
    assert meta is not None
    assert meta.author == "&a;"
    long = office_meta(_with(b"<dc:creator>" + b"x" * 5000 + b"</dc:creator>"))
    assert long is not None
    assert len(long.author or "") == 200


def test_other_files_say_nothing() -> None:
    assert office_meta(b"%PDF-1.7") is None
    assert office_meta(b"PK\x03\x04broken") is None
    assert office_meta(_with(b"<cp:coreProperties/>")) is None
    assert office_meta(_with(b"<dcterms:created>yesterday</dcterms:created>")) is None
