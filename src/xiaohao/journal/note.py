"""Signed notes (C2SP signed-note): a text of lines, a blank line, and one line for each signature.

The text of a note means nothing until a key that the reader trusts has been checked; `open_note` is the way to get it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xiaohao.journal.encoding import from_base64, to_base64
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import KEY_ID_SIZE, VerifierKey, check_name
from xiaohao.journal.signer import Signer
from xiaohao.kernel.said import say

__all__ = ["OpenedNote", "Signature", "Signer", "UnverifiedNote", "VerifierKey", "open_note", "sign_note", "signature_of", "split_note"]

#: Bytes; signed-note wants at least 16 signatures accepted, each up to about 5 kB when they are post-quantum, in base64.
LONGEST_NOTE = 128 * 1024

_MARK = "— "


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who, the four bytes of the key id, and the signature field."""

    name: str
    key_id: bytes
    field: bytes

    def line(self) -> str:
        return f"{_MARK}{self.name} {to_base64(self.key_id + self.field)}\n"


@dataclass(frozen=True, slots=True)
class UnverifiedNote:
    """A note taken apart. Nobody has looked at its signatures: use `text` only to find out which keys to ask."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note whose `signed` lines are by known keys and hold; lines of unknown keys are left out."""

    text: str
    signed: tuple[tuple[VerifierKey, bytes], ...]


def sign_note(text: str, signer: Signer) -> bytes:
    """The note over `text` with the signer's line. Raises ValueError for a text that a note cannot carry."""
    body = text.encode()
    if not text.endswith("\n") or _has_controls(text):
        raise ValueError("the text of a note ends with a newline and has no other control character")
    return body + b"\n" + signature_of(signer.key, signer.sign(body)).line().encode()


def signature_of(key: VerifierKey, field: bytes) -> Signature:
    """The signature line of `key`."""
    return Signature(key.name, key.key_id, field)


def split_note(note: bytes) -> UnverifiedNote:
    """Take a note apart at its last blank line, without believing it. Raises Invalid for bytes that are not a note."""
    if len(note) > LONGEST_NOTE:
        raise Invalid(say("签名文本超过 {limit} 字节", limit=LONGEST_NOTE))
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        raise Invalid(say("签名文本不是 UTF-8")) from None
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or _has_controls(whole):
        raise Invalid(say("这不是签名文本"))
    return UnverifiedNote(text + "\n", tuple(_signature(line) for line in lines[:-1].split("\n")))


def open_note(note: bytes, keys: Iterable[VerifierKey]) -> OpenedNote:
    """The note as far as `keys` vouch for it: a line by a known key that does not hold spoils the whole note, unknown keys are passed over.
    Raises Invalid when no known key has signed."""
    unverified = split_note(note)
    known = {(key.name, key.key_id): key for key in keys}
    signed = []
    for signature in unverified.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not key.verifies(unverified.text.encode(), signature.field):
            raise Invalid(say("{name} 的签名不成立", name=signature.name))
        signed.append((key, signature.field))
    if not signed:
        raise Invalid(say("没有所信任的签名"))
    return OpenedNote(unverified.text, tuple(signed))


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_MARK).partition(" ")
    if not line.startswith(_MARK):
        raise Invalid(say("签名行不合格式"))
    check_name(name)
    field = from_base64(encoded)
    if len(field) <= KEY_ID_SIZE:
        raise Invalid(say("签名行不合格式"))
    return Signature(name, field[:KEY_ID_SIZE], field[KEY_ID_SIZE:])


def _has_controls(text: str) -> bool:
    return any(letter < " " and letter != "\n" for letter in text)
