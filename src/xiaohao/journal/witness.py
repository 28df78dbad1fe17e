"""The duty of a witness (C2SP tlog-witness): cosign a log's checkpoint only when it follows the last one that was cosigned.

This is the rule alone. Whoever serves it must store the new state only if the old one is still in place, and only then send the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint
from xiaohao.journal.encoding import from_base64, from_decimal
from xiaohao.journal.hashing import EMPTY_ROOT, HASH_SIZE
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import VerifierKey
from xiaohao.journal.note import OpenedNote, open_note, signature_of, split_note
from xiaohao.journal.proof import LONGEST_PROOF, check_consistency
from xiaohao.journal.signer import Cosigner
from xiaohao.kernel.said import say

#: Bytes of a request; the witness that transparency-dev runs draws the same line.
LONGEST_REQUEST = 16 * 1024

TEXT = "text/plain; charset=utf-8"
#: Content type of the answer that names the size a witness expects (tlog-witness, add-checkpoint).
SIZE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class Seen:
    """The last checkpoint that was cosigned for a log: its size, root, and note with the log's and the witness's lines."""

    size: int
    root: bytes
    note: bytes


#: What a witness knows of a log it has never cosigned.
NEVER = Seen(0, EMPTY_ROOT, b"")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `seen` is the new state of log `origin`, to be stored before the answer is sent (None: nothing changes);
    `evidence` says that the request shows a log that contradicts itself and must be kept."""

    status: int
    body: bytes = b""
    content_type: str = TEXT
    origin: str | None = None
    seen: Seen | None = None
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """The parts of an add-checkpoint body."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes


#: origin -> the keys trusted for it
Logs: TypeAlias = Mapping[str, Sequence[VerifierKey]]


def add_checkpoint(body: bytes, *, logs: Logs, last: Callable[[str], Seen], cosigners: Iterable[Cosigner], seconds: int) -> Answer:
    """Answer `POST add-checkpoint`. `last` gives the state of an origin (NEVER for a new one), `seconds` is the POSIX time now.
    The order of the checks is the protocol's: 400, 404, 403, 409, 422, 200."""
    try:
        request = parse_request(body)
        claimed = parse_checkpoint(split_note(request.note).text)
    except Invalid as wrong:
        return Answer(400, f"{wrong.said}\n".encode())
    if request.old > claimed.size:
        return Answer(400, b"old size exceeds checkpoint size\n")
    if claimed.origin not in logs:
        return Answer(404, b"unknown log\n")
    try:
        opened = open_note(request.note, logs[claimed.origin])
    except Invalid as wrong:
        return Answer(403, f"{wrong.said}\n".encode(), origin=claimed.origin)
    return _judge(request, claimed, last(claimed.origin)) or _cosign(claimed, opened, cosigners, seconds)


def _judge(request: Request, claimed: Checkpoint, seen: Seen) -> Answer | None:
    if request.old != seen.size:
        return Answer(409, f"{seen.size}\n".encode(), SIZE, claimed.origin)
    try:
        check_consistency(old=seen.size, old_root=seen.root, new=claimed.size, new_root=claimed.root, path=request.proof)
    except Invalid as wrong:
        return Answer(422, f"{wrong.said}\n".encode(), origin=claimed.origin, evidence=True)
    return None


def _cosign(claimed: Checkpoint, opened: OpenedNote, cosigners: Iterable[Cosigner], seconds: int) -> Answer:
    text = opened.text.encode()
    ours = "".join(signature_of(signer.key, signer.cosign(text, seconds)).line() for signer in cosigners)
    # Lines by unknown keys are not kept: anybody could have added them.
    theirs = "".join(signature_of(key, field).line() for key, field in opened.signed)
    note = opened.text + "\n" + theirs + ours
    return Answer(200, ours.encode(), origin=claimed.origin, seen=Seen(claimed.size, claimed.root, note.encode()))


def parse_request(body: bytes) -> Request:
    """Take an add-checkpoint body apart. Raises Invalid."""
    head, blank, note = body.partition(b"\n\n")
    if len(body) > LONGEST_REQUEST or not blank:
        raise Invalid(say("见证请求不合格式"))
    try:
        old, *hashes = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Invalid(say("见证请求不合格式")) from None
    if not old.startswith("old ") or len(hashes) > LONGEST_PROOF:
        raise Invalid(say("见证请求不合格式"))
    return Request(from_decimal(old.removeprefix("old ")), tuple(from_base64(part, HASH_SIZE) for part in hashes), note)
