"""How the tree lies in files (C2SP tlog-tiles): pieces of up to 256 hashes or entries, each with one path, that never change once full.

Nothing here opens a file: reading goes through a function that the caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xiaohao.journal.encoding import LARGEST, shown
from xiaohao.journal.hashing import HASH_SIZE, leaf_hash, root_of
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import tree_root
from xiaohao.kernel.said import say

#: Levels of the tree in one tile, and hashes in a full one (tlog-tiles fixes both).
HEIGHT = 8
FULL = 1 << HEIGHT

#: The `level` of a bundle of entries; hash tiles count from 0.
ENTRIES = -1
#: tlog-tiles allows levels 0..63.
_LAST_LEVEL = 63

#: Bytes of the longest entry that a bundle can hold: its length is an unsigned 16-bit number.
LONGEST_IN_BUNDLE = 2**16 - 1
_LENGTH_SIZE = 2

_PATH = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """One file: the `index`-th piece of a level, holding `width` (1..256) hashes, or entries when `level` is ENTRIES."""

    level: int
    index: int
    width: int = FULL

    @property
    def path(self) -> str:
        """Path below the log's prefix, such as tile/0/x001/x234/067.p/8."""
        digits = f"{self.index:03d}"
        groups = [digits[max(0, end - 3) : end].rjust(3, "0") for end in range(len(digits), 0, -3)][::-1]
        number = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
        level = "entries" if self.level == ENTRIES else str(self.level)
        return f"tile/{level}/{number}" + ("" if self.width == FULL else f".p/{self.width}")

    @property
    def full(self) -> Tile:
        """The same piece once it is full."""
        return Tile(self.level, self.index)


#: Gives the bytes of a tile; raises LookupError when there is no such file.
TileReader: TypeAlias = Callable[[Tile], bytes]


def parse_path(path: str) -> Tile:
    """The tile that lies at `path`. Raises Invalid for any other spelling, so that one tile has one address."""
    found = _PATH.fullmatch(path)
    if not found:
        raise Invalid(say("这不是瓦片的路径：{path}", path=shown(path)))
    level, groups, last, width = found.groups()
    index = int(groups.replace("x", "").replace("/", "") + last)
    tile = Tile(ENTRIES if level == "entries" else int(level), index, int(width) if width else FULL)
    if tile.path != path or tile.level > _LAST_LEVEL or tile.width > FULL or index > LARGEST:
        raise Invalid(say("这不是瓦片的路径：{path}", path=shown(path)))
    return tile


def width_in(level: int, index: int, size: int) -> int:
    """How much of a piece a tree of `size` entries fills, 0..256."""
    return min(FULL, max(0, _count(level, size) - index * FULL))


def tiles_written(old: int, new: int) -> Iterator[Tile]:
    """The tiles that growing from `old` to `new` entries writes, in the order in which they must reach the disk:
    bundles and lowest hashes first, so that no file ever points to what is not there."""
    for bundle in _growth(ENTRIES, old, new):
        yield bundle
        yield Tile(0, bundle.index, bundle.width)
    for level in range(1, _LAST_LEVEL + 1):
        if not _count(level, new):
            return
        yield from _growth(level, old, new)


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree of `size` entries, bundles included, in the order of writing."""
    return tiles_written(0, size)


def _growth(level: int, old: int, new: int) -> Iterator[Tile]:
    before, after = _count(level, old), _count(level, new)
    if after > before:
        for index in range(before // FULL, (after - 1) // FULL + 1):
            yield Tile(level, index, width_in(level, index, new))


def _count(level: int, size: int) -> int:
    """How many hashes a level has; only full tiles below count."""
    return size >> (HEIGHT * max(level, 0))


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """The bytes of an entry bundle: for each entry its length in two bytes, big-endian, and itself. Raises ValueError for an entry too long."""
    if any(len(entry) > LONGEST_IN_BUNDLE for entry in entries):
        raise ValueError(f"an entry has at most {LONGEST_IN_BUNDLE} bytes")
    return b"".join(len(entry).to_bytes(_LENGTH_SIZE, "big") + entry for entry in entries)


def decode_bundle(bundle: bytes) -> tuple[bytes, ...]:
    """The entries of a bundle. Raises Invalid when it ends in the middle of one."""
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        start = at + _LENGTH_SIZE
        at = start + int.from_bytes(bundle[at:start], "big")
        if at > len(bundle) or start > len(bundle):
            raise Invalid(say("记录文件在一条记录中间断了"))
        entries.append(bundle[start:at])
    return tuple(entries)


def entries_in(tile: Tile, read: TileReader) -> tuple[bytes, ...]:
    """The entries of a bundle tile; where the partial file is gone, from the full one. Raises LookupError when neither is there, Invalid when short."""
    try:
        entries = decode_bundle(read(tile))
    except LookupError:
        if tile.width == FULL:
            raise
        entries = decode_bundle(read(tile.full))[: tile.width]
    if len(entries) != tile.width:
        raise Invalid(say("{path} 应有 {wanted} 条，实有 {found} 条", path=tile.path, wanted=tile.width, found=len(entries)))
    return entries


def hashes_in(tile: Tile, read: TileReader) -> tuple[bytes, ...]:
    """The hashes of a tile; where the partial file is gone, from the full one. Raises LookupError when neither is there, Invalid when short."""
    try:
        content = read(tile)
    except LookupError:
        if tile.width == FULL:
            raise
        content = read(tile.full)[: tile.width * HASH_SIZE]
    if len(content) != tile.width * HASH_SIZE:
        raise Invalid(
            say("{path} 应有 {wanted} 字节，实有 {found} 字节", path=tile.path, wanted=tile.width * HASH_SIZE, found=len(content))
        )
    return tuple(content[at : at + HASH_SIZE] for at in range(0, len(content), HASH_SIZE))


class TileHashes:
    """Subtree hashes of a tree of `size` entries, read from its tiles (a HashReader). Each tile is read once.

    What it gives is only as true as the files: check a proof, or the root, against a signed checkpoint before relying on it.
    """

    def __init__(self, size: int, read: TileReader) -> None:
        self._size = size
        self._read = read
        self._seen: dict[tuple[int, int], tuple[bytes, ...]] = {}

    def __call__(self, height: int, index: int) -> bytes:
        level, above = divmod(height, HEIGHT)
        first = index << above
        hashes = self._tile(level, first // FULL)
        start = first % FULL
        if start + (1 << above) > len(hashes):
            raise ValueError(f"no complete subtree {index} of height {height} in a tree of {self._size}")
        return root_of(hashes[start : start + (1 << above)])

    def _tile(self, level: int, index: int) -> tuple[bytes, ...]:
        if (level, index) not in self._seen:
            width = width_in(level, index, self._size)
            self._seen[level, index] = hashes_in(Tile(level, index, width), self._read) if width else ()
        return self._seen[level, index]


@dataclass(frozen=True, slots=True)
class Growth:
    """What a growth to `size` entries brings: the new `root`, and the files in the order of writing."""

    size: int
    root: bytes
    files: tuple[tuple[Tile, bytes], ...]


def grow(size: int, unfinished: Sequence[bytes], entries: Sequence[bytes], read: TileReader) -> Growth:
    """The files and the root after appending `entries` to a tree of `size`. `unfinished` are the last size % 256 entries already in it;
    `read` gives the tiles of the old tree. Raises LookupError when one is missing, Invalid when one is short, ValueError for a wrong `unfinished`."""
    if len(unfinished) != size % FULL:
        raise ValueError(f"the unfinished bundle of a tree of {size} has {size % FULL} entries")
    after = size + len(entries)
    contents: dict[Tile, bytes] = {}
    texts = [*unfinished, *entries]
    _cut(contents, ENTRIES, size - len(unfinished), [encode_bundle([text]) for text in texts])
    level, first, hashes = 0, size - len(unfinished), [leaf_hash(text) for text in texts]
    while hashes:
        _cut(contents, level, first, hashes)
        # Only full tiles have a hash one level up; what was already there comes from the old tree's partial tile.
        finished = [root_of(hashes[at : at + FULL]) for at in range(0, len(hashes) - FULL + 1, FULL)]
        level, index = level + 1, first // FULL
        known = index % FULL
        hashes = [*hashes_in(Tile(level, index // FULL, known), read), *finished] if finished and known else finished
        first = index - known
    files = tuple((tile, contents[tile]) for tile in tiles_written(size, after))
    return Growth(after, tree_root(after, TileHashes(after, _overlay(contents, read))), files)


def _cut(contents: dict[Tile, bytes], level: int, first: int, pieces: Sequence[bytes]) -> None:
    for at in range(0, len(pieces), FULL):
        part = pieces[at : at + FULL]
        contents[Tile(level, (first + at) // FULL, len(part))] = b"".join(part)


def _overlay(contents: dict[Tile, bytes], read: TileReader) -> TileReader:
    return lambda tile: contents[tile] if tile in contents else read(tile)
