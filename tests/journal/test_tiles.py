"""Tiles: paths, widths, growth and reading, for any size."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.trees import SIZES, leaves_of
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import consistency_proof, hashes_of, inclusion_proof, tree_root
from xiaohao.journal.tiles import (
    ENTRIES,
    Tile,
    TileHashes,
    decode_bundle,
    encode_bundle,
    entries_in,
    grow,
    hashes_in,
    parse_path,
    tiles_of,
    tiles_written,
    width_in,
)

TILES = st.builds(Tile, st.integers(ENTRIES, 63), st.one_of(st.integers(0, 2000), st.integers(0, 2**63 - 1)), st.integers(1, 256))


@given(TILES)
def test_a_path_names_one_tile_and_a_tile_one_path(tile: Tile) -> None:
    assert parse_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/000.p",
        "tile/0/x001/x002",
        "tile/8/0/000",
        "tile/entries/000/../001",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/００１",
        "tile/0/" + "x999/" * 9 + "999",
    ],
)
def test_any_other_spelling_of_a_path_is_refused(path: str) -> None:
    with pytest.raises(Invalid):
        parse_path(path)


def read_from(files: dict[Tile, bytes]):  # type: ignore[no-untyped-def]
    return files.__getitem__


@settings(deadline=None, max_examples=40)
@given(SIZES, st.data())
def test_trees_grown_in_any_steps_have_the_tiles_the_root_and_the_proofs_of_the_whole(size: int, data: st.DataObject) -> None:
    entries = [b"%d" % n for n in range(size)]
    files: dict[Tile, bytes] = {}
    at = 0
    while at < size:
        end = data.draw(st.integers(at + 1, size)) if size - at > 3 else size
        growth = grow(at, entries[at - at % 256 : at], entries[at:end], read_from(files))
        assert [tile for tile, _ in growth.files] == list(tiles_written(at, end))
        assert growth.root == tree_root(end, hashes_of(leaves_of(end)))
        files |= dict(growth.files)
        at = end
    assert all(tile in files for tile in tiles_of(size))
    tiles, memory = TileHashes(size, read_from(files)), hashes_of(leaves_of(size))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    assert inclusion_proof(index, size, tiles) == inclusion_proof(index, size, memory)
    assert consistency_proof(old, size, tiles) == consistency_proof(old, size, memory)


def test_only_full_tiles_are_hashed_into_the_level_above() -> None:
    assert [tile.path for tile in tiles_of(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    assert [width_in(level, 0, 255) for level in (0, 1)] == [255, 0]
    assert list(tiles_of(0)) == []


def test_entries_and_lowest_hashes_come_before_the_levels_above() -> None:
    levels = [max(tile.level, 0) for tile in tiles_written(200, 70_000)]
    assert levels == sorted(levels)


def test_the_full_tile_serves_where_the_partial_one_is_gone() -> None:
    files = dict(grow(0, (), [b"%d" % n for n in range(256)], read_from({})).files)
    assert entries_in(Tile(ENTRIES, 0, 3), read_from(files)) == (b"0", b"1", b"2")
    assert hashes_in(Tile(0, 0, 3), read_from(files)) == tuple(leaves_of(3))
    with pytest.raises(KeyError):
        hashes_in(Tile(0, 1, 3), read_from(files))


@pytest.mark.parametrize("content", [b"", b"x" * 95, b"x" * 97])
def test_a_tile_of_another_length_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        hashes_in(Tile(0, 0, 3), read_from({Tile(0, 0, 3): content}))


@given(st.lists(st.binary(max_size=70), max_size=20))
def test_bundles_round_trip(entries: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(entries)) == tuple(entries)


@pytest.mark.parametrize("bundle", [b"\x00", b"\x00\x02a", b"\x00\x01a\xff"])
def test_a_bundle_that_ends_in_an_entry_is_refused(bundle: bytes) -> None:
    with pytest.raises(Invalid):
        decode_bundle(bundle)


def test_an_entry_has_at_most_65535_bytes() -> None:
    assert len(encode_bundle([b"x" * 65_535])) == 65_537
    with pytest.raises(ValueError, match="65535"):
        encode_bundle([b"x" * 65_536])


def test_what_stands_unfinished_must_be_given() -> None:
    with pytest.raises(ValueError, match="unfinished"):
        grow(3, (), [b"x"], read_from({}))
