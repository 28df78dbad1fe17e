"""The public journal catches up with the entries, and survives being stopped anywhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.records.journal_disk import SIGNER, FailingDisk, Log, PowerCut, numbered
from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.note import split_note
from xiaohao.journal.proof import hashes_of, tree_root
from xiaohao.journal.signer import Cosigner
from xiaohao.journal.tiles import Tile
from xiaohao.journal.tlog_proof import read_proof
from xiaohao.journal.witness import NEVER, add_checkpoint
from xiaohao.records import integrate as module
from xiaohao.records.anchor import Anchor, Signed
from xiaohao.records.integrate import AlreadyIntegrating, RolledBack, add_witness_lines, rebuild
from xiaohao.records.proving import NotYetPublished, proof_of, published_checkpoint, witness_request

#: Sizes before and after: within one tile, up to its end, over it, and over several.
GROWTHS = [(0, 0), (0, 1), (3, 5), (200, 256), (250, 260), (256, 257), (511, 800)]


def log_at(folder: Path, size: int) -> Log:
    log = Log(folder, numbered(size))
    log.integrate()
    return log


@pytest.mark.parametrize(("old", "new"), GROWTHS)
def test_it_publishes_everything_there_is(tmp_path: Path, old: int, new: int) -> None:
    log = log_at(tmp_path, old)
    log.entries = numbered(new)
    assert (
        log.integrate() == log.published() == Checkpoint(SIGNER.name, new, tree_root(new, hashes_of([leaf_hash(e) for e in log.entries])))
    )


@pytest.mark.parametrize(("old", "new"), GROWTHS[1:])
def test_a_power_cut_at_any_step_leaves_a_true_checkpoint_and_the_next_run_finishes(tmp_path: Path, old: int, new: int) -> None:
    cuts = 0
    while True:
        log = log_at(tmp_path / str(cuts), old)
        before = log.published().size
        log.entries = numbered(new)
        disk = FailingDisk(cuts)
        try:
            log.integrate(disk)
        except PowerCut:
            assert log.published().size == before or log.published().size == new
            assert log.anchor.last(SIGNER.name).size >= log.published().size
            assert log.integrate().size == log.published().size == new
            cuts += 1
            continue
        assert not disk.failed
        break
    assert cuts >= 5


class Stopping(Anchor):
    """An anchor whose process dies just before or just after the swap is on the disk."""

    __slots__ = ()
    after = False

    def advance(self, expected: Signed, checkpoint: Checkpoint, note: bytes, proof: Sequence[bytes]) -> Signed:
        if self.after:
            super().advance(expected, checkpoint, note, proof)
        raise PowerCut


class StoppingAfter(Stopping):
    __slots__ = ()
    after = True


@pytest.mark.parametrize("kind", [Stopping, StoppingAfter])
def test_stopping_around_the_swap_of_the_anchor_is_mended_by_the_next_run(tmp_path: Path, kind: type[Stopping]) -> None:
    log = log_at(tmp_path, 250)
    log.entries = numbered(600)
    with pytest.raises(PowerCut):
        log.integrate(anchor=kind(log.anchor.path))
    assert log.published().size == 250
    assert log.integrate().size == log.published().size == 600


def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path) -> None:
    log = log_at(tmp_path, 3)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import fcntl; f=open({str(tmp_path / 'tiles' / '.integrating')!r}); fcntl.flock(f, 2); print(flush=True); input()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    holder.stdout.readline()
    with pytest.raises(AlreadyIntegrating):
        log.integrate()
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    assert log.integrate().size == 3


def test_running_again_writes_nothing_new(tmp_path: Path) -> None:
    log = log_at(tmp_path, 300)
    note = log.tiles().checkpoint()
    disk = FailingDisk(0)
    log.integrate(disk)
    assert (disk.failed, log.tiles().checkpoint()) == (False, note)


def test_many_entries_go_in_by_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BATCH", 256)
    log = Log(tmp_path, numbered(1000))
    assert log.integrate() == log.published()
    assert log.published().size == 1000


def test_a_database_restored_from_an_old_backup_is_refused(tmp_path: Path) -> None:
    log = log_at(tmp_path, 300)
    log.entries = numbered(299)
    with pytest.raises(RolledBack):
        log.integrate()
    log.entries = numbered(10)
    with pytest.raises(RolledBack):
        log.integrate()


def test_a_changed_entry_of_the_last_bundle_is_refused(tmp_path: Path) -> None:
    log = log_at(tmp_path, 300)
    log.entries = [*numbered(299), b"changed", b"new"]
    with pytest.raises(Invalid, match="299"):
        log.integrate()


@pytest.mark.parametrize("damage", ["flip", "remove"])
def test_a_damaged_tile_stops_signing_and_is_rebuilt_from_the_entries(tmp_path: Path, damage: str) -> None:
    log = log_at(tmp_path, 300)
    path = log.tiles().home / Tile(0, 1, 44).path
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:]) if damage == "flip" else path.unlink()
    log.entries = numbered(301)
    with pytest.raises(Invalid):
        log.integrate()
    assert rebuild(log.after, log.tiles(), log.anchor, SIGNER.name).size == 300
    assert log.integrate().size == log.published().size == 301


def test_a_rebuild_never_hides_a_changed_entry(tmp_path: Path) -> None:
    log = log_at(tmp_path, 300)
    log.entries[17] = b"changed"
    before = {path: path.read_bytes() for path in (tmp_path / "tiles").rglob("*") if path.is_file()}
    with pytest.raises(Invalid):
        rebuild(log.after, log.tiles(), log.anchor, SIGNER.name)
    assert {path: path.read_bytes() for path in (tmp_path / "tiles").rglob("*") if path.is_file()} == before
    log.entries = numbered(299)
    with pytest.raises(RolledBack):
        rebuild(log.after, log.tiles(), log.anchor, SIGNER.name)


def test_a_lost_tile_folder_is_rebuilt_whole(tmp_path: Path) -> None:
    log = log_at(tmp_path, 600)
    (tmp_path / "tiles").rename(tmp_path / "lost")
    assert rebuild(log.after, log.tiles(), log.anchor, SIGNER.name) == log.published()


def test_witness_lines_go_below_the_checkpoint_and_stay_until_it_moves(tmp_path: Path) -> None:
    log, witness = log_at(tmp_path, 5), Cosigner("witness.city.example/w", b"\x22" * 32)
    request = witness_request(log.tiles(), 0)
    answer = add_checkpoint(request, logs={SIGNER.name: [SIGNER.key]}, last=lambda _origin: NEVER, cosigners=[witness], seconds=1772500000)

    def add(lines: bytes) -> bool:
        return add_witness_lines(log.tiles(), log.anchor, lines, witnesses=[witness.key], origin=SIGNER.name)

    assert [add(answer.body), add(answer.body), add(b"nonsense\n")] == [True, True, False]
    log.integrate()
    _, note = published_checkpoint(log.tiles())
    assert [line.name for line in split_note(note).signatures] == [SIGNER.name, witness.name]
    log.entries = numbered(6)
    log.integrate()
    assert add(answer.body) is False
    assert len(split_note(published_checkpoint(log.tiles())[1]).signatures) == 1


def test_an_entry_can_be_proved_once_it_is_published(tmp_path: Path) -> None:
    log = Log(tmp_path, numbered(301))
    with pytest.raises(NotYetPublished):
        proof_of(log.tiles(), 0)
    log.integrate()
    proof = read_proof(proof_of(log.tiles(), 300))
    assert (proof.index, proof.extra) == (300, b"entry 300")
    with pytest.raises(NotYetPublished):
        proof_of(log.tiles(), 301)
