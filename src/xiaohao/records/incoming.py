"""Files that arrive in pieces: each piece is written at the place where the last one ended, so that a broken line is taken up where it broke.

What is here is nobody's evidence yet: a whole file is looked at and put into the content store, what nobody finishes is swept after a day.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

#: Seconds after which a file that nobody goes on sending is thrown away.
_KEPT_FOR = 24 * 60 * 60
#: Unfinished bytes of one person: a phone full of photos of one visit.
MOST_WAITING = 500 * 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}")


class WrongPlace(ValueError):  # noqa: N818 - says what is the case
    """The piece does not begin where the last one ended; `received` bytes are here."""

    def __init__(self, received: int) -> None:
        super().__init__(f"{received} bytes are here")
        self.received = received


class TooMuch(ValueError):  # noqa: N818 - says what is the case
    """More than one file or one person may have waiting."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The pieces of one `owner` (a person's id) below `home`; files are named by 32 hex digits that the sender chose."""

    home: Path
    owner: str

    def received(self, name: str) -> int:
        """How many bytes of that file are here. Raises ValueError for a name of another form."""
        path = self._path(name)
        return path.stat().st_size if path.exists() else 0

    def append(self, name: str, offset: int, piece: bytes, *, largest: int) -> int:
        """Write a piece; returns how many bytes are here now. Raises WrongPlace, TooMuch, ValueError for a bad name."""
        path = self._path(name)
        self._sweep()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        here = self.received(name)
        if offset != here:
            raise WrongPlace(here)
        waiting = sum(one.stat().st_size for one in path.parent.iterdir())
        if here + len(piece) > largest or waiting + len(piece) > MOST_WAITING:
            raise TooMuch
        with path.open("ab") as file:
            file.write(piece)
        return here + len(piece)

    def content(self, name: str) -> bytes:
        """The whole of what is here. Raises FileNotFoundError."""
        return self._path(name).read_bytes()

    def drop(self, name: str) -> None:
        """Forget a file, finished or not."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("a name is 32 hex digits")
        return self.home / re.sub(r"[^\w-]", "_", self.owner) / name

    def _sweep(self) -> None:
        old = time.time() - _KEPT_FOR
        for path in self.home.glob("*/*") if self.home.exists() else ():
            if path.stat().st_mtime < old:
                path.unlink(missing_ok=True)
