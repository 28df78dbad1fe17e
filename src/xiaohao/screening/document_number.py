"""Official document numbers 文号: 青政办发〔2023〕9号 is the words 青政办发, the year 2023 and the serial 9.

Brackets, width and spaces differ from writer to writer; the number does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from xiaohao.evidence.folding import fold

_HEAD = r"[A-Za-z\u4e00-\u9fff·]{1,20}?"
_OPEN, _CLOSE = r"[〔\[（【〈《(]", r"[〕\]）】〉》)]"
_NUMBER = re.compile(rf"(?P<words>{_HEAD})\s*{_OPEN}?\s*(?P<year>(?:19|20)\d\d)\s*年?{_CLOSE}?\s*第?\s*(?P<serial>\d{{1,5}})\s*号")
_IN_TEXT = re.compile(rf"(?P<words>[A-Za-z\u4e00-\u9fff]{{1,20}})\s?{_OPEN}(?P<year>(?:19|20)\d\d){_CLOSE}\s?(?P<serial>\d{{1,5}})\s?号")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """`words` 代字, `year` and `serial` of a number; equal numbers are equal however they are written."""

    words: str
    year: int
    serial: int


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A number in a text at code points `start`..`end`; `words` may begin with words that belong to the sentence."""

    words: str
    year: int
    serial: int
    start: int
    end: int

    def names(self, number: DocumentNumber) -> bool:
        """Whether this is a citation of `number`."""
        return (self.year, self.serial) == (number.year, number.serial) and self.words.endswith(number.words)


@lru_cache(maxsize=8192)  # a ledger asks for the number of each paper once per citation
def read_number(text: str | None) -> DocumentNumber | None:
    """The number, or None for what has no words, year and serial."""
    found = _NUMBER.fullmatch(fold(text).text.strip()) if text else None
    return DocumentNumber(found["words"].upper(), int(found["year"]), int(found["serial"])) if found else None


def numbers_in(text: str) -> Iterator[CitedNumber]:
    """Every number cited in a text."""
    folded = fold(text)
    for found in _IN_TEXT.finditer(folded.text):
        yield CitedNumber(found["words"].upper(), int(found["year"]), int(found["serial"]), *folded.span(*found.span()))
