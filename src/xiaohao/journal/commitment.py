"""Commitments: a digest that fixes content without revealing it, because a random salt is hashed with it.

Content and salt are kept outside the log. Shown later, they prove what was committed; deleted, they leave a number that means nothing.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.said import say

#: Bytes of a salt; as many as the digest, so that salt and content cannot be guessed together.
SALT_SIZE = 32

_DOMAIN = b"xiaohao/c/1\n"


def commit(name: str, salt: bytes, content: bytes) -> str:
    """SHA-256("xiaohao/c/1\\n" ‖ name ‖ "\\n" ‖ salt ‖ content) in hex. `salt` is 32 fresh random bytes for every item and field.
    Raises ValueError for a salt of another length or a name with a newline."""
    if len(salt) != SALT_SIZE or "\n" in name or not name:
        raise ValueError(f"a commitment has a name of one line and a salt of {SALT_SIZE} bytes")
    return sha256(_DOMAIN + name.encode() + b"\n" + salt + content).hexdigest()


def check_commitment(digest: str, *, name: str, salt: bytes, content: bytes) -> None:
    """Passes when `digest` was made of exactly this. Raises Invalid."""
    if len(salt) != SALT_SIZE or not hmac.compare_digest(commit(name, salt, content), digest):
        raise Invalid(say("内容与承诺不一致：{name}", name=name))
