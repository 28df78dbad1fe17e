"""Checkpoints (C2SP tlog-checkpoint): the log's name, how many entries it has, and the root hash over all of them, as a signed note."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.journal.encoding import from_base64, from_decimal, to_base64
from xiaohao.journal.hashing import HASH_SIZE
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.note import sign_note
from xiaohao.journal.signer import Signer
from xiaohao.kernel.said import say

#: origin, size, root
_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the log `origin` with `size` entries. `extensions` are lines that other logs may add; ours adds none."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that log and witnesses sign."""
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), to_base64(self.root), *self.extensions))


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text (of an opened note). Raises Invalid."""
    lines = text.split("\n")
    if len(lines) <= _LINES or lines.pop() or not all(lines):
        raise Invalid(say("这不是检查点"))
    origin, size, root, *extensions = lines
    return Checkpoint(origin, from_decimal(size), from_base64(root, HASH_SIZE), tuple(extensions))


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The signed note. Raises ValueError when the key is another log's."""
    if checkpoint.origin != signer.name:
        raise ValueError(f"the key of {signer.name} does not sign for {checkpoint.origin}")
    return sign_note(checkpoint.text(), signer)
