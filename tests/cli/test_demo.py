"""`xiaohao demo`: from an empty folder to a page that answers, whatever interrupts it, and never on somebody's own folder."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.seeds.conftest import settled
from tests.seeds.picture import picture
from xiaohao.cli import demo

#: Seconds after which the test gives up on the first and on any later start; on a quiet machine they take a tenth of it.
FIRST, LATER = 120, 60
PROGRAM = [sys.executable, "-m", "xiaohao", "demo"]


def start(home: Path, *more: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XIAOHAO_", "DJANGO_"))}
    return subprocess.Popen(
        [*PROGRAM, "--home", str(home), *more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answer_of(url: str, running: subprocess.Popen[str], seconds: float) -> str:
    """The page at `url` as soon as there is one. Raises AssertionError, with what the program printed, when it ends before or takes longer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as page:
                return str(page.read(), "utf-8")
        except OSError:
            time.sleep(0.2)
    running.terminate()
    raise AssertionError(f"{url} did not answer: {running.communicate(timeout=LATER)[0]}")


@contextmanager
def served(home: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = free_port()
    running = start(home, "--bind", f"127.0.0.1:{port}")
    try:
        yield f"http://127.0.0.1:{port}/", running
    finally:
        running.terminate()
        running.communicate(timeout=LATER)


def entries_in(home: Path) -> int:
    try:
        with sqlite3.connect(f"file:{home}/xiaohao.sqlite3?mode=ro", uri=True, timeout=5) as rows:
            return int(rows.execute("SELECT count(*) FROM records_journalentry").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.django_db
def test_a_first_start_that_was_killed_halfway_is_begun_anew_and_gives_the_whole_county(tmp_path: Path) -> None:
    home = tmp_path / "var"
    killed = start(home, "--no-serve")
    until, written = time.monotonic() + FIRST, 0
    while written < 100 and time.monotonic() < until:
        time.sleep(0.05)
        written = entries_in(home)
    killed.kill()
    killed.communicate()
    assert (written >= 100, (home / demo.WHOLE).exists()) == (True, False)

    with served(home) as (address, running):
        assert "北山砂石料场边坡裸露" in answer_of(address, running, FIRST)

    printed = subprocess.run(
        [sys.executable, "-m", "tests.seeds.picture", str(home)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "xiaohao.web.settings"},
    )
    with settled(tmp_path / "compared"):
        assert json.loads(printed.stdout) == json.loads(json.dumps(picture()))

    modes = {path.name: path.stat().st_mode & 0o777 for path in (home / "secret-key", home / "keys" / "journal", home / "keys" / "seal")}
    assert modes == {"secret-key": 0o600, "journal": 0o600, "seal": 0o600}

    made = entries_in(home)
    with served(home) as (address, running):
        answer_of(address, running, LATER)
        said = "".join(running.stdout.readline() for _ in range(8)) if running.stdout else ""
    assert (said.count("http://"), "第一次启动" in said, "骆芳（青禾循环经济园区管理委员会）" in said) == (1, False, True)
    assert entries_in(home) == made


def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "xiaohao.sqlite3").write_text("an office's own")
    running = start(tmp_path, "--no-serve")
    said, _ = running.communicate(timeout=LATER)
    assert (running.returncode, said) == (2, f"{tmp_path} 不是演示用的目录，里面已有别的内容。请用 --home 另指一个空目录。\n")
    assert [path.name for path in tmp_path.iterdir()] == ["xiaohao.sqlite3"]


def test_a_folder_becomes_a_demonstration_when_it_is_made(tmp_path: Path) -> None:
    home = tmp_path / "var"
    assert demo.claim(home)
    assert (home / demo.MARKER).is_file()
    assert home.stat().st_mode & 0o777 == 0o700
    (home / "more").touch()
    assert demo.claim(home)


def test_a_folder_in_which_nothing_was_set_up_is_as_good_as_empty(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    assert demo.claim(tmp_path)
