"""How long an import of a large ledger keeps others from writing: seconds before its transaction, and seconds in which the lock of SQLite is held.

    python bench/import_ledger.py [--rows 50000]

A fresh installation in a folder of its own, the ledger of bench/ledgers.py. A second process asks for the lock twenty times a second and says how long it was refused
at a stretch, the worst of all; that is what a page would have waited for. One JSON line per figure.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench"), str(ROOT / "src")]
_PAUSE = 0.05


def say(figure: str, value: float, unit: str, **more: Any) -> None:
    print(json.dumps({"bench": "import_ledger", "figure": figure, "value": round(value, 2), "unit": unit, **more}), flush=True)


def watch(database: str, stop: str) -> None:
    """Ask for the lock until the file `stop` is there; print the longest stretch without it, and all of them together."""
    held, begun, worst, whole = False, 0.0, 0.0, 0.0
    connection = sqlite3.connect(database, timeout=0, isolation_level=None)
    while not Path(stop).exists():
        now = time.monotonic()
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            if held:
                whole, worst, held = whole + now - begun, max(worst, now - begun), False
        except sqlite3.OperationalError:
            if not held:
                held, begun = True, now
        time.sleep(_PAUSE)
    say("lock_longest", worst, "s")
    say("lock_whole", whole, "s")


def measure(rows: int) -> None:
    from django.core.management import call_command

    from xiaohao.cli.django_room import load_django

    home = Path(os.environ["XIAOHAO_HOME"])
    load_django(str(home))
    call_command("migrate", verbosity=0)
    from ledgers import HEADERS, rows_of

    from tests.acts.walking import CLERK, make_county
    from tests.cast import JOINED_AT, LISTS, ORGS
    from xiaohao.acts import accounts, ledger_drafts
    from xiaohao.acts import ledgers as acts
    from xiaohao.documents.ledger.write import write_ledger
    from xiaohao.kernel.when import parse_instant
    from xiaohao.records import models

    make_county()
    at = parse_instant(JOINED_AT).replace(year=2025)
    account = accounts.open_account(username="clerk", person=CLERK.person, roles=CLERK.roles, password=None)
    owner = HEADERS.index("责任单位")
    made = [[*row[:owner], ORGS[n % len(ORGS)].name, *row[owner + 1 :]] for n, row in enumerate(rows_of(rows))]
    content = write_ledger(HEADERS, made)
    begun = time.monotonic()
    ledger = ledger_drafts.keep_ledger(
        account=account, at=at, key="bench", name="台账.xlsx", content=content, listing=LISTS[0].id, lead=None, year=2025
    )
    if ledger.stage == "reading":
        ledger_drafts.read(ledger, content)
    say("read", time.monotonic() - begun, "s", rows=rows)
    lines = list(ledger.lines.filter(verdict__in=acts.IMPORTABLE).values_list("n", flat=True))
    stop = home / "stop"
    watcher = subprocess.Popen([sys.executable, __file__, "--watch", str(home / "xiaohao.sqlite3"), str(stop)])
    time.sleep(1)
    begun, cpu = time.monotonic(), time.process_time()
    prepared = acts._prepared

    def timed(*args: Any, **kwargs: Any) -> Any:
        found = prepared(*args, **kwargs)
        say("prepared_before_the_lock", time.monotonic() - begun, "s", cpu=round(time.process_time() - cpu, 2))
        return found

    write = acts._write

    def written(*args: Any, **kwargs: Any) -> Any:
        before, start = time.process_time(), time.monotonic()
        found = write(*args, **kwargs)
        say("in_the_transaction", time.monotonic() - start, "s", cpu=round(time.process_time() - before, 2))
        return found

    acts._prepared = timed  # type: ignore[assignment]
    acts._write = written  # type: ignore[assignment]
    acts.import_ledger(ledger=ledger.pk, by=CLERK, at=at, key="k" * 32, lines=lines)
    say("import", time.monotonic() - begun, "s", lines=len(lines), tasks=models.Task.objects.count())
    time.sleep(1)
    stop.touch()
    watcher.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--watch", nargs=2)
    args = parser.parse_args()
    if args.watch:
        watch(*args.watch)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIAOHAO_HOME"] = folder
        measure(args.rows)


if __name__ == "__main__":
    main()
