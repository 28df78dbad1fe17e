"""Private keys at work: the log signs its notes, a witness cosigns other people's checkpoints.

Seeds come from the caller as bytes (this room has no randomness and reads no files); the text form is that of golang.org/x/mod/sumdb/note.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xiaohao.journal.cosignature import cosigned_message, pack_cosignature
from xiaohao.journal.encoding import from_base64, to_base64
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import KEY_SIZE, Algorithm, VerifierKey, check_name
from xiaohao.kernel.said import say

_PREFIX = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class Signer:
    """The key of a log; its name is the log's origin. The seed never appears in a repr."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.seed) != KEY_SIZE:
            raise ValueError(f"an Ed25519 seed has {KEY_SIZE} bytes")

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(self.name, Algorithm.ED25519, _public(self.seed))

    @classmethod
    def from_text(cls, text: str) -> Signer:
        """The log key in a key file (see private_key_text). Raises Invalid, also for the key of a witness."""
        found = parse_private_key(text)
        if not isinstance(found, cls):
            raise Invalid(say("这是见证的私钥，不是日志的私钥"))
        return found

    def sign(self, text: bytes) -> bytes:
        """Ed25519 signature over `text`, 64 bytes; the same text always gives the same signature."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(text)


@dataclass(frozen=True, slots=True)
class Cosigner:
    """The key of a witness. One key serves one witness name only, because the signed message does not hold the name."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.seed) != KEY_SIZE:
            raise ValueError(f"an Ed25519 seed has {KEY_SIZE} bytes")

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(self.name, Algorithm.COSIGNATURE, _public(self.seed))

    def cosign(self, text: bytes, seconds: int) -> bytes:
        """Signature field of the witness line over a checkpoint's text at POSIX `seconds`, 72 bytes."""
        return pack_cosignature(seconds, Ed25519PrivateKey.from_private_bytes(self.seed).sign(cosigned_message(text, seconds)))


def generate_key(name: str, seed: bytes) -> tuple[str, str]:
    """(private key text, vkey) of a log named `name`; `seed` is 32 bytes from the operating system's random source.
    Raises Invalid for a bad name, ValueError for a bad seed."""
    signer = Signer(name, seed)
    return private_key_text(signer), str(signer.key)


def private_key_text(signer: Signer | Cosigner) -> str:
    """One line to keep in a file of mode 0600: `PRIVATE+KEY+name+id+base64(type ‖ seed)`."""
    key = signer.key
    return f"{_PREFIX}{key.name}+{key.key_id.hex()}+{to_base64(bytes([key.algorithm]) + signer.seed)}"


def parse_private_key(text: str) -> Signer | Cosigner:
    """Read `private_key_text`. Raises Invalid without repeating any of the text."""
    refusal = Invalid(say("这不是私钥文件"))
    stripped = text.strip()
    parts = stripped.removeprefix(_PREFIX).split("+", 2)
    if not stripped.startswith(_PREFIX) or len(parts) != 3:
        raise refusal
    name, key_id, encoded = parts
    try:
        material = from_base64(encoded, 1 + KEY_SIZE)
        signer = _holder(Algorithm(material[0]), name, material[1:])
    except (Invalid, ValueError):
        raise refusal from None
    if signer.key.key_id.hex() != key_id:
        raise refusal
    return signer


def _holder(algorithm: Algorithm, name: str, seed: bytes) -> Signer | Cosigner:
    return Signer(name, seed) if algorithm is Algorithm.ED25519 else Cosigner(name, seed)


def _public(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
