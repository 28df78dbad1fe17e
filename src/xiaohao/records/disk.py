"""The few things that the journal asks of a disk, each finished before the next begins: a power cut leaves the old or the new, never half."""

from __future__ import annotations

import os
from pathlib import Path


class Disk:
    """Writes below folders that it makes itself. Tests put one in its place that stops at a given step."""

    def write(self, path: Path, content: bytes) -> None:
        """Write a file and wait until its bytes are on the disk."""
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, path: Path, target: Path) -> None:
        """Put a written file in its place, over what was there."""
        path.replace(target)

    def make_folder(self, folder: Path) -> None:
        """Make a folder and those above it, each name on the disk before anything is put inside."""
        if folder.is_dir():
            return
        self.make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        self.sync_folder(folder.parent)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the disk."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
