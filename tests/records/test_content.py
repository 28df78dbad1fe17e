"""The content store: bytes under their hash, whole or not at all, and never given out when they were changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from xiaohao.records.content import ContentDamaged, ContentStore, StoredContents

BYTES = b"weighbridge slip 17"
SHA256 = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    return ContentStore(tmp_path / "files")


def test_what_is_put_is_got_under_its_hash(store: ContentStore) -> None:
    assert store.put([BYTES[:5], BYTES[5:]]) == (SHA256, len(BYTES))
    assert store.get(SHA256) == BYTES
    assert SHA256 in store
    assert list(store) == [SHA256]


def test_the_same_bytes_twice_are_one_file(store: ContentStore) -> None:
    store.put([BYTES])
    store.put([BYTES])
    assert list(store) == [SHA256]


def test_an_upload_that_breaks_off_leaves_nothing(store: ContentStore) -> None:
    def broken() -> Iterator[bytes]:
        yield BYTES
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store.put(broken())
    assert [path for path in store.home.rglob("*") if path.is_file()] == []


def test_changed_bytes_are_not_given_out(store: ContentStore) -> None:
    store.put([BYTES])
    (store.home / SHA256[:2] / SHA256[2:4] / SHA256).write_bytes(BYTES + b"0")
    with pytest.raises(ContentDamaged):
        store.get(SHA256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "g/" * 32, "/" * 64])
def test_only_a_hash_names_a_file(store: ContentStore, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.get(name)


def test_a_dossier_reads_stored_and_computed_bytes_and_lacks_lost_ones(store: ContentStore) -> None:
    store.put([BYTES])
    contents = StoredContents(store, {"slips/17.pdf": SHA256, "slips/18.pdf": "0" * 64}, {"series/x.csv": b"time,value,mark\n"})
    assert contents.get("slips/17.pdf") == BYTES
    assert contents.get("slips/18.pdf") is None
    assert contents.get("series/x.csv") == b"time,value,mark\n"
    assert len(contents) == 3


def test_bytes_reach_the_disk_before_their_name_does(store: ContentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order that a power cut asks for: file synced, then renamed, then its folder synced."""
    import os

    done: list[str] = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (done.append("fsync"), sync(fd))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (done.append("rename"), replace(a, b))[1])
    store.put([BYTES])
    assert done == ["fsync", "rename", "fsync", "fsync", "fsync"]
