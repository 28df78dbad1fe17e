"""A text made ready for comparing: one width, every number one sign, no marks, cut into sentences; each sign remembers where it stood."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from xiaohao.kernel.arrays import np

if TYPE_CHECKING:
    import numpy.typing as npt

    Codes = npt.NDArray[np.uint32]
    Places = npt.NDArray[np.int64]
else:
    Codes = Places = Any


#: What a number becomes: 3.9, 二十三 and 第七 of one text meet 4.2, 19 and 第12 of another.
NUMBER = ord("#")
_DROP, _BREAK = 0, 1
_NUMERALS = "0123456789０１２３４５６７８９一二三四五六七八九十百千万亿零〇两"
_BREAKS = "。；！？;!?\n：:"
#: The basic plane holds every sign of official writing; rarer ones are compared as they are.
_PLANE = 0x10000


@cache
def _table() -> Codes:
    """Code point → code to compare by: dropped, sentence end, number, or the sign in its narrow form."""
    table = np.arange(_PLANE, dtype=np.uint32)
    for code in range(_PLANE):
        if not (sign := chr(code)).isalnum():
            table[code] = _DROP
        elif 0xFF21 <= code <= 0xFF5A:
            table[code] = ord(chr(code - 0xFEE0).lower())
        elif code < 0x80:
            table[code] = ord(sign.lower())
    for sign in _NUMERALS:
        table[ord(sign)] = NUMBER
    for sign in _BREAKS:
        table[ord(sign)] = _BREAK
    return table


@dataclass(frozen=True, slots=True)
class Masked:
    """The signs that are compared: `codes`, the code point `places` of each in the source, and the number of the `sentence` it stands in."""

    codes: Codes
    places: Places
    sentence: Places

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def sentences(self) -> int:
        """How many numbers of sentences there are, empty ones included."""
        return int(self.sentence[-1]) + 1 if len(self) else 0


def masked(text: str) -> Masked:
    """The text, masked. A run of numerals (also with a point, a comma or blanks inside) is one sign."""
    source = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    if len(source) and int(source.max()) >= _PLANE:
        rare = source >= _PLANE
        codes = np.where(rare, source, _table()[np.where(rare, 0, source)]).astype(np.uint32)
    else:
        codes = _table()[source]
    sentence = np.cumsum(codes == _BREAK)
    kept = np.flatnonzero(codes > _BREAK)
    codes, sentence = codes[kept], sentence[kept]
    is_number = codes == NUMBER
    repeated = np.zeros(len(codes), dtype=bool)
    repeated[1:] = is_number[1:] & is_number[:-1] & (sentence[1:] == sentence[:-1])
    once = ~repeated
    return Masked(codes[once].astype(np.uint32), kept[once].astype(np.int64), sentence[once].astype(np.int64))


def counts(values: Any, size: int) -> Places:
    """How often each of 0..size-1 stands in `values`."""
    return np.bincount(values, minlength=size).astype(np.int64)
