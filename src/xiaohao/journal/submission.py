"""The log's side of the witness protocol (C2SP tlog-witness): what to send, and what an answer means.

A witness that refuses because it saw another tree is the alarm that all of this is built for; it is never retried away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xiaohao.journal.encoding import from_decimal, to_base64
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import Algorithm, VerifierKey
from xiaohao.journal.note import open_note, signature_of, split_note
from xiaohao.journal.witness import SIZE


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The witness signed; `lines` go below the checkpoint."""

    lines: bytes


@dataclass(frozen=True, slots=True)
class Behind:
    """The witness last signed `size`: make the proof from there and send once more."""

    size: int


@dataclass(frozen=True, slots=True)
class ForkAlarm:
    """The witness holds a tree that ours does not follow. Stop publishing, keep both notes, call a person."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing usable came (overload, a proxy's page, a wrong key): stay unwitnessed, show it, try later."""

    status: int


Outcome: TypeAlias = Cosigned | Behind | ForkAlarm | NoAnswer


def request_body(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """Body of `POST add-checkpoint`: from the size that the witness last signed to the checkpoint `note`."""
    return f"old {old}\n".encode() + b"".join(to_base64(part).encode() + b"\n" for part in proof) + b"\n" + note


def read_answer(*, status: int, content_type: str, body: bytes, note: bytes, keys: Iterable[VerifierKey]) -> Outcome:
    """What the witness with `keys` answered to our checkpoint `note`. Lines by other keys are dropped.
    409 without a size is what a deployed witness says to an equal size with another root: an alarm like 422."""
    match status:
        case 200:
            return _cosigned(body, note, [key for key in keys if key.algorithm is Algorithm.COSIGNATURE])
        case 409 if content_type.partition(";")[0].strip() == SIZE:
            return _behind(body)
        case 409 | 422:
            return ForkAlarm(status, body)
        case _:
            return NoAnswer(status)


def with_lines(note: bytes, lines: bytes) -> bytes:
    """The checkpoint with further signature lines below it, each line once. Raises Invalid when `lines` are no signature lines."""
    ours = split_note(note).signatures
    new = dict.fromkeys(line for line in split_note(note + lines).signatures if line not in ours)
    return note + "".join(line.line() for line in new).encode()


def _cosigned(body: bytes, note: bytes, keys: Sequence[VerifierKey]) -> Outcome:
    bare = split_note(note).text.encode() + b"\n"
    try:
        opened = open_note(bare + body, keys)
    except Invalid:
        return NoAnswer(200)
    return Cosigned("".join(signature_of(key, field).line() for key, field in opened.signed).encode())


def _behind(body: bytes) -> Outcome:
    try:
        return Behind(from_decimal(body.decode("ascii").removesuffix("\n")))
    except (Invalid, UnicodeDecodeError):
        return NoAnswer(409)
