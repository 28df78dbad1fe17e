"""Processes for test_delivery.py: a post office that keeps what it takes, and a worker that delivers until it is ended.

`python -m tests.acts.delivering post FILE SECONDS` prints its port; each letter taken is a line of FILE, written SECONDS before the answer.
`python -m tests.acts.delivering fill|work` runs on the installation in XIAOHAO_HOME.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

AT = datetime.fromisoformat("2026-03-03T10:00:00+08:00")
PEOPLE = 12


def post(file: str, seconds: str) -> None:
    from aiosmtpd.controller import Controller

    class Office:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
            letter = message_from_bytes(envelope.content, policy=policy.default)
            body = letter.get_body()
            assert body is not None
            line = {"id": letter["Message-ID"], "to": letter["To"], "subject": letter["Subject"], "text": body.get_content()}
            with Path(file).open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(line) + "\n")
            time.sleep(float(seconds))
            return "250 taken"

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    Controller(Office(), hostname="127.0.0.1", port=port).start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    while True:
        time.sleep(60)


def fill() -> None:
    from xiaohao.acts.ids import id_from
    from xiaohao.records.models import Account, Message, Org, Person

    org = Org.objects.create(id="org-a", name="青禾县水务局", level="county", kind="department", path="/org-a/")
    for number in range(PEOPLE):
        person = Person.objects.create(id=f"person-{number}", name=f"甲{number}", org=org, staff_no=f"1{number:03}")
        Account.objects.create(username=f"u{number}", person=person, roles=["reporter"], email=f"u{number}@qinghe.example")
        for each in range(2):
            Message.objects.create(
                id=id_from("msg", number, each),
                person=person,
                kind="call_overdue",
                about=f"call-{each}/task-1",
                sentence=f"提醒{each}",
                made_at=AT,
            )


def work() -> None:
    from xiaohao.acts.delivery import deliver
    from xiaohao.records.models import Delivery, Message

    while Delivery.objects.exclude(sent_at=None).count() < Message.objects.count():
        deliver(AT)


if __name__ == "__main__":
    if sys.argv[1] == "post":
        post(*sys.argv[2:])
    else:
        os.environ["DJANGO_SETTINGS_MODULE"] = "xiaohao.web.settings"
        import django

        django.setup()
        {"fill": fill, "work": work}[sys.argv[1]]()
