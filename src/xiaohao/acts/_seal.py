"""Sealing what could tell who an objector is: AES-256-GCM under the office's key, which never lies in the database."""

from __future__ import annotations

import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from xiaohao.records.installation import read_private

#: Bytes of a GCM nonce (NIST SP 800-38D recommends 96 bits).
_NONCE = 12


def seal(text: str, *, bound_to: str) -> bytes:
    """`text` encrypted; it opens only together with `bound_to` (the objection's id), so that sealed contacts cannot be swapped."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher().encrypt(nonce, text.encode(), bound_to.encode())


def unseal(sealed: bytes, *, bound_to: str) -> str:
    """Raises cryptography.exceptions.InvalidTag when the bytes, the key or the binding are not those of the sealing."""
    return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode()).decode()


def secret_bits(label: str, size: int) -> bytes:
    """`size` (≤ 32) bytes that only this office can make from `label`: the same again for the same label, so they need not be kept."""
    return hmac.digest(_key(), label.encode(), "sha256")[:size]


def _cipher() -> AESGCM:
    return AESGCM(_key())


def _key() -> bytes:
    return bytes.fromhex(read_private(settings.SEAL_KEY_FILE).decode().strip())
