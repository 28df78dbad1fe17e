"""The anchor: the last checkpoint that was signed for each log, in a small database of its own that only ever moves forward.

It is what keeps two processes, or a folder restored from an old backup, from signing a second history. Never restore it from a backup.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.journal.hashing import EMPTY_ROOT
from xiaohao.journal.proof import check_consistency
from xiaohao.journal.values import spell_moment

#: Seconds to wait for another process that is moving the anchor; it holds the lock for one write.
_WAIT_SECONDS = 20

_TABLE = """
CREATE TABLE signed (
    origin TEXT PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    note BLOB NOT NULL,
    began_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER never_back BEFORE UPDATE ON signed
WHEN NEW.origin <> OLD.origin OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root) OR NEW.began_at <> OLD.began_at
BEGIN SELECT RAISE(ABORT, 'the anchor only moves forward'); END;
CREATE TRIGGER never_away BEFORE DELETE ON signed
BEGIN SELECT RAISE(ABORT, 'the anchor is never removed'); END;
"""


class AnchorMissing(FileNotFoundError):  # noqa: N818 - says what is the case
    """There is no anchor file, or the log never began in it. It is made once, when the log begins, and by no other command."""


class AnchorMoved(RuntimeError):  # noqa: N818 - says what is the case
    """Somebody else has signed since the anchor was read. Nothing was signed now; begin again from what stands there."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The last signed checkpoint of a log: size, root, and the note (b\"\" at the very beginning)."""

    size: int
    root: bytes
    note: bytes


@dataclass(frozen=True, slots=True)
class Anchor:
    """The file `path`. A witness keeps the same thing, in a file of its own, for the logs that it cosigns."""

    path: Path

    @classmethod
    def create(cls, path: Path) -> Anchor:
        """Make the file; mode 0600. Raises FileExistsError rather than touch one that is there."""
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.executescript(_TABLE)
        for name in (path, path.parent):
            descriptor = os.open(name, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        return cls(path)

    def begin(self, origin: str, at: datetime) -> Signed:
        """Let a log begin, empty, and remember when. Raises FileExistsError when it already has, AnchorMissing without the file."""
        with self._open() as database:
            try:
                database.execute("INSERT INTO signed VALUES (?, 0, ?, ?, ?)", (origin, EMPTY_ROOT, b"", spell_moment(at)))
            except sqlite3.IntegrityError:
                raise FileExistsError(f"{origin} began before") from None
        return Signed(0, EMPTY_ROOT, b"")

    def last(self, origin: str) -> Signed:
        """What was signed last for the log. Raises AnchorMissing when there is no file or the log never began."""
        with self._open() as database:
            row = database.execute("SELECT size, root, note FROM signed WHERE origin = ?", (origin,)).fetchone()
        if row is None:
            raise AnchorMissing(f"{origin} has not begun")
        return Signed(*row)

    def advance(self, expected: Signed, checkpoint: Checkpoint, note: bytes, proof: Sequence[bytes]) -> Signed:
        """Move from `expected` to `checkpoint` (signed as `note`), if `expected` still stands there; `proof` is the consistency proof between them.
        Only then may anybody see the note. Raises Invalid for a tree that shrank or was rewritten, AnchorMoved when somebody else was first."""
        check_consistency(old=expected.size, old_root=expected.root, new=checkpoint.size, new_root=checkpoint.root, path=proof)
        with self._open() as database:
            moved = database.execute(
                "UPDATE signed SET size = ?, root = ?, note = ? WHERE origin = ? AND size = ? AND root = ?",
                (checkpoint.size, checkpoint.root, note, checkpoint.origin, expected.size, expected.root),
            )
            if moved.rowcount != 1:
                raise AnchorMoved(f"{checkpoint.origin} is no longer at {expected.size}")
        return Signed(checkpoint.size, checkpoint.root, note)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One connection and one transaction for each use, so that threads and processes are alike. It never makes a file."""
        try:
            database = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS)
        except sqlite3.OperationalError as failed:
            if self.path.exists():
                raise
            raise AnchorMissing(f"{self.path} is missing") from failed
        with closing(database), database:
            database.execute("PRAGMA synchronous=FULL")
            yield database
