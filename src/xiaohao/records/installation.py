"""Where one installation keeps its things: the database, keys, secrets, files and tiles, all under one ignored folder."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Owner may read and write, nobody else anything.
PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Installation:
    """The folder `home` (var/) and the office's `xiaohao.toml` in it (or {})."""

    home: Path
    config: dict[str, Any]

    @classmethod
    def from_environment(cls) -> Installation:
        """XIAOHAO_HOME names the folder; ./var without it. Raises tomllib.TOMLDecodeError for a broken xiaohao.toml."""
        home = Path(os.environ.get("XIAOHAO_HOME", "var")).resolve()
        written = home / "xiaohao.toml"
        return cls(home, tomllib.loads(written.read_text("utf-8")) if written.is_file() else {})

    @property
    def demo(self) -> bool:
        """Demonstration mode: frozen clock, one-click roles, fictional county. Fixed when the folder was made, never by a request."""
        return (self.home / "demo").is_file()

    def secret(self, name: str) -> str:
        """The secret in the file of that name, made on first use with mode 0600. Raises PermissionError when others may read it."""
        path = self.home / name
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48).encode())
        return read_private(path).decode().strip()


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read. Raises FileExistsError rather than overwrite a key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_private(path: Path) -> bytes:
    """The bytes of a secret file. Raises PermissionError when group or others have any right on it."""
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path} 的权限过宽，应为 0600")
    return path.read_bytes()
