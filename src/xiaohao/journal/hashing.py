"""The hashes of the tree: one for an entry, one for a pair, one for the empty tree.

The first byte differs between entries and pairs, so that a pair can never be shown as an entry (RFC 6962 section 2.1, RFC 9162 section 2.1.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

#: Bytes of one hash.
HASH_SIZE = 32

#: Root of the tree without entries: SHA-256 of nothing (RFC 6962 section 2.1). Go's tlog gives 32 zero bytes here; the RFC is followed.
EMPTY_ROOT = sha256(b"").digest()

_LEAF = b"\x00"
_NODE = b"\x01"


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry, 32 bytes."""
    return sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two neighbouring subtrees, 32 bytes."""
    return sha256(_NODE + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree over these leaf hashes; the left half is the largest power of two below their number."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        # Pairing neighbours and carrying an odd last one upwards gives the same tree as splitting at the power of two.
        paired = [node_hash(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) & ~1 :]
    return level[0]


def split_point(count: int) -> int:
    """Largest power of two strictly below `count` (at least 2): how many leaves the left subtree holds."""
    return 1 << (count - 1).bit_length() - 1
