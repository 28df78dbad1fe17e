"""Codes of units: the region code and the unified social credit code, checked before they are believed."""

from __future__ import annotations

import re

#: GB 32100-2015, table 1: the characters of a unified social credit code (no I, O, S, V, Z), in the order of their values 0–30.
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: GB 32100-2015, annex A: weights of the first seventeen characters, 3^(i-1) mod 31.
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
#: First two digits of GB/T 2260 region codes.
_PROVINCES = {
    str(code) for code in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82)
}


def is_credit_code(text: str) -> bool:
    """Whether `text` is a unified social credit code of 18 characters with the check character that belongs to it (GB 32100-2015)."""
    if len(text) != 18 or any(letter not in _LETTERS for letter in text):
        return False
    total = sum(_LETTERS.index(letter) * weight for letter, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _LETTERS[(31 - total % 31) % 31] == text[17]


def is_region_code(text: str) -> bool:
    """Whether `text` is six digits of GB/T 2260, whose first two name a province. The standard has no check digit."""
    return bool(re.fullmatch(r"[0-9]{6}", text)) and text[:2] in _PROVINCES


#: How many digits of a region code a level fills; the rest are zeros (GB/T 2260: two each for province, city, county).
_FILLS = {"province": 2, "city": 4, "county": 6}


def fits_level(code: str, level: str) -> bool:
    """Whether a region code is one of that level: 310000 a province's, 310100 a city's, 310101 a county's. Other levels are not judged."""
    fills = _FILLS.get(level)
    return fills is None or (code[fills:] == "0" * (6 - fills) and code[fills - 2 : fills] != "00")
