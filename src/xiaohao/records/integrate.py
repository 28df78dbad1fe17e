"""Bringing the public journal up to the entries in the database: tiles, then the anchor, then the published checkpoint.

It may stop anywhere and be run again; it never signs over a gap. One process at a time does this work.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeAlias

from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from xiaohao.journal.hashing import leaf_hash, root_of
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import VerifierKey
from xiaohao.journal.note import open_note, signature_of, split_note
from xiaohao.journal.proof import consistency_proof, tree_root
from xiaohao.journal.signer import Signer
from xiaohao.journal.submission import with_lines
from xiaohao.journal.tiles import FULL, Growth, TileHashes, grow
from xiaohao.kernel.said import say
from xiaohao.records.anchor import Anchor, Signed
from xiaohao.records.tiles import TileStore

#: count -> the bytes of all entries from index `count` on, in order, as far as they are committed.
EntriesAfter: TypeAlias = Callable[[int], Iterable[bytes]]

#: Entries that go into one checkpoint at most: 256 full bundles, so that memory stays below a few hundred megabytes even with the longest entries.
_BATCH = FULL * FULL

_LOCK = ".integrating"


class AlreadyIntegrating(RuntimeError):  # noqa: N818 - says what is the case
    """Another process is bringing this journal up to date."""


class RolledBack(RuntimeError):  # noqa: N818 - says what is the case
    """The database holds fewer entries than were signed: it was restored from an old backup. Nothing is signed until they are back."""

    def __init__(self, signed: int, found: int) -> None:
        super().__init__(say("已签的日志有 {signed} 条记录，数据库只有 {found} 条：请先从镜像补齐，再继续", signed=signed, found=found))


def integrate(entries_after: EntriesAfter, tiles: TileStore, anchor: Anchor, signer: Signer) -> Checkpoint:
    """Write the tiles of all entries not yet covered, sign, and publish; returns the checkpoint that is now published.
    Raises AlreadyIntegrating, AnchorMissing, RolledBack, Invalid when tiles, database and anchor do not agree (see rebuild), OSError."""
    with _only_one(tiles):
        signed = anchor.last(signer.name)
        if signed.size == 0 and not signed.note:
            signed = _sign(Growth(0, signed.root, ()), signed, tiles, anchor, signer)
        while True:
            unfinished, new = _entries(entries_after, signed)
            _check_tiles(signed, unfinished, tiles)
            batch = tuple(islice(new, _BATCH))
            if not batch:
                return _publish(signed, tiles)
            growth = grow(signed.size, unfinished[len(unfinished) - signed.size % FULL :], batch, tiles.read)
            tiles.write(growth.files)
            signed = _sign(growth, signed, tiles, anchor, signer)


def rebuild(entries_after: EntriesAfter, tiles: TileStore, anchor: Anchor, origin: str) -> Checkpoint:
    """Write all tiles of the last signed checkpoint anew from the entries (bit rot, a lost folder) and publish it again. Signs nothing.
    Raises RolledBack, or Invalid when the entries do not give the signed root: then the database was changed, and nothing is written."""
    with _only_one(tiles):
        signed = anchor.last(origin)
        leaves = [leaf_hash(entry) for entry in islice(entries_after(0), signed.size)]
        if len(leaves) < signed.size:
            raise RolledBack(signed.size, len(leaves))
        if root_of(leaves) != signed.root:
            raise Invalid(say("数据库里的记录算不出已签的根哈希：有记录被改过"))
        stream = islice(entries_after(0), signed.size)
        for start in range(0, signed.size, _BATCH):
            tiles.write(grow(start, (), tuple(islice(stream, _BATCH)), tiles.read).files)
        return _publish(signed, tiles)


def add_witness_lines(tiles: TileStore, anchor: Anchor, lines: bytes, *, witnesses: Iterable[VerifierKey], origin: str) -> bool:
    """Put a witness's lines below the published checkpoint, and say whether they fitted: they do not when the log has moved on meanwhile,
    or when none of the `witnesses`' keys made them. Lines by other keys are left out."""
    with _only_one(tiles, wait=True):
        published = tiles.checkpoint()
        if published is None:
            return False
        text = split_note(anchor.last(origin).note).text
        held = _held(text, lines, witnesses)
        if not held or split_note(published).text != text:
            return False
        tiles.publish(with_lines(published, held))
        return True


def _held(text: str, lines: bytes, witnesses: Iterable[VerifierKey]) -> bytes:
    try:
        opened = open_note(text.encode() + b"\n" + lines, witnesses)
    except Invalid:
        return b""
    return "".join(signature_of(key, field).line() for key, field in opened.signed).encode()


def _entries(entries_after: EntriesAfter, signed: Signed) -> tuple[tuple[bytes, ...], Iterator[bytes]]:
    """The entries of the last bundle that is signed already (at least one, to compare), and an iterator over the new ones."""
    start = max(signed.size - 1, 0) // FULL * FULL
    stream = iter(entries_after(start))
    known = tuple(islice(stream, signed.size - start))
    if len(known) < signed.size - start:
        raise RolledBack(signed.size, start + len(known))
    return known, stream


def _check_tiles(signed: Signed, known: tuple[bytes, ...], tiles: TileStore) -> None:
    """The tiles must lead to the signed root, and the database must hold the entries that they were made of."""
    hashes = TileHashes(signed.size, tiles.read)
    try:
        root = tree_root(signed.size, hashes)
    except LookupError as missing:
        raise Invalid(say("缺文件：{path}", path=missing.args[0])) from None
    if root != signed.root:
        raise Invalid(say("瓦片文件算不出已签的根哈希：文件被改过，可从记录重建"))
    start = signed.size - len(known)
    for number, entry in enumerate(known, start):
        if leaf_hash(entry) != hashes(0, number):
            raise Invalid(say("数据库里第 {index} 条记录与已签的日志不一致", index=number))


def _sign(growth: Growth, signed: Signed, tiles: TileStore, anchor: Anchor, signer: Signer) -> Signed:
    """Sign a grown tree, as far as the disk gives it back, and move the anchor. Nobody has seen the signature before that."""
    hashes = TileHashes(growth.size, tiles.read)
    checkpoint = Checkpoint(signer.name, growth.size, tree_root(growth.size, hashes))
    proof = consistency_proof(signed.size, growth.size, hashes)
    return anchor.advance(signed, checkpoint, sign_checkpoint(checkpoint, signer), proof)


def _publish(signed: Signed, tiles: TileStore) -> Checkpoint:
    """Let the published checkpoint be the signed one; where it already is, its witness lines stay."""
    text = split_note(signed.note).text
    published = tiles.checkpoint()
    if published is None or not _same_text(published, text):
        tiles.publish(signed.note)
    return parse_checkpoint(text)


def _same_text(note: bytes, text: str) -> bool:
    try:
        return split_note(note).text == text
    except Invalid:
        return False


@contextmanager
def _only_one(tiles: TileStore, *, wait: bool = False) -> Iterator[None]:
    tiles.disk.make_folder(tiles.home)
    descriptor = os.open(tiles.home / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise AlreadyIntegrating(str(tiles.home)) from None
        yield
    finally:
        os.close(descriptor)  # the lock goes with it, also when the process is killed
