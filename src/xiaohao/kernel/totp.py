"""One-time codes that a phone makes from a shared secret and the time: RFC 6238 over RFC 4226, in the form that every such program reads."""

from __future__ import annotations

import base64
import hmac
import struct
from datetime import datetime

#: Digits of a code and seconds of a step: the defaults of RFC 6238, and the only ones that every program for phones supports.
DIGITS, STEP = 6, 30
#: Steps before and after the present one that are still taken: at most one for delay (RFC 6238 section 5.2).
TOLERANCE = 1
#: Bytes of a secret: 160 bits, as RFC 4226 section 4 (R6) recommends.
SECRET_SIZE = 20


def code_at(secret: bytes, step: int) -> str:
    """The code of a step (RFC 4226 section 5.3)."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    start = digest[-1] & 0x0F
    value: int = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{value % 10**DIGITS:0{DIGITS}}"


def step_of(code: str, secret: bytes, at: datetime) -> int | None:
    """The step whose code this is, among those that are taken at that moment; None for a wrong code. Every one of them is compared, so that
    how long it takes says nothing."""
    now, found = int(at.timestamp()) // STEP, None
    for step in range(now - TOLERANCE, now + TOLERANCE + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            found = step
    return found


def written(secret: bytes) -> str:
    """The secret as it is typed into a phone: base32 without padding."""
    return base64.b32encode(secret).decode().rstrip("=")
