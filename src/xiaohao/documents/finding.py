"""What a text may be found by, and where in it: pairs of neighbouring characters, so that a Chinese word of two characters is found without
a dictionary that may not know the name of a village.

A pair is one number (kind, first, second character); the last character of a run stands with nothing, so that single characters are found
too. A word of two characters is exactly one pair; of a longer one every pair is asked for, and the text itself has the last word.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

#: Bits of a character (Unicode ends at 0x10FFFF).
_BITS = 21
#: Words of one question and characters of one word. Ours: a question is not a document.
MOST_WORDS, LONGEST_WORD = 6, 24
#: Characters before and after the first hit of a snippet.
_BEFORE, _LENGTH = 14, 64


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; `hit` marks one of the words."""

    text: str
    hit: bool = False


def folded(text: str) -> str:
    """One form for full and half width, capital and small letters; as many characters as `text` where nothing is unfolded."""
    return unicodedata.normalize("NFKC", text).lower()


def pairs(text: str, kind: int) -> frozenset[int]:
    """The pairs of a text under a small number of the kind of thing it belongs to."""
    found: set[int] = set()
    for run in _runs(folded(text)):
        found |= {_pair(kind, ord(first), ord(second)) for first, second in pairwise(run)}
        found.add(_pair(kind, ord(run[-1]), 0))
    return frozenset(found)


def words_of(question: str) -> tuple[str, ...]:
    """The words of a question, folded, without marks that no text is found by: `整改、青禾河` is two."""
    found = (run[:LONGEST_WORD] for run in _runs(folded(question)))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def pairs_asked(word: str, kind: int) -> tuple[int, ...]:
    """The pairs that a text must hold to hold the word (at least two characters long)."""
    return tuple(dict.fromkeys(_pair(kind, ord(first), ord(second)) for first, second in pairwise(word)))


def pairs_beginning(character: str, kind: int) -> tuple[int, int]:
    """First and last number of the pairs that begin with one character."""
    return _pair(kind, ord(character), 0), _pair(kind, ord(character), (1 << _BITS) - 1)


def snippet(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """The stretch around the first hit, cut in pieces at every hit; the beginning of the text where nothing hits (or folding moved it)."""
    flat = folded(text)
    if len(flat) != len(text):
        text = flat
    first = min((at for word in words if (at := flat.find(word)) >= 0), default=0)
    start = max(0, first - _BEFORE)
    end = min(len(text), start + _LENGTH)
    pieces = _cut(text[start:end], flat[start:end], words)
    return (*((Piece("…"),) if start else ()), *pieces, *((Piece("…"),) if end < len(text) else ()))


def _cut(text: str, flat: str, words: tuple[str, ...]) -> list[Piece]:
    marked = [False] * len(text)
    for word in words:
        at = flat.find(word)
        while at >= 0:
            marked[at : at + len(word)] = [True] * len(word)
            at = flat.find(word, at + 1)
    pieces, begin = [], 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[begin]:
            pieces.append(Piece(text[begin:at], marked[begin]))
            begin = at
    return pieces


def _runs(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()


def _pair(kind: int, first: int, second: int) -> int:
    return (kind << 2 * _BITS) | (first << _BITS) | second
