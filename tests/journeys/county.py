"""The demonstration county with its real server: seeded once, copied for every story that changes it, served as `xiaohao demo` serves it."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

#: Seconds in which a county is made or a server answers, with both cores busy on other tests.
_SEEDING, _STARTING, _STOPPING = 180, 60, 20
#: A demonstration made beforehand may be named here, so that one story can be run again and again without making the county anew.
_MADE = "XIAOHAO_JOURNEY_SEED"


class County:
    """One running demonstration. `address` is where it answers (no slash at the end), `home` its folder."""

    def __init__(self, home: Path, address: str) -> None:
        self.home, self.address = home, address

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `xiaohao` on this county's folder."""
        return run("xiaohao", *arguments, "--home", str(self.home))


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this project (`xiaohao`, `xiaohao.cli.verify`) as a person would, in a process of its own."""
    return subprocess.run([sys.executable, "-m", module, *arguments], env=_environment(), capture_output=True, text=True, timeout=_SEEDING)


def make_seed(folder: Path) -> Path:
    """A county that nobody has touched, made by whichever process asks first. Returns its folder."""
    if made := os.environ.get(_MADE):
        return Path(made)
    home = folder / "county"
    with (folder / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "demo-county").exists():
            done = run("xiaohao", "demo", "--no-serve", "--home", str(home))
            assert done.returncode == 0, done.stdout + done.stderr
    return home


@contextmanager
def served(seed: Path, home: Path) -> Iterator[County]:
    """A copy of the seed in `home`, with web server and worker, until the block ends."""
    shutil.copytree(seed, home)
    bind = f"127.0.0.1:{_free_port()}"
    # what a person reads from paper must lead to this server, and not to the port that a demonstration usually has
    (home / "xiaohao.toml").write_text(f'public_url = "http://{bind}"\n')
    log = (home / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "xiaohao", "demo", "--home", str(home), "--bind", bind], env=_environment(), stdout=log, stderr=log
    )
    try:
        _wait_for(f"http://{bind}/sign-in", server, home / "server.log")
        yield County(home, f"http://{bind}")
    finally:
        server.terminate()
        server.wait(_STOPPING)
        log.close()


@contextmanager
def installed(home: Path, people: str) -> Iterator[tuple[County, str]]:
    """An office's own installation, made and served as docs/install.md says, under a name and not a number: the units and people of that JSON, and
    the first three administrators. Also what `xiaohao admins` said."""
    home.mkdir(mode=0o700)
    bind = f"127.0.0.1:{_free_port()}"
    address = bind.replace("127.0.0.1", "http://localhost")
    (home / "xiaohao.toml").write_text(f'public_url = "{address}"\njournal_origin = "log.qinghe.example/xiaohao"\n', "utf-8")
    (home / "people.json").write_text(people, "utf-8")
    three = ("--system", "person-1", "--security", "person-2", "--audit", "person-3")
    for words in (("init",), ("register", str(home / "people.json")), ("admins", *three)):
        done = run("xiaohao", *words, "--home", str(home))
        assert done.returncode == 0, done.stdout + done.stderr
    log = (home / "server.log").open("w")
    command = [sys.executable, "-m", "xiaohao", "serve", "--home", str(home), "--bind", bind]
    server = subprocess.Popen(command, env=_environment(), stdout=log, stderr=log)
    try:
        _wait_for(f"{address}/sign-in", server, home / "server.log")
        yield County(home, address), done.stdout
    finally:
        server.terminate()
        server.wait(_STOPPING)
        log.close()


def _environment() -> dict[str, str]:
    """The environment of a person at a terminal: nothing of the tests' own settings."""
    return {name: value for name, value in os.environ.items() if name not in ("XIAOHAO_HOME", "DJANGO_SETTINGS_MODULE")}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _STARTING
    while time.monotonic() < until:
        assert server.poll() is None, f"the server ended: {log.read_text()}"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer in {_STARTING} s: {log.read_text()}")
