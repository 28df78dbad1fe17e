"""Reading what the person named, never more than such a file can have."""

from __future__ import annotations

from pathlib import Path

from xiaohao.journal.hashing import HASH_SIZE
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.tiles import ENTRIES, FULL, LONGEST_IN_BUNDLE, Tile
from xiaohao.kernel.said import say

#: Bytes of 256 entries of the greatest length, each with its length in two bytes.
_LONGEST_BUNDLE = FULL * (LONGEST_IN_BUNDLE + 2)


def read_file(path: Path, longest: int) -> bytes:
    """The bytes of a file. Raises OSError, and Invalid when it is longer than `longest` bytes."""
    with path.open("rb") as file:
        content = file.read(longest + 1)
    if len(content) > longest:
        raise Invalid(say("{name} 超过 {limit} 字节，不是这种文件", name=path.name, limit=longest))
    return content


def read_tile(folder: Path, tile: Tile) -> bytes:
    """The bytes of a tile in an exported journal. Raises KeyError when there is no such file, Invalid when it is longer than a tile can be."""
    try:
        return read_file(folder / tile.path, _LONGEST_BUNDLE if tile.level == ENTRIES else FULL * HASH_SIZE)
    except (FileNotFoundError, NotADirectoryError):
        raise KeyError(tile.path) from None
