"""The receipt that an objector gets at once: a note signed with the log's key that promises an entry within some hours.

A receipt without its entry in the log after that time proves, to anybody and offline, that an objection was suppressed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from xiaohao.journal.encoding import from_decimal, is_digest
from xiaohao.journal.entry import Entry
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import VerifierKey
from xiaohao.journal.note import open_note, sign_note
from xiaohao.journal.signer import Signer
from xiaohao.journal.values import matching, moment, spell_moment, text
from xiaohao.kernel.said import say

#: First line of the text. It cannot begin a checkpoint, whose second line is a number.
HEADER = "xiaohao/receipt/1"

#: Name of the commitment that a receipt carries (commitment.py).
COMMITTED_AS = "objection"

#: Commitments of reports that came after their window stand in an entry's `c` under names that begin so; they hold nothing up.
REPORTED_AS = "report/"

_FIELDS = ("log", "receipt", "task", "commitment", "time", "promise")
_WORDS = 200


@dataclass(frozen=True, slots=True)
class ObjectionReceipt:
    """Receipt `id` of an objection against `task`, taken by the log `origin` at `at`, promised to be in the log within `promise_hours`."""

    origin: str
    id: str
    task: str
    commitment: str
    at: datetime
    promise_hours: int

    @property
    def due_at(self) -> datetime:
        """By when the entry must be in the log."""
        return self.at + timedelta(hours=self.promise_hours)

    def text(self) -> str:
        """The signed text."""
        values = (self.origin, self.id, self.task, self.commitment, spell_moment(self.at), str(self.promise_hours))
        return f"{HEADER}\n" + "".join(f"{name} {value}\n" for name, value in zip(_FIELDS, values, strict=True))


def sign_receipt(receipt: ObjectionReceipt, signer: Signer) -> bytes:
    """The signed note to hand out. Raises Invalid for values that a receipt cannot carry, ValueError for another log's key."""
    if receipt.origin != signer.name:
        raise ValueError(f"the key of {signer.name} does not sign for {receipt.origin}")
    parse_receipt(receipt.text())
    return sign_note(receipt.text(), signer)


def open_receipt(note: bytes, keys: Iterable[VerifierKey]) -> ObjectionReceipt:
    """The receipt, when the log that it names has signed it with one of `keys`. Raises Invalid."""
    opened = open_note(note, keys)
    receipt = parse_receipt(opened.text)
    if receipt.origin not in {key.name for key, _ in opened.signed}:
        raise Invalid(say("检查点写的日志是 {origin}，签名的却是 {signer}", origin=receipt.origin, signer=opened.signed[0][0].name))
    return receipt


def parse_receipt(content: str) -> ObjectionReceipt:
    """Read a receipt's text (of an opened note). Raises Invalid."""
    header, *lines = content.split("\n")
    named = [line.partition(" ")[::2] for line in lines[:-1]]
    if header != HEADER or lines[-1:] != [""] or tuple(name for name, _ in named) != _FIELDS:
        raise Invalid(say("这不是异议回执"))
    origin, number, task, commitment, at, promise = (value for _, value in named)
    matching(r"[0-9A-Za-z-]{1,64}")(number)
    if not is_digest(commitment) or from_decimal(promise) < 1:
        raise Invalid(say("这不是异议回执"))
    return ObjectionReceipt(text(_WORDS)(origin), number, text(_WORDS)(task), commitment, moment(at), from_decimal(promise))


def receipted(entry: Entry) -> tuple[str, ...]:
    """The commitments in `entry` that a receipt may have promised: objections, and reports that came too late to be one."""
    late = (one.digest for one in entry.commitments if one.name.startswith(REPORTED_AS))
    return (*(one.digest for one in entry.objections), *late)
