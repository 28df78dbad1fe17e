"""Disks that fail on purpose, and a log to write on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from xiaohao.journal.audit import audit
from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint
from xiaohao.journal.note import open_note
from xiaohao.journal.signer import Signer
from xiaohao.kernel.when import CST
from xiaohao.records.anchor import Anchor
from xiaohao.records.disk import Disk
from xiaohao.records.integrate import integrate
from xiaohao.records.tiles import TileStore

SIGNER = Signer("log.qinghe.example/xiaohao", b"\x11" * 32)
BEGAN = datetime(2026, 3, 3, 9, tzinfo=CST)


class PowerCut(OSError):  # noqa: N818 - what happened
    """The disk is gone."""


class FailingDisk(Disk):
    """Stops at step number `at` (before it, or half-way through a write), and then takes back every name that was not synced."""

    def __init__(self, at: int) -> None:
        self._left = at
        self._undo: dict[Path, list[tuple[Path, bytes | None]]] = {}
        self.failed = False

    def write(self, path: Path, content: bytes) -> None:
        if self._left == 0:
            path.write_bytes(content[: len(content) // 2])
        self._step()
        super().write(path, content)

    def rename(self, path: Path, target: Path) -> None:
        self._step()
        self._undo.setdefault(target.parent, []).append((target, target.read_bytes() if target.exists() else None))
        super().rename(path, target)

    def sync_folder(self, folder: Path) -> None:
        self._step()
        self._undo.pop(folder, None)
        super().sync_folder(folder)

    def _step(self) -> None:
        if self._left == 0:
            self.failed = True
            for names in self._undo.values():
                for target, before in reversed(names):
                    target.unlink() if before is None else target.write_bytes(before)
            self._undo.clear()
            raise PowerCut
        self._left -= 1


@dataclass
class Log:
    """A log in a folder, with its entries in a list that stands for the database."""

    folder: Path
    entries: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.anchor = Anchor(self.folder / "anchor.db")
        if not self.anchor.path.exists():
            Anchor.create(self.anchor.path).begin(SIGNER.name, BEGAN)

    def tiles(self, disk: Disk | None = None) -> TileStore:
        return TileStore(self.folder / "tiles", disk or Disk())

    def after(self, count: int) -> Iterable[bytes]:
        return self.entries[count:]

    def integrate(self, disk: Disk | None = None, anchor: Anchor | None = None) -> Checkpoint:
        return integrate(self.after, self.tiles(disk), anchor or self.anchor, SIGNER)

    def published(self) -> Checkpoint:
        """The published checkpoint, after every tile under it was compared with its entries. Raises Invalid when it promises what is not there."""
        note = self.tiles().checkpoint()
        assert note is not None
        checkpoint = parse_checkpoint(open_note(note, [SIGNER.key]).text)
        assert [entry for _, entry in audit(checkpoint, self.tiles().read)] == self.entries[: checkpoint.size]
        return checkpoint


def numbered(count: int) -> list[bytes]:
    return [b"entry %d" % n for n in range(count)]
