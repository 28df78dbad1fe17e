"""The `.tlog-proof` file (C2SP tlog-proof): everything a reader needs to see, without a network, that one entry is in the log."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.journal.checkpoint import parse_checkpoint
from xiaohao.journal.encoding import from_base64, from_decimal, to_base64
from xiaohao.journal.hashing import HASH_SIZE, leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.note import LONGEST_NOTE, split_note
from xiaohao.journal.proof import LONGEST_PROOF, HashReader, check_inclusion, inclusion_proof
from xiaohao.journal.tiles import LONGEST_IN_BUNDLE
from xiaohao.kernel.said import say

#: The first line of every such file.
HEADER = "c2sp.org/tlog-proof@v1"

#: Bytes: a note, 63 hashes, and the longest entry in base64, with room to spare.
LONGEST_PROOF_FILE = LONGEST_NOTE + 2 * LONGEST_IN_BUNDLE


@dataclass(frozen=True, slots=True)
class TlogProof:
    """Entry `index` leads by `path` to the root in the checkpoint `note`. `extra` is not authenticated; we keep the entry itself there."""

    index: int
    path: tuple[bytes, ...]
    note: bytes
    extra: bytes | None = None


def proof_file(index: int, *, entry: bytes, note: bytes, hashes: HashReader) -> bytes:
    """The `.tlog-proof` of `entry` at `index` under the checkpoint `note` (with whatever witness lines it carries); `hashes` reads the tree.
    It is checked before it leaves: raises Invalid when entry, tree and checkpoint do not agree, ValueError when the checkpoint does not reach `index` yet."""
    checkpoint = parse_checkpoint(split_note(note).text)
    path = inclusion_proof(index, checkpoint.size, hashes)
    check_inclusion(leaf=leaf_hash(entry), index=index, size=checkpoint.size, path=path, root=checkpoint.root)
    return write_proof(TlogProof(index, path, note, entry))


def write_proof(proof: TlogProof) -> bytes:
    """The bytes of the file."""
    lines = [HEADER]
    if proof.extra is not None:
        lines.append(f"extra {to_base64(proof.extra)}")
    lines.append(f"index {proof.index}")
    lines += [to_base64(part) for part in proof.path]
    return "".join(f"{line}\n" for line in lines).encode() + b"\n" + proof.note


def read_proof(content: bytes) -> TlogProof:
    """Take the file apart; nothing in it has been checked yet. Raises Invalid."""
    if len(content) > LONGEST_PROOF_FILE:
        raise Invalid(say("证明文件超过 {limit} 字节", limit=LONGEST_PROOF_FILE))
    head, blank, note = content.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        lines = []
    if not blank or lines[:1] != [HEADER]:
        raise Invalid(say("这不是证明文件"))
    extra = from_base64(lines.pop(1).removeprefix("extra ")) if len(lines) > 1 and lines[1].startswith("extra ") else None
    if len(lines) < 2 or not lines[1].startswith("index "):
        raise Invalid(say("证明文件没有写明序号"))
    if len(lines) - 2 > LONGEST_PROOF:
        raise Invalid(say("证明的长度不对：有 {found} 个哈希", found=len(lines) - 2))
    path = tuple(from_base64(line, HASH_SIZE) for line in lines[2:])
    return TlogProof(from_decimal(lines[1].removeprefix("index ")), path, note, extra)
