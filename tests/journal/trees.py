"""Strategies for trees, and changes of one bit."""

from __future__ import annotations

from hypothesis import strategies as st

from xiaohao.journal.hashing import leaf_hash


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(b"%d" % n) for n in range(size)]


#: A tree's size, around the places where its shape changes as well as anywhere.
SIZES = st.one_of(st.integers(1, 40), st.integers(1, 1200), st.sampled_from([255, 256, 257, 511, 512, 513, 1024]))


@st.composite
def flipped(draw: st.DrawFn, content: bytes) -> bytes:
    """`content` with one bit changed."""
    at = draw(st.integers(0, len(content) * 8 - 1))
    changed = bytearray(content)
    changed[at // 8] ^= 1 << at % 8
    return bytes(changed)
