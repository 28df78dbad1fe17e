"""Numbers under a key that the jurisdictions share: equal ones stay equal, and who has no key can neither try out words nor read anything back.

HMAC-SHA-256 (RFC 2104), cut to 63 bits so that Parquet, numpy and every engine hold it as a positive number.
"""

from __future__ import annotations

import hmac

from xiaohao.kernel.arrays import np
from xiaohao.screening.copied.grams import Hashes

#: Bytes of a key: as long as the hash (RFC 2104, section 3: shorter ones weaken it).
KEY_BYTES = 32
#: What is keyed, so that numbers of two kinds never meet.
GRAM, MARK, PICTURE, DOCUMENT, CHECK = b"gram:", b"mark:", b"picture:", b"document:", b"check:"

_POSITIVE = 0x7FFF_FFFF_FFFF_FFFF


def keyed(values: Hashes, key: bytes, kind: bytes) -> list[int]:
    """One number for each value, in their order."""
    known = {value: _number(key, kind + value.to_bytes(8, "big")) for value in np.unique(values).tolist()}
    return [known[value] for value in values.tolist()]


def keyed_bytes(content: bytes, key: bytes, kind: bytes) -> int:
    """The number of some bytes."""
    return _number(key, kind + content)


def key_check(key: bytes) -> str:
    """What tells whether two exports were made with one key, and nothing else about it."""
    return hmac.digest(key, CHECK, "sha256").hex()[:16]


def _number(key: bytes, content: bytes) -> int:
    return int.from_bytes(hmac.digest(key, content, "sha256")[:8], "big") & _POSITIVE
