"""The journal as a folder that can be carried away: the checkpoint and every tile it needs, the same files that the log serves."""

from __future__ import annotations

from pathlib import Path

from xiaohao.journal.tiles import ENTRIES, Tile, encode_bundle, entries_in, hashes_in, tiles_of
from xiaohao.records.proving import published_checkpoint
from xiaohao.records.tiles import TileStore


def export_journal(tiles: TileStore, folder: Path) -> int:
    """Copy the published journal into `folder`, new or empty; returns the number of entries. The checkpoint comes last.
    Raises FileExistsError for a folder with something in it, NotYetPublished, KeyError or Invalid when a tile is missing or short."""
    checkpoint, note = published_checkpoint(tiles)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    copy = TileStore(folder)
    copy.write((tile, _content(tile, tiles)) for tile in tiles_of(checkpoint.size))
    copy.publish(note)
    return checkpoint.size


def _content(tile: Tile, tiles: TileStore) -> bytes:
    """A partial tile may have given way to the full one by now; the copy has the width that the checkpoint needs."""
    if tile.level == ENTRIES:
        return encode_bundle(entries_in(tile, tiles.read))
    return b"".join(hashes_in(tile, tiles.read))
