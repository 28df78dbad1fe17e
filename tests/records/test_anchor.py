"""The anchor moves forward only, for one at a time, and is never made by accident."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from tests.records.journal_disk import BEGAN, SIGNER
from xiaohao.journal.checkpoint import Checkpoint, sign_checkpoint
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import consistency_proof, hashes_of, tree_root
from xiaohao.records.anchor import Anchor, AnchorMissing, AnchorMoved, Signed

HASHES = hashes_of([leaf_hash(b"%d" % n) for n in range(300)])
OTHER = hashes_of([leaf_hash(b"other %d" % n) for n in range(300)])


def step(anchor: Anchor, expected: Signed, size: int, hashes: object = HASHES) -> Signed:
    checkpoint = Checkpoint(SIGNER.name, size, tree_root(size, hashes))  # type: ignore[arg-type]
    return anchor.advance(
        expected, checkpoint, sign_checkpoint(checkpoint, SIGNER), consistency_proof(min(expected.size, size), size, hashes)
    )  # type: ignore[arg-type]


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    made = Anchor.create(tmp_path / "anchor.db")
    made.begin(SIGNER.name, BEGAN)
    return made


def test_it_remembers_what_was_signed_last(anchor: Anchor) -> None:
    signed = step(anchor, step(anchor, anchor.last(SIGNER.name), 5), 300)
    assert (Anchor(anchor.path).last(SIGNER.name), signed.size) == (signed, 300)


def test_its_file_is_private(anchor: Anchor) -> None:
    assert anchor.path.stat().st_mode & 0o777 == 0o600


def test_it_refuses_a_tree_that_shrank(anchor: Anchor) -> None:
    signed = step(anchor, anchor.last(SIGNER.name), 5)
    with pytest.raises(Invalid):
        step(anchor, signed, 4)
    assert anchor.last(SIGNER.name) == signed


@pytest.mark.parametrize("size", [5, 6, 300])
def test_it_refuses_a_tree_with_another_history(anchor: Anchor, size: int) -> None:
    signed = step(anchor, anchor.last(SIGNER.name), 5)
    with pytest.raises(Invalid):
        step(anchor, signed, size, OTHER)
    assert anchor.last(SIGNER.name) == signed


def test_who_comes_second_is_told_so(anchor: Anchor) -> None:
    before = anchor.last(SIGNER.name)
    signed = step(anchor, before, 5)
    with pytest.raises(AnchorMoved):
        step(anchor, before, 6)
    assert anchor.last(SIGNER.name) == signed


def test_of_many_at_once_one_moves_it(anchor: Anchor) -> None:
    before, barrier = anchor.last(SIGNER.name), Barrier(8)

    def run(size: int) -> bool:
        barrier.wait()
        try:
            step(anchor, before, size)
        except AnchorMoved:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(run, range(1, 9))) == 1


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(AnchorMissing):
        Anchor(tmp_path / "anchor.db").last(SIGNER.name)
    with pytest.raises(AnchorMissing):
        Anchor(tmp_path / "anchor.db").begin(SIGNER.name, BEGAN)
    assert list(tmp_path.iterdir()) == []


def test_it_is_made_once_and_a_log_begins_once(anchor: Anchor) -> None:
    with pytest.raises(FileExistsError):
        Anchor.create(anchor.path)
    with pytest.raises(FileExistsError):
        anchor.begin(SIGNER.name, BEGAN)
    with pytest.raises(AnchorMissing):
        anchor.last("log.other.example")


@pytest.mark.parametrize("statement", ["UPDATE signed SET size = size - 1", "UPDATE signed SET root = zeroblob(32)", "DELETE FROM signed"])
def test_the_file_itself_refuses_to_go_back(anchor: Anchor, statement: str) -> None:
    step(anchor, anchor.last(SIGNER.name), 5)
    with closing(sqlite3.connect(anchor.path)) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)
