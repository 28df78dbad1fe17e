"""Text in the columns of a terminal: a Han character takes two, and no line begins with a closing mark."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

#: Marks that may not begin a line, and those that may not end one.  依据: GB/T 15834-2011《标点符号用法》5.1
_NOT_FIRST = "，。、；：！？）》”’】〕％%…·,.;:!?)]}"
_NOT_LAST = "（《“‘【〔([{"


def width(text: str) -> int:
    """Columns that the text takes; marks whose width depends on the terminal (“ ” …) are counted as two, so that nothing ever runs over."""
    return sum(_width_of(character) for character in text)


def _width_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def padded(text: str, columns: int) -> str:
    """The text filled with blanks to so many columns."""
    return text + " " * max(0, columns - width(text))


def cut(text: str, columns: int) -> str:
    """The text on one line, cut with … where it takes more columns."""
    line = " ".join(text.split())
    if width(line) <= columns:
        return line
    kept = ""
    for character in line:
        if width(kept + character) > columns - 2:
            break
        kept += character
    return kept + "…"


def wrapped(text: str, columns: int) -> Iterator[str]:
    """Lines of at most so many columns (a word of Latin letters or digits is kept whole where it fits on a line)."""
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and width(line) + width(piece) > columns:
                yield line.rstrip()
                line = ""
            line += piece if line else piece.lstrip()
            while width(line) > columns:
                head = cut_at(line, columns)
                yield head
                line = line[len(head) :]
        yield line.rstrip()


def cut_at(text: str, columns: int) -> str:
    """The longest beginning of the text that fits; at least one character."""
    taken = 0
    for at, character in enumerate(text):
        taken += _width_of(character)
        if taken > columns:
            return text[: max(at, 1)]
    return text


def _pieces(text: str) -> Iterator[str]:
    """Unbreakable pieces: runs of Latin letters and digits, single Han characters with the closing marks behind them."""
    piece = ""
    for character in text:
        joins = (
            character in _NOT_FIRST
            or (piece and piece[-1] in _NOT_LAST)
            or (character.isascii() and not character.isspace() and piece and piece[-1].isascii() and not piece[-1].isspace())
        )
        if piece and not joins:
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece
