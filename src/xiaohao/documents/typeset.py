"""Typesetting: a template of this room and a sheet of plain values become a PDF, byte for byte the same for the same sheet and moment.

Values reach the template only as JSON in its inputs; a text of a case is never part of the program that sets it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst
from pylopdf_fonts_zh_cn import serif_path

#: Long-term readable, with the tags that a screen reader needs, and room for an attached proof (ISO 19005-3, conformance level a).
_STANDARD: Final = "a-3a"

#: The printer's mark for a type that is not in the case (U+3013).
_NO_TYPE = "〓"

#: A sheet with more different signs outside every face than this is no office's sheet.
_MOST_MISSING_TYPES = 100

#: How the typesetter says that PDF/A forbids a sign without a type.
_MISSING_TYPE = re.compile(r'the text `"(?P<sign>[^`]+)"` could not be displayed')

#: "mg/L" stays on one line: WORD JOINER behind a stroke between Latin letters.
_UNIT_STROKE = re.compile(r"(?<=[A-Za-z])/(?=[A-Za-z])")


def set_pdf(template: str, sheet: Mapping[str, Any], *, made_at: datetime, fonts: Path | None = None) -> bytes:
    """The PDF of `sheet` (JSON values) by `templates/<template>.typ`. `made_at` is written into the file and is the only time in it.
    `fonts` is the office's folder of licensed faces (方正小标宋, 仿宋_GB2312 …); without it the package's own faces are used.
    A sign that no face holds is printed as 〓, the printer's mark for a missing type. Raises ValueError for a naive `made_at`."""
    if made_at.tzinfo is None:
        raise ValueError("made_at needs its offset")
    values = json.dumps(_seen(sheet), ensure_ascii=False)
    for _ in range(_MOST_MISSING_TYPES):
        try:
            return _compiled(template, values, made_at, fonts)
        except typst.TypstError as refusal:
            missing = _MISSING_TYPE.search(str(refusal))
            if missing is None:
                raise
            values = values.replace(missing["sign"], _NO_TYPE)
    return _compiled(template, values, made_at, fonts)


def unbroken(text: str) -> str:
    """The text with its units of measurement kept on one line."""
    return _UNIT_STROKE.sub("/\u2060", text)


def _compiled(template: str, values: str, made_at: datetime, fonts: Path | None) -> bytes:
    pdf = _compiler(template, fonts).compile(
        sys_inputs={"sheet": values}, format="pdf", pdf_standards=_STANDARD, timestamp=int(made_at.timestamp())
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def _seen(value: Any) -> Any:
    """The value without signs that nobody sees (controls but the line break, directions): PDF/A has no type for them."""
    if isinstance(value, str):
        return "".join(sign for sign in value if sign in "\n\u2060" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    if isinstance(value, Mapping):
        return {name: _seen(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_seen(part) for part in value]
    return value


@lru_cache(maxsize=8)
def _compiler(template: str, fonts: Path | None) -> typst.Compiler:
    """Reading 20 MB of faces is what takes time; a compiler keeps them. System faces are left out: they differ from machine to machine."""
    folder = Path(str(files("xiaohao.documents").joinpath("templates")))
    paths = [str(Path(serif_path()).parent), *([str(fonts)] if fonts else [])]
    return typst.Compiler(str(folder / f"{template}.typ"), root=str(folder), font_paths=paths, ignore_system_fonts=True)
