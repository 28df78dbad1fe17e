"""Tiles on disk: written in order, whole or not at all, and read back where the partial file has given way to the full one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records.journal_disk import FailingDisk, Log, PowerCut, numbered
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import hashes_of, tree_root
from xiaohao.journal.tiles import ENTRIES, Tile, grow, tiles_of
from xiaohao.records.disk import Disk
from xiaohao.records.tiles import TileStore


class Recording(Disk):
    """Notes the order of what reaches the disk."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def rename(self, path: Path, target: Path) -> None:
        super().rename(path, target)
        self.steps.append(target.relative_to(target.parents[2]).as_posix() if "tile" in target.as_posix() else target.name)

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        if any(folder.glob("*")):
            self.steps.append(f"sync {folder.name}")


def store_of(tmp_path: Path, count: int) -> TileStore:
    store = TileStore(tmp_path)
    store.write(grow(0, (), numbered(count), store.read).files)
    return store


def test_every_tile_is_there_and_says_what_the_tree_says(tmp_path: Path) -> None:
    store = store_of(tmp_path, 600)
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert found == sorted(tile.path for tile in tiles_of(600))
    assert [store.entry(index, 600) for index in (0, 255, 256, 599)] == [b"entry 0", b"entry 255", b"entry 256", b"entry 599"]


def test_entries_and_lowest_hashes_are_on_the_disk_before_the_level_above(tmp_path: Path) -> None:
    disk = Recording()
    TileStore(tmp_path, disk).write(grow(0, (), numbered(257), TileStore(tmp_path).read).files)
    upper = next(n for n, step in enumerate(disk.steps) if step.endswith("1/000.p/1"))
    below = [n for n, step in enumerate(disk.steps) if step in ("tile/entries/000", "tile/0/000", "entries/001.p/1", "0/001.p/1")]
    synced = max(n for n, step in enumerate(disk.steps[:upper]) if step.startswith("sync"))
    assert len(below) == 4
    assert max(below) < synced < upper


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    store = store_of(tmp_path, 300)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    store.write(grow(0, (), numbered(300), store.read).files)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_growing_step_by_step_gives_the_same_tiles_as_at_once(tmp_path: Path) -> None:
    stepwise, entries = TileStore(tmp_path / "steps"), numbered(700)
    for start, end in [(0, 1), (1, 255), (255, 256), (256, 257), (257, 700)]:
        growth = grow(start, entries[start - start % 256 : start], entries[start:end], stepwise.read)
        stepwise.write(growth.files)
        assert growth.root == tree_root(end, hashes_of([leaf_hash(entry) for entry in entries[:end]]))
    at_once = store_of(tmp_path / "once", 700)
    for tile in tiles_of(700):
        assert stepwise.read(tile) == at_once.read(tile)


def test_an_entry_is_read_from_the_full_bundle_once_the_partial_one_is_gone(tmp_path: Path) -> None:
    store = store_of(tmp_path, 256)
    assert store.entry(99, 100) == b"entry 99"


def test_an_entry_outside_the_tree_is_not_found(tmp_path: Path) -> None:
    store = store_of(tmp_path, 3)
    with pytest.raises(IndexError):
        store.entry(3, 3)
    with pytest.raises(KeyError):
        store.read(Tile(ENTRIES, 1))


def test_a_cut_bundle_is_refused(tmp_path: Path) -> None:
    store = store_of(tmp_path, 3)
    path = tmp_path / Tile(ENTRIES, 0, 3).path
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Invalid):
        store.entry(0, 3)


def test_a_checkpoint_is_replaced_whole(tmp_path: Path) -> None:
    store = TileStore(tmp_path)
    assert store.checkpoint() is None
    store.publish(b"old\n")
    for at in range(3):
        with pytest.raises(PowerCut):
            TileStore(tmp_path, FailingDisk(at)).publish(b"new\n")
        assert store.checkpoint() == b"old\n"
    store.publish(b"new\n")
    assert store.checkpoint() == b"new\n"


def test_a_log_of_its_own_is_empty_and_signed(tmp_path: Path) -> None:
    assert Log(tmp_path).integrate().size == 0
