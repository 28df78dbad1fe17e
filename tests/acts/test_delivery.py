"""Reminders that leave: through a real SMTP server and a real gateway, one digest for each person, nothing lost or doubled when the worker dies."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.acts import delivering
from tests.acts.delivering import AT, PEOPLE
from xiaohao.acts.delivery import deliver, is_due, signature
from xiaohao.records.models import Delivery, Message

_PATIENCE = 60


def _run(home: Path, what: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.acts.delivering", what], env={**os.environ, "XIAOHAO_HOME": str(home)})


@pytest.fixture
def post(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A post office that answers a tenth of a second after it has kept the letter."""
    kept = tmp_path / "letters"
    kept.touch()
    command = [sys.executable, "-m", "tests.acts.delivering", "post", str(kept), "0.1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as office:
        assert office.stdout is not None
        yield int(office.stdout.readline()), kept
        office.kill()


def _letters(kept: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in kept.read_text("utf-8").splitlines()]


def test_a_worker_that_is_killed_again_and_again_loses_no_letter_and_doubles_none(tmp_path: Path, post: tuple[int, Path]) -> None:
    port, kept = post
    home = tmp_path / "var"
    home.mkdir()
    (home / "xiaohao.toml").write_text(f'[mail]\nhost = "127.0.0.1"\nport = {port}\nfrom = "office@qinghe.example"\n')
    environment = {**os.environ, "XIAOHAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "xiaohao.web.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True, timeout=_PATIENCE)
    assert _run(home, "fill").wait(_PATIENCE) == 0
    chance, kills = random.Random(7), 0
    for _round in range(5):
        worker, before = _run(home, "work"), len(_letters(kept))
        while worker.poll() is None and len(_letters(kept)) < before + chance.randint(1, 3):  # in the middle of its work
            pass
        if worker.poll() is None:
            kills += 1
            worker.kill()
        worker.wait(_PATIENCE)
    assert kills >= 3
    assert _run(home, "work").wait(_PATIENCE) == 0
    letters = _letters(kept)
    assert {letter["to"] for letter in letters} == {f"u{number}@qinghe.example" for number in range(PEOPLE)}
    assert len({letter["id"] for letter in letters}) == PEOPLE  # what came twice came under the same Message-ID
    assert len(letters) <= PEOPLE + kills
    assert all("提醒0" in letter["text"] and "提醒1" in letter["text"] for letter in letters)


@pytest.fixture
def gateway(settings: Any, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The office's gateway; `answers` are the statuses it gives, the last one for ever."""
    seen: dict[str, Any] = {"answers": [200], "posts": [], "elsewhere": 0}

    class Office(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path != "/in":
                seen["elsewhere"] += 1
            seen["posts"].append((dict(self.headers), body))
            self.send_response(seen["answers"].pop(0) if len(seen["answers"]) > 1 else seen["answers"][0])
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            """Not on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Office)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "gateway").write_bytes(b"shared secret")
    (tmp_path / "keys" / "gateway").chmod(0o600)
    settings.HOME, settings.MAIL = tmp_path, {}
    settings.GATEWAY = {"url": f"http://127.0.0.1:{server.server_port}/in"}
    yield seen
    server.shutdown()


def test_the_gateway_gets_one_signed_digest_for_each_person(db: None, gateway: dict[str, Any]) -> None:
    delivering.fill()
    assert deliver(AT) == 10  # at once; the rest with the next look
    assert deliver(AT) == PEOPLE - 10
    assert deliver(AT + timedelta(days=1)) == 0
    assert len(gateway["posts"]) == PEOPLE
    headers, body = gateway["posts"][0]
    assert headers["X-Xiaohao-Signature"] == signature(b"shared secret", headers["X-Xiaohao-Time"], body)
    said = json.loads(body)
    assert (said["id"], len(said["messages"])) == (headers["Idempotency-Key"], 2)


def test_a_digest_that_is_not_taken_comes_again_later_under_the_same_key_and_follows_no_redirect(db: None, gateway: dict[str, Any]) -> None:
    delivering.fill()
    Message.objects.exclude(person="person-0").delete()
    gateway["answers"] = [503, 302, 204]
    assert [deliver(AT + timedelta(minutes=m)) for m in (0, 1, 2, 5, 6)] == [0, 0, 0, 0, 1]
    assert len({headers["Idempotency-Key"] for headers, _body in gateway["posts"]}) == 1
    assert (len(gateway["posts"]), gateway["elsewhere"]) == (3, 0)
    assert Delivery.objects.filter(sent_at=None).count() == 0


@pytest.mark.parametrize(
    ("kind", "made", "now", "due"),
    [
        ("call", "2026-03-03T08:30", "2026-03-03T08:59", False),
        ("call", "2026-03-03T08:30", "2026-03-03T09:00", True),
        ("call", "2026-03-03T09:30", "2026-03-03T14:59", False),
        ("call", "2026-03-03T16:00", "2026-03-04T08:30", False),
        ("call", "2026-03-03T16:00", "2026-03-04T09:00", True),
        ("call_overdue", "2026-03-03T10:00", "2026-03-03T10:00", True),
        ("call_overdue", "2026-03-03T00:00", "2026-03-03T07:59", False),
        ("call_overdue", "2026-03-03T20:00", "2026-03-03T21:00", False),
    ],
)
def test_digests_leave_at_their_hours_and_what_is_overdue_at_once_but_nothing_in_quiet_hours(
    kind: str, made: str, now: str, due: bool
) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"{text}:00+08:00")

    assert is_due(Message(kind=kind, made_at=at(made)), at(now)) is due
