"""The journal as a folder that can be carried away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records.journal_disk import SIGNER, Log, numbered
from xiaohao.journal.audit import audit
from xiaohao.journal.checkpoint import parse_checkpoint
from xiaohao.journal.note import open_note
from xiaohao.journal.tiles import Tile, tiles_of
from xiaohao.records.export import export_journal
from xiaohao.records.proving import NotYetPublished
from xiaohao.records.tiles import TileStore


def test_an_export_holds_the_checkpoint_and_its_tiles_and_nothing_else(tmp_path: Path) -> None:
    log = Log(tmp_path / "log", numbered(5))
    log.integrate()
    log.entries = numbered(600)
    log.integrate()
    folder = tmp_path / "export"
    assert export_journal(log.tiles(), folder) == 600
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"checkpoint"} | {tile.path for tile in tiles_of(600)}
    copy = TileStore(folder)
    checkpoint = parse_checkpoint(open_note(copy.checkpoint() or b"", [SIGNER.key]).text)
    assert [entry for _, entry in audit(checkpoint, copy.read)] == log.entries


def test_a_partial_tile_that_gave_way_to_the_full_one_is_cut_to_its_width(tmp_path: Path) -> None:
    log = Log(tmp_path / "log", numbered(200))
    log.integrate()
    note = log.tiles().checkpoint() or b""
    log.entries = numbered(256)
    log.integrate()
    log.tiles().publish(note)
    for level in (-1, 0):
        (log.tiles().home / Tile(level, 0, 200).path).unlink()
    assert export_journal(log.tiles(), tmp_path / "export") == 200
    assert (tmp_path / "export" / Tile(0, 0, 200).path).stat().st_size == 200 * 32


def test_a_folder_with_something_in_it_and_a_log_without_checkpoint_are_refused(tmp_path: Path) -> None:
    log = Log(tmp_path / "log", numbered(3))
    with pytest.raises(NotYetPublished):
        export_journal(log.tiles(), tmp_path / "export")
    log.integrate()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "other").touch()
    with pytest.raises(FileExistsError):
        export_journal(log.tiles(), tmp_path / "full")
