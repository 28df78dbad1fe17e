"""Proofs from the tiles on disk, for pages, downloads and the witness above."""

from __future__ import annotations

from xiaohao.journal.batch import prove_row, write_row_proof
from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint
from xiaohao.journal.note import split_note
from xiaohao.journal.proof import consistency_proof
from xiaohao.journal.submission import request_body
from xiaohao.journal.tiles import TileHashes
from xiaohao.journal.tlog_proof import proof_file
from xiaohao.records.models import Commitment
from xiaohao.records.tiles import TileStore


class NotYetPublished(LookupError):  # noqa: N818 - says what is the case
    """The published checkpoint does not reach this entry yet; it will after the next run of integrate."""


def published_checkpoint(tiles: TileStore) -> tuple[Checkpoint, bytes]:
    """The published checkpoint and its note. Raises NotYetPublished before the first one."""
    note = tiles.checkpoint()
    if note is None:
        raise NotYetPublished("no checkpoint has been published")
    return parse_checkpoint(split_note(note).text), note


def proof_of(tiles: TileStore, index: int) -> bytes:
    """The `.tlog-proof` file of entry `index` under the published checkpoint, witness lines included, the entry in its `extra` line.
    Raises NotYetPublished, KeyError when a tile is missing, Invalid when tiles and checkpoint do not agree."""
    checkpoint, note = published_checkpoint(tiles)
    if not 0 <= index < checkpoint.size:
        raise NotYetPublished(f"entry {index} is not among the {checkpoint.size} published")
    return proof_file(index, entry=tiles.entry(index, checkpoint.size), note=note, hashes=TileHashes(checkpoint.size, tiles.read))


def row_proof_of(commitment: Commitment, content: bytes) -> bytes:
    """The proof file of one row of a batch: `content` is the row's (records.committed.row_content). It is checked against the entry that it is
    read with (`xiaohao-verify ENTRY.tlog-proof --row FILE`). Raises LookupError for a row that its entry names by itself, Invalid when the
    content is not what was committed to."""
    if not commitment.batch:
        raise LookupError(f"{commitment.name} stands in its entry by itself")
    digests = list(
        Commitment.objects.filter(entry=commitment.entry_id, batch=commitment.batch).order_by("leaf").values_list("digest", flat=True)
    )
    return write_row_proof(
        prove_row(commitment.batch, digests, commitment.leaf, name=commitment.name, salt=bytes(commitment.salt), content=content)
    )


def witness_request(tiles: TileStore, last_seen: int) -> bytes:
    """Body of the request that asks a witness, which last signed `last_seen` entries, to sign the published checkpoint.
    Raises NotYetPublished, ValueError when the witness has seen more than is published."""
    checkpoint, note = published_checkpoint(tiles)
    return request_body(last_seen, consistency_proof(last_seen, checkpoint.size, TileHashes(checkpoint.size, tiles.read)), note)
