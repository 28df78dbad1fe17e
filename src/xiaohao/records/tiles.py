"""The journal as files that any web server can hand out: entry bundles, hash tiles and the checkpoint, under one folder.

Files are written in an order that never lets one point at what is not there, and each is put in place whole. Nothing read here is
trusted by itself: integrate.py compares it with the anchor, readers with the signed checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from xiaohao.journal.tiles import ENTRIES, FULL, Tile, entries_in, width_in
from xiaohao.records.disk import Disk

CHECKPOINT = "checkpoint"


@dataclass(frozen=True, slots=True)
class TileStore:
    """The folder `home`, laid out as C2SP tlog-tiles wants it (`checkpoint`, `tile/…`)."""

    home: Path
    disk: Disk = field(default_factory=Disk)

    def read(self, tile: Tile) -> bytes:
        """The bytes of a tile. Raises KeyError when there is no such file (a TileReader of journal.tiles)."""
        try:
            return (self.home / tile.path).read_bytes()
        except FileNotFoundError:
            raise KeyError(tile.path) from None

    def checkpoint(self) -> bytes | None:
        """The published checkpoint with its witness lines, None before the first one."""
        try:
            return (self.home / CHECKPOINT).read_bytes()
        except FileNotFoundError:
            return None

    def entry(self, index: int, size: int) -> bytes:
        """Entry `index` of the tree of `size` entries. Raises IndexError outside it, KeyError or Invalid when its bundle is missing or short."""
        if not 0 <= index < size:
            raise IndexError(f"entry {index} is not in a tree of {size}")
        bundle = Tile(ENTRIES, index // FULL, width_in(ENTRIES, index // FULL, size))
        return entries_in(bundle, self.read)[index % FULL]

    def write(self, files: Iterable[tuple[Tile, bytes]]) -> None:
        """Put tiles in place, in the order given (that of journal.tiles.tiles_written): entries and lowest hashes are on the disk
        before the level above begins. Writing the same again changes nothing. Raises OSError."""
        for _, stage in groupby(files, key=lambda file: max(file[0].level, 0)):
            folders: dict[Path, None] = {}
            for tile, content in stage:
                path = self.home / tile.path
                self._put(path, content)
                folders[path.parent] = None
            for folder in folders:
                self.disk.sync_folder(folder)

    def publish(self, note: bytes) -> None:
        """Put a checkpoint in place of the last one. Raises OSError."""
        self._put(self.home / CHECKPOINT, note)
        self.disk.sync_folder(self.home)

    def _put(self, path: Path, content: bytes) -> None:
        self.disk.make_folder(path.parent)
        # One writer at a time (integrate.py holds a lock), so one name is enough; what a crash left under it is overwritten.
        coming = path.with_name(f".{path.name}.coming")
        self.disk.write(coming, content)
        self.disk.rename(coming, path)
