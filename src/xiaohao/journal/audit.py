"""The whole log against its checkpoint: every entry hashed anew, every tile compared byte for byte, the root recomputed."""

from __future__ import annotations

from collections.abc import Iterator

from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.journal.hashing import leaf_hash, root_of
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import tree_root
from xiaohao.journal.tiles import ENTRIES, FULL, Tile, TileHashes, TileReader, entries_in, hashes_in, tiles_of
from xiaohao.kernel.said import say


def audit(checkpoint: Checkpoint, read: TileReader) -> Iterator[tuple[int, bytes]]:
    """Every (index, entry), each yielded once its own tile agrees; ends without error only when all tiles and the root agree too,
    so believe nothing before the end. Raises Invalid where something differs or is missing. Holds one hash for each 256 entries."""
    hashes: list[bytes] = []
    finished: list[bytes] = []
    level = 0
    for tile in tiles_of(checkpoint.size):
        if tile.level == ENTRIES:
            entries = _entries(tile, read)
            hashes = [leaf_hash(entry) for entry in entries]
            continue
        if tile.level > level:
            # One level up: its hashes are the roots of the full tiles below.
            level, hashes, finished = tile.level, finished, []
        part = hashes if level == 0 else hashes[tile.index * FULL : tile.index * FULL + tile.width]
        _compare(tile, part, read)
        if tile.width == FULL:
            finished.append(root_of(part))
        if level == 0:
            yield from enumerate(entries, tile.index * FULL)
    # The tiles are those of the entries now; so their root is the entries' root.
    if tree_root(checkpoint.size, TileHashes(checkpoint.size, read)) != checkpoint.root:
        raise Invalid(say("各条记录算出的根哈希与检查点不一致"))


def _entries(tile: Tile, read: TileReader) -> tuple[bytes, ...]:
    try:
        return entries_in(tile, read)
    except LookupError:
        raise Invalid(say("缺文件：{path}", path=tile.path)) from None


def _compare(tile: Tile, hashes: list[bytes], read: TileReader) -> None:
    try:
        written = hashes_in(tile, read)
    except LookupError:
        raise Invalid(say("缺文件：{path}", path=tile.path)) from None
    for position, (found, wanted) in enumerate(zip(written, hashes, strict=True)):
        if found != wanted:
            raise Invalid(say("{path} 的第 {position} 个哈希与记录不一致", path=tile.path, position=position))
