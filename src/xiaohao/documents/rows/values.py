"""Cells of a register in the office's words: days, numbers, names; each read, or the sentence that says why not."""

from __future__ import annotations

import re

from xiaohao.evidence.dates import dates_in
from xiaohao.evidence.numerals import ordinal
from xiaohao.kernel.when import parse_when

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[ T].*)?")
_COUNT = re.compile(r"\d+")
_BETWEEN = re.compile(r"[、,，;；/\s]+")


def day_of(words: str) -> str | None:
    """An ISO date, as exact as the cell: 2025-06-05, 2025-06; None for what is no date."""
    if found := _ISO.fullmatch(words.strip()):
        year, month, day = found.groups()
        text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        return text if parse_when(text) else None
    told = dates_in(words)
    return told[0].iso if told else None


def count_of(words: str) -> int | None:
    """3 for 3, 第3批 and 第三批; None for none."""
    if found := _COUNT.search(words):
        return int(found[0])
    told = ordinal(re.sub(r"[第批次]", "", words))
    return int(told) if told and told.isdecimal() else None


def parts_of(words: str) -> tuple[str, ...]:
    """The words of a cell that lists several."""
    return tuple(part for part in _BETWEEN.split(words) if part)
