"""The content store: bytes under their SHA-256, written so that a row never points at a file that a power cut could take away.

Order: temporary file in the same folder tree → hash while writing → fsync → rename → fsync of the folder; only then comes the row.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1024 * 1024


class ContentDamaged(OSError):  # noqa: N818 - says what is the case with a stored file
    """A stored file does not have the hash it lies under."""


@dataclass(frozen=True, slots=True)
class ContentStore:
    """A folder of files named by hash: `ab/cd/abcd…`."""

    home: Path

    def put(self, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Store the bytes; returns (sha256 in hex, number of bytes). Storing the same bytes again changes nothing."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(prefix=".incoming-", dir=self.home)
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            target = self._path(digest.hexdigest())
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        for folder in (target.parent, target.parent.parent, self.home):
            _sync_folder(folder)
        return digest.hexdigest(), size

    def get(self, sha256: str) -> bytes:
        """The bytes under that hash. Raises FileNotFoundError when there are none, ContentDamaged when they are not those that were stored."""
        content = self._path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ContentDamaged(f"{sha256}: the stored file was changed")
        return content

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The same bytes a megabyte at a time, for files that are not to lie in memory. Raises FileNotFoundError; ContentDamaged at the end, when
        what was handed out is not what was stored."""
        digest = hashlib.sha256()
        with self._path(sha256).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != sha256:
            raise ContentDamaged(f"{sha256}: the stored file was changed")

    def __contains__(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def __iter__(self) -> Iterator[str]:
        """Hashes of everything stored."""
        return (path.name for path in self.home.glob("??/??/*"))

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not sha256.isalnum():
            raise FileNotFoundError(sha256)
        return self.home / sha256[:2] / sha256[2:4] / sha256


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class StoredContents(Mapping[str, bytes]):
    """Path → bytes for a dossier made from rows; read from the store only when asked for."""

    store: ContentStore
    sha256_of: Mapping[str, str]
    computed: Mapping[str, bytes]

    def __getitem__(self, path: str) -> bytes:
        if path in self.computed:
            return self.computed[path]
        try:
            return self.store.get(self.sha256_of[path])
        except OSError as lost:
            raise KeyError(path) from lost

    def __iter__(self) -> Iterator[str]:
        yield from self.sha256_of
        yield from self.computed

    def __len__(self) -> int:
        return len(self.sha256_of) + len(self.computed)
