"""The three spellings that all formats here share: base64, decimal numbers and hexadecimal digests, each read strictly.

One value has exactly one spelling, so a changed character is a changed value and never passes unseen.
"""

from __future__ import annotations

import base64
import binascii
import re

from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.said import say

#: Sizes and indexes fit a signed 64-bit integer, as in golang.org/x/mod/sumdb/tlog.
LARGEST = 2**63 - 1

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def to_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str, length: int | None = None) -> bytes:
    """The bytes that `text` spells, exactly `length` of them where given. Raises Invalid, also for a second spelling of the same bytes."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Invalid(say("这不是 base64 文字：{text}", text=shown(text))) from None
    if to_base64(data) != text:
        raise Invalid(say("这不是 base64 文字：{text}", text=shown(text)))
    if length is not None and len(data) != length:
        raise Invalid(say("应有 {wanted} 字节，实有 {found} 字节", wanted=length, found=len(data)))
    return data


def from_decimal(text: str) -> int:
    """A non-negative number without leading zeros. Raises Invalid."""
    if not _DECIMAL.fullmatch(text) or int(text) > LARGEST:
        raise Invalid(say("这不是十进制数：{text}", text=shown(text)))
    return int(text)


def is_digest(text: str) -> bool:
    """Whether `text` is a SHA-256 digest as 64 lower-case hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


#: As much of a refused text as an error message repeats, in characters.
_SHOWN = 40


def shown(text: str) -> str:
    """The beginning of a refused text, with everything that could disturb a terminal made visible."""
    return ascii(text[:_SHOWN])[1:-1] if not text[:_SHOWN].isprintable() else text[:_SHOWN]
