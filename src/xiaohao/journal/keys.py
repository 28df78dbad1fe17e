"""Public keys of logs and witnesses, with the name, the short id and the one-line spelling that the C2SP signed-note format gives them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from xiaohao.journal.cosignature import cosigned_message, unpack_cosignature
from xiaohao.journal.encoding import from_base64, shown, to_base64
from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.said import say

#: Bytes of an Ed25519 public key or seed (RFC 8032).
KEY_SIZE = 32
#: Bytes of a key id (signed-note: the first four bytes of a SHA-256).
KEY_ID_SIZE = 4


class Algorithm(IntEnum):
    """Signature type bytes of signed-note that this version reads."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key: whose (`name`), for which kind of signature, and its 32 bytes. `str()` is the vkey that policies and handbooks print."""

    name: str
    algorithm: Algorithm
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys apart; not a fingerprint."""
        return sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:KEY_ID_SIZE]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.algorithm]) + self.public)}"

    def verifies(self, text: bytes, signature: bytes) -> bool:
        """Whether `signature`, the field of a note's signature line without its key id, is this key's over `text`."""
        message = text
        if self.algorithm is Algorithm.COSIGNATURE:
            try:
                seconds, signature = unpack_cosignature(signature)
            except Invalid:
                return False
            message = cosigned_message(text, seconds)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def parse_vkey(text: str) -> VerifierKey:
    """Read `name+hex key id+base64(type ‖ key)`. Raises Invalid, also when the id does not belong to the key."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    check_name(name)
    material = from_base64(encoded)
    if len(material) != 1 + KEY_SIZE or material[0] not in set(Algorithm):
        raise Invalid(say("不认识的公钥种类：{text}", text=shown(text)))
    key = VerifierKey(name, Algorithm(material[0]), material[1:])
    if key.key_id.hex() != key_id:
        raise Invalid(say("公钥与它的编号不一致：{text}", text=shown(text)))
    return key


def check_name(name: str) -> None:
    """Passes for a key name of signed-note: valid UTF-8, not empty, no space of any kind, no plus sign. Raises Invalid."""
    if not name or "+" in name or any(letter.isspace() or letter < " " or "\ud800" <= letter <= "\udfff" for letter in name):
        raise Invalid(say("密钥名称不合格式：{text}", text=shown(name)))
