"""A signed bundle 案卷包: the manifest names every file with its digest, and the log's key signs the manifest's digest.

The signed text begins with its own header, so that it can never be taken for a checkpoint or a receipt (whose first lines are others).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xiaohao.journal.encoding import from_decimal, is_digest
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import VerifierKey
from xiaohao.journal.note import open_note, sign_note, split_note
from xiaohao.journal.signer import Signer
from xiaohao.journal.values import moment, spell_moment, text
from xiaohao.kernel.said import say

HEADER = "xiaohao/bundle/1"
#: Names of the two files that a signed bundle has beside its content.
MANIFEST, NOTE = "manifest.txt", "bundle.note"

_FIELDS = ("origin", "subject", "made", "manifest", "files", "bytes")
_WORDS = 200
#: Bytes of a path in a manifest: what file systems take.
_LONGEST_PATH = 255


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a bundle: its path, the SHA-256 of its content in hex, and its size in bytes."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is signed: which installation says so (`origin`), what the bundle is about (`subject`: a task's or a list's address), when it was made, the
    digest of its manifest, how many files of how many bytes it lists."""

    origin: str
    subject: str
    made_at: datetime
    manifest: str
    files: int
    bytes: int

    def text(self) -> str:
        """The signed text."""
        values = (self.origin, self.subject, spell_moment(self.made_at), self.manifest, str(self.files), str(self.bytes))
        return f"{HEADER}\n" + "".join(f"{name} {value}\n" for name, value in zip(_FIELDS, values, strict=True))


def manifest_of(files: Iterable[Listed]) -> bytes:
    """The one spelling of a manifest: a line for each file, in the order of paths."""
    return "".join(f"{file.sha256} {file.bytes} {file.path}\n" for file in sorted(files, key=lambda file: file.path)).encode()


def read_manifest(content: bytes) -> tuple[Listed, ...]:
    """The files of a manifest. Raises Invalid, also for a path that leads out of the bundle, and for another spelling."""
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError:
        raise Invalid(say("案卷包的清单不是 UTF-8")) from None
    files = tuple(_listed(line) for line in lines[:-1])
    if lines[-1] or manifest_of(files) != content or len({file.path for file in files}) != len(files):
        raise Invalid(say("案卷包的清单写法不对"))
    return files


def sign_parcel(parcel: Parcel, signer: Signer) -> bytes:
    """The signed note. Raises Invalid for values that it cannot carry, ValueError for another log's key."""
    if parcel.origin != signer.name:
        raise ValueError(f"the key of {signer.name} does not sign for {parcel.origin}")
    parse_parcel(parcel.text())
    return sign_note(parcel.text(), signer)


def signers_of(note: bytes) -> tuple[str, ...]:
    """Who says to have signed, unverified: for telling a person whose key is missing. Raises Invalid."""
    return tuple(f"{signature.name}+{signature.key_id.hex()}" for signature in split_note(note).signatures)


def open_parcel(note: bytes, keys: Iterable[VerifierKey]) -> Parcel:
    """What was signed, when the origin that it names has signed it with one of `keys`. Raises Invalid."""
    opened = open_note(note, keys)
    parcel = parse_parcel(opened.text)
    if parcel.origin not in {key.name for key, _ in opened.signed}:
        raise Invalid(say("案卷包写的来源是 {origin}，签名的却是 {signer}", origin=parcel.origin, signer=opened.signed[0][0].name))
    return parcel


def parse_parcel(content: str) -> Parcel:
    """Read the text of an opened note. Raises Invalid."""
    header, *lines = content.split("\n")
    named = [line.partition(" ")[::2] for line in lines[:-1]]
    if header != HEADER or lines[-1:] != [""] or tuple(name for name, _ in named) != _FIELDS:
        raise Invalid(say("这不是案卷包的签名"))
    origin, subject, made, manifest, files, size = (value for _, value in named)
    if not is_digest(manifest) or not re.fullmatch(r"[0-9A-Za-z/-]{1,80}", subject):
        raise Invalid(say("这不是案卷包的签名"))
    return Parcel(text(_WORDS)(origin), subject, moment(made), manifest, from_decimal(files), from_decimal(size))


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _listed(line: str) -> Listed:
    sha256, _, rest = line.partition(" ")
    size, _, path = rest.partition(" ")
    if not is_digest(sha256) or not is_safe(path) or path in (MANIFEST, NOTE):
        raise Invalid(say("案卷包的清单写法不对"))
    return Listed(path, sha256, from_decimal(size))


def is_safe(path: str) -> bool:
    """Whether a path stays inside its bundle on every system: relative, no `..`, no backslash, drive or control character, in normal form C."""
    parts = path.split("/")
    unseen = any(unicodedata.category(sign)[0] == "C" for sign in path)
    return (
        0 < len(path.encode()) <= _LONGEST_PATH
        and not unseen
        and not any(part in ("", ".", "..") for part in parts)
        and not re.search(r"[\\:]", path)
        and unicodedata.normalize("NFC", path) == path
    )
