"""What a witness signs and how its line is laid out: the checkpoint text with the time at which it was seen (C2SP tlog-cosignature, version 1).

It means: at that time this was the largest tree of this log that the witness had seen, and it followed all smaller ones.
"""

from __future__ import annotations

from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.said import say

#: Bytes of the signature field: unsigned 64-bit big-endian POSIX seconds, then an Ed25519 signature.
_TIME_SIZE = 8
_SIGNATURE_SIZE = 64


def cosigned_message(text: bytes, seconds: int) -> bytes:
    """The bytes under a cosignature made at POSIX `seconds` over a checkpoint's text."""
    return b"cosignature/v1\ntime %d\n" % seconds + text


def pack_cosignature(seconds: int, signature: bytes) -> bytes:
    """The signature field of a witness line."""
    return seconds.to_bytes(_TIME_SIZE, "big") + signature


def unpack_cosignature(field: bytes) -> tuple[int, bytes]:
    """(POSIX seconds, Ed25519 signature) of a witness line. Raises Invalid for another length."""
    if len(field) != _TIME_SIZE + _SIGNATURE_SIZE:
        raise Invalid(say("见证签名应有 {wanted} 字节，实有 {found} 字节", wanted=_TIME_SIZE + _SIGNATURE_SIZE, found=len(field)))
    return int.from_bytes(field[:_TIME_SIZE], "big"), field[_TIME_SIZE:]
