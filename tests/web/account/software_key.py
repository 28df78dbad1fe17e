"""A security key made of software, so that what a browser sends is really signed: ES256, no attestation."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256


def text_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@dataclass
class SoftwareKey:
    """One key for one site; `count` goes up with each signature, as it should."""

    origin: str
    count: int = 0
    name: bytes = field(default_factory=lambda: os.urandom(16))
    secret: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, question: str) -> dict[str, Any]:
        """The answer to `navigator.credentials.create`."""
        wanted = json.loads(question)["publicKey"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.secret.public_key())))
        held = bytes(16) + struct.pack(">H", len(self.name)) + self.name + public
        data = self._data(wanted["rp"]["id"], flags=0x45) + held
        said = {"attestationObject": text_of(cbor.encode({"fmt": "none", "attStmt": {}, "authData": data}))}
        return self._answer(said | {"clientDataJSON": text_of(self._told("webauthn.create", wanted["challenge"]))})

    def shown(self, question: str) -> dict[str, Any]:
        """The answer to `navigator.credentials.get`."""
        wanted = json.loads(question)["publicKey"]
        self.count += 1
        data, told = self._data(wanted["rpId"], flags=0x05), self._told("webauthn.get", wanted["challenge"])
        signature = self.secret.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        said = {"authenticatorData": text_of(data), "signature": text_of(signature), "clientDataJSON": text_of(told)}
        return self._answer(said)

    def _data(self, site: str, *, flags: int) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _told(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "id": text_of(self.name),
            "rawId": text_of(self.name),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
