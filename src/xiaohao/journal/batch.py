"""One commitment for many: the Merkle root over the salted commitments of a batch, so that an act over fifty thousand rows fits one entry,
and a single row of it can still be shown to anybody, alone, with a proof of a few hashes.

A batch stands in an entry like any other commitment, named `batch/<ordinal>`; its digest fixes its name, its size and the root:

    h = hex SHA-256("xiaohao/b/1\\n" ‖ name ‖ "\\n" ‖ size ‖ "\\n" ‖ root)

The tree is that of the log itself (RFC 6962 section 2.1); leaf n is the leaf hash of the 32 bytes of commitment n.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from xiaohao.journal.commitment import SALT_SIZE, commit
from xiaohao.journal.encoding import from_base64, from_decimal, to_base64
from xiaohao.journal.entry import Commitment
from xiaohao.journal.hashing import HASH_SIZE, leaf_hash, root_of
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import check_inclusion, hashes_of, inclusion_proof
from xiaohao.kernel.said import say

#: First line of a row's proof file.
HEADER = "xiaohao/row/1"
#: How a batch is named in its entry, before its ordinal.
NAMED = "batch"

_DOMAIN = b"xiaohao/b/1\n"


def batch_digest(name: str, digests: Sequence[str]) -> str:
    """The digest of a batch, in hex, over the hex digests of its commitments in their order. Raises ValueError for none, or a name with a newline."""
    if not digests:
        raise ValueError("a batch holds at least one commitment")
    return _digest(name, len(digests), root_of([_leaf(digest) for digest in digests]))


def batch_of(name: str, commitments: Sequence[Commitment]) -> Commitment:
    """What the entry holds in the place of all these commitments."""
    return Commitment(name, batch_digest(name, [one.digest for one in commitments]))


@dataclass(frozen=True, slots=True)
class RowProof:
    """One row of a batch, shown alone: what was committed to (`name`, `salt`, `content`), where it lies (`index` of `size` under `root`), and
    the hashes that lead from it to the root, its neighbour first."""

    name: str
    salt: bytes
    content: bytes
    batch: str
    index: int
    size: int
    root: bytes
    hashes: tuple[bytes, ...]


def prove_row(batch: str, digests: Sequence[str], index: int, *, name: str, salt: bytes, content: bytes) -> RowProof:
    """The proof of the row at `index` of a batch with these digests. Raises Invalid when the content is not what was committed to."""
    if commit(name, salt, content) != digests[index]:
        raise Invalid(say("内容与承诺不一致：{name}", name=name))
    leaves = [_leaf(digest) for digest in digests]
    path = inclusion_proof(index, len(leaves), hashes_of(leaves))
    return RowProof(name, salt, content, batch, index, len(leaves), root_of(leaves), path)


def check_row(proof: RowProof, commitments: Sequence[Commitment]) -> None:
    """Passes when the row stands in the batch of that name among an entry's `commitments`. Raises Invalid."""
    held = next((one.digest for one in commitments if one.name == proof.batch), None)
    if held is None or held != _digest(proof.batch, proof.size, proof.root):
        raise Invalid(say("这条记录里没有批次 {name}", name=proof.batch))
    leaf = _leaf(commit(proof.name, proof.salt, proof.content))
    check_inclusion(leaf=leaf, index=proof.index, size=proof.size, path=proof.hashes, root=proof.root)


def write_row_proof(proof: RowProof) -> bytes:
    """The proof as a file: one line for each field, then the hashes in base64."""
    fields = (
        HEADER,
        f"name {proof.name}",
        f"salt {proof.salt.hex()}",
        f"content {to_base64(proof.content)}",
        f"batch {proof.batch}",
        f"index {proof.index}",
        f"size {proof.size}",
        f"root {to_base64(proof.root)}",
        *map(to_base64, proof.hashes),
    )
    return ("\n".join(fields) + "\n").encode()


def parse_row_proof(data: bytes) -> RowProof:
    """Read a proof file; one value has one spelling. Raises Invalid."""
    wrong = Invalid(say("行证明的格式不对"))
    try:
        header, *lines = data.decode().removesuffix("\n").split("\n")
        name, salt, content, batch, index, size, root = (
            _field(label, line) for label, line in zip(_FIELDS, lines[: len(_FIELDS)], strict=True)
        )
        salted = bytes.fromhex(salt)
    except ValueError:
        raise wrong from None
    proof = RowProof(
        name,
        salted,
        from_base64(content),
        batch,
        from_decimal(index),
        from_decimal(size),
        from_base64(root, HASH_SIZE),
        tuple(from_base64(line, HASH_SIZE) for line in lines[len(_FIELDS) :]),
    )
    if header != HEADER or len(salted) != SALT_SIZE or not name or not batch or write_row_proof(proof) != data:
        raise wrong
    return proof


_FIELDS = ("name", "salt", "content", "batch", "index", "size", "root")


def _field(label: str, line: str) -> str:
    if not line.startswith(label + " "):
        raise ValueError(line)
    return line[len(label) + 1 :]


def _digest(name: str, size: int, root: bytes) -> str:
    if "\n" in name or not name:
        raise ValueError("a batch has a name of one line")
    return sha256(_DOMAIN + name.encode() + b"\n" + str(size).encode() + b"\n" + root).hexdigest()


def _leaf(digest: str) -> bytes:
    return leaf_hash(bytes.fromhex(digest))
