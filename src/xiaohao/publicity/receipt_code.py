"""The code on an objector's receipt: 128 bits as 26 signs in groups of four, without signs that look alike, forgiving to whoever types it in.

26 signs hold 130 bits; the two spare ones check the rest, so that three of four slips of the pen are told from an unknown code.
"""

from __future__ import annotations

import hashlib
import unicodedata

#: Bytes behind a code: nobody finds one by trying (ASVS 6.3.8).
CODE_BYTES = 16

#: Signs of a code, hyphens aside.
CODE_SIGNS = 26

_GROUP = 4
_SIGN_BITS = 5
_CHECK_BITS = 2

#: Douglas Crockford's base 32: no I, L, O (they look like 1 and 0), no U.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_BETWEEN = frozenset("-‐‑‒–—―_.·・ \t\r\n")


def receipt_code(bits: bytes) -> str:
    """The code of 16 random bytes that the caller drew: `7K3M-….`. Raises ValueError for another length."""
    if len(bits) != CODE_BYTES:
        raise ValueError(f"a receipt code is made of {CODE_BYTES} bytes")
    number = int.from_bytes(bits, "big") << _CHECK_BITS | _check(bits)
    signs = "".join(_SIGNS[number >> shift & 31] for shift in range((CODE_SIGNS - 1) * _SIGN_BITS, -1, -_SIGN_BITS))
    return "-".join(signs[start : start + _GROUP] for start in range(0, CODE_SIGNS, _GROUP))


def parse_code(text: str) -> bytes | None:
    """The 16 bytes behind a code, however it was typed (case, spaces, hyphens, full width, O for 0, I or L for 1, U for V); None when it is none."""
    typed = "".join(sign for sign in unicodedata.normalize("NFKC", text[:_LONGEST]) if sign not in _BETWEEN).upper().translate(_LOOK_ALIKES)
    if len(typed) != CODE_SIGNS or any(sign not in _SIGNS for sign in typed):
        return None
    number = 0
    for sign in typed:
        number = number << _SIGN_BITS | _SIGNS.index(sign)
    bits = (number >> _CHECK_BITS).to_bytes(CODE_BYTES, "big")
    return bits if number & ((1 << _CHECK_BITS) - 1) == _check(bits) else None


#: Longer texts are no code with spaces in it.
_LONGEST = 200


def _check(bits: bytes) -> int:
    return hashlib.sha256(b"xiaohao/receipt-code/1\n" + bits).digest()[0] >> (8 - _CHECK_BITS)
