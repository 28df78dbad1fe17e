"""One value, one spelling: JSON with sorted names, no spaces, and whole numbers only (after RFC 8785; text in Unicode normal form C).

The log keeps these bytes as they are and never writes them anew; reading them is strict, so that two readers cannot disagree.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TypeAlias

from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.said import say

#: What an entry may be built from: no null, no true or false, no fraction.
Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"

#: Beyond this a JSON number is not the same everywhere (RFC 8785 section 3.2.2.3, RFC 7493 section 2.2).
LARGEST_NUMBER = 2**53 - 1

#: Characters that are not seen, or that change the order in which others are seen: controls, zero-width, line separators, directions, byte order mark.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")

_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_ENCODER_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(value: Json) -> bytes:
    """The bytes of `value`. Raises Invalid for what has no canonical spelling."""
    _check(value)
    text = _ENCODER.encode(value)
    if _BEYOND_BMP.search(text):
        text = _ENCODER_AS_GIVEN.encode(_sorted(value))
    # Asked once for the whole text: the quotation mark before each string composes with nothing.
    if not unicodedata.is_normalized("NFC", text):
        raise Invalid(say("记录里有看不见的字符，或文字不是 NFC 形式"))
    return text.encode()


def parse_canonical(data: bytes) -> Json:
    """The value whose canonical bytes are exactly `data`. Raises Invalid for everything else, however close."""
    try:
        value: Json = json.loads(data.decode(), parse_float=_no_fraction, parse_constant=_no_fraction)
        same = canonical(value) == data
    except Invalid:
        raise
    except (ValueError, RecursionError):  # not UTF-8, not JSON, a fraction, a number of thousands of digits, brackets by the thousand
        raise Invalid(say("记录不是规定格式的 JSON")) from None
    if not same:
        raise Invalid(say("记录不是规范写法：同一内容只许有一种字节"))
    return value


def _no_fraction(text: str) -> int:
    raise ValueError(text)


def _check(value: object) -> None:
    if isinstance(value, str):
        if _UNSEEN.search(value):
            raise Invalid(say("记录里有看不见的字符，或文字不是 NFC 形式"))
    elif isinstance(value, int) and not isinstance(value, bool):
        if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            raise Invalid(say("记录里的数太大"))
    elif isinstance(value, list):
        for part in value:
            _check(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            _check(name)
            _check(part)
    else:
        raise Invalid(say("记录里只许有文字、整数、列表和对象"))


def _sorted(value: Json) -> Json:
    """Names by their UTF-16 code units (RFC 8785 section 3.2.3), which differs from the order of characters beyond the basic plane."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value, key=lambda name: name.encode("utf-16-be"))}
    if isinstance(value, list):
        return [_sorted(part) for part in value]
    return value
