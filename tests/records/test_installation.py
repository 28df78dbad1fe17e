"""Secrets of an installation: made once, private, and refused when others may read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiaohao.records.installation import Installation, read_private, write_private


def test_a_secret_is_made_once_and_private(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "var", {})
    made = installation.secret("secret-key")
    assert installation.secret("secret-key") == made
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert len(made) >= 50


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_secret_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    write_private(path, b"seed")
    path.chmod(mode)
    with pytest.raises(PermissionError):
        read_private(path)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"first")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "key", b"second")
    assert read_private(tmp_path / "key") == b"first"


def test_demonstration_is_a_property_of_the_folder(tmp_path: Path) -> None:
    assert not Installation(tmp_path, {}).demo
    (tmp_path / "demo").touch()
    assert Installation(tmp_path, {}).demo
