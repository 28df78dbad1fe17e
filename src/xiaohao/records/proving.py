"""Proofs from the tiles on disk, for pages, downloads and the witness above."""

from __future__ import annotations

from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint
from xiaohao.journal.note import split_note
from xiaohao.journal.proof import consistency_proof
from xiaohao.journal.submission import request_body
from xiaohao.journal.tiles import TileHashes
from xiaohao.journal.tlog_proof import proof_file
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


def witness_request(tiles: TileStore, last_seen: int) -> bytes:
    """Body of the request that asks a witness, which last signed `last_seen` entries, to sign the published checkpoint.
    Raises NotYetPublished, ValueError when the witness has seen more than is published."""
    checkpoint, note = published_checkpoint(tiles)
    return request_body(last_seen, consistency_proof(last_seen, checkpoint.size, TileHashes(checkpoint.size, tiles.read)), note)
