"""`xiaohao screen` over ledgers of different sizes: seconds and memory of a case, and of the checks that compare all cases with each other.

    python bench/whole_ledger.py [--quick | --full]

One walked case (tests.cases) copied under other ids, each with its own place, days and words; one reviewer and one acceptor for every fifty cases. --quick: 100 and
300 cases; else 500 and 2,000; --full: 500 and 5,000. Each size in a process of its own. `--before` also reads the whole ledger as it was done
earlier. One JSON line per figure.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench"), str(ROOT / "src")]

#: Cases of which the seconds are taken, from all over the ledger.
TIMED = 24
#: Checks that compare all cases and are no question to an index.
ACROSS = ("MEET-CONFLICT", "RUSH", "REPEAT", "LAB", "REVIEW-FORM", "RECUR")


def say(figure: str, value: float, unit: str, goal: str = "", **more: Any) -> None:
    line = {"bench": "whole_ledger", "figure": figure, "value": round(value, 4), "unit": unit, "goal": goal, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def make(count: int) -> None:
    """`count` cases in the database."""
    from django.db import connection, transaction
    from made.accounts import World

    from tests.acts.walking import make_task
    from xiaohao.dossier.codec import dossier_from_json, dossier_to_json
    from xiaohao.kernel.when import parse_instant
    from xiaohao.records import models
    from xiaohao.records.to_dossier import dossier_of

    row = make_task("closed")
    case = dossier_of(row, at=parse_instant("2026-12-03T09:00:00+08:00"))
    world, rng = World(3), Random(4)
    moved = {"tasks", "plans", "statements", "documents", "records", "files", "series"}
    ids = {thing.id for name in moved for thing in getattr(case, name)}
    ids |= {goal.id for plan in case.plans for goal in (*plan.goals, *plan.measures)}
    place = case.task.places[0]
    text = json.dumps({name: value for name, value in dossier_to_json(case).items() if name in moved}, ensure_ascii=False)
    days = sorted({text[at : at + 10] for at in range(len(text)) if _is_day(text[at : at + 10])})
    with connection.cursor() as cursor:  # the copies have no entries in the journal behind them
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    tables = {
        "plans": models.Plan,
        "statements": models.Statement,
        "documents": models.Document,
        "records": models.Record,
        "files": models.File,
    }
    with transaction.atomic():
        for start in range(0, count, 250):
            rows: dict[str, list[Any]] = {name: [] for name in (*tables, "tasks", "places", "people")}
            links: dict[str, list[tuple[str, str]]] = {name: [] for name in tables}
            for n in range(start, min(count, start + 250)):
                said = text
                for one in sorted(ids, key=len, reverse=True):
                    said = said.replace(f'"{one}"', f'"{one}-n{n}"')
                shift = timedelta(days=rng.randint(-700, 0))
                for day in days:
                    said = said.replace(day, f"~{date.fromisoformat(day) + shift}")
                said = said.replace("~", "").replace(f'"{place}"', f'"{place}-n{n}"')
                for person in {one for record in case.records for one in record.people}:
                    said = said.replace(f'"{person}"', f'"{person}-n{n // 50}"')
                    if n % 50 == 0:
                        named = models.Person.objects.get(pk=person)
                        named.pk, named.staff_no = f"{person}-n{n // 50}", f"{named.staff_no}{n // 50}"
                        rows["people"].append(named)
                value = json.loads(said)
                for record in value["records"]:
                    if record.get("text"):
                        record["text"] = world.sentence() + world.sentence()
                value["tasks"][0]["problem"] = world.sentence() + world.sentence()
                value["tasks"][0]["number"] = 100 + n
                for statement in value["statements"]:
                    statement["text"] = "".join(world.sentence() for _ in range(12))
                    statement["spans"] = []
                spot = models.Place.objects.get(pk=place)
                spot.pk, spot.name = f"{place}-n{n}", f"{spot.name}{n}"
                spot.more = {**spot.more, "lat": 35 + rng.random() * 4, "lon": 100 + rng.random() * 5}
                rows["places"].append(spot)
                _filed(value, n, rows, links, tables, row, dossier_from_json, dossier_to_json(case))
            models.Place.objects.bulk_create(rows["places"])
            models.Person.objects.bulk_create(rows["people"], ignore_conflicts=True)
            models.Task.objects.bulk_create(rows["tasks"])
            for name, model in tables.items():
                model.objects.bulk_create(rows[name])
                if hasattr(model, "on_tasks"):
                    through = model.on_tasks.through
                    field = model._meta.model_name
                    through.objects.bulk_create([through(**{f"{field}_id": one, "task_id": task}) for one, task in links[name]])


def _is_day(said: str) -> bool:
    return len(said) == 10 and said[4] == said[7] == "-" and said.replace("-", "").isdecimal()


def _filed(value: Any, n: int, rows: Any, links: Any, tables: Any, first: Any, read: Any, whole: Any) -> None:
    from xiaohao.records import models

    case = read(
        {**whole, "series": [], **{name: value[name] for name in ("tasks", "plans", "statements", "documents", "records", "files")}}
    )
    task = case.tasks[0]
    fields = {name: getattr(first, name) for name in ("state", "version") if hasattr(first, name)}
    made = models.Task.of(task, **fields)
    for field in first._meta.concrete_fields:
        if getattr(made, field.attname) in (None, "") and field.attname not in ("id", "more"):
            setattr(made, field.attname, getattr(first, field.attname))
    made.address = f"{first.address}-n{n}"
    rows["tasks"].append(made)
    for name, model in tables.items():
        for thing in getattr(case, name):
            if name == "records" and thing.type in ("objection", "personnel", "appointment"):
                continue
            rows[name].append(model.of(thing))
            if name in ("documents", "records", "files"):
                links[name].append((thing.id, task.id))


def measure(count: int, before: bool, index: bool) -> None:
    from xiaohao.acts.rescreening import index_statements
    from xiaohao.acts.screening import Kept
    from xiaohao.kernel.when import parse_instant
    from xiaohao.records.compared import compared_ledger
    from xiaohao.records.models import Task
    from xiaohao.screening.across import said_of
    from xiaohao.screening.checks import CHECKS
    from xiaohao.screening.run import about, screen

    at = parse_instant("2026-12-03T09:00:00+08:00")
    began = time.process_time()
    make(count)
    say(f"making {count}", time.process_time() - began, "s CPU")
    if index:
        began = time.process_time()
        index_statements(at)
        say(f"statements into the index, {count} cases", (time.process_time() - began) / count * 1000, "ms CPU a case")
    tasks = list(Task.objects.order_by("pk").values_list("pk", flat=True))
    asked = tasks[:: max(1, len(tasks) // TIMED)][:TIMED]
    start = _rss()
    began = time.process_time()
    ledger = compared_ledger(at)
    say(f"all cases read for the checks over all, {count}", time.process_time() - began, "s CPU", records=len(ledger.records))
    for check in ACROSS:
        began = time.process_time()
        if check == "LAB":
            said = [screen(about(ledger, task), only=frozenset({check})) for task in asked]
            say(f"{check} over {count}", (time.process_time() - began) / len(said) * 1000, "ms CPU a case")
        else:
            said_of(ledger, check, asked[0])
            say(f"{check} over {count}", time.process_time() - began, "s CPU, once")
    say(f"memory grown by that, {count}", _rss() - start, "MB")
    kept = Kept(fresh=False)
    every = tuple(check.ID for check in CHECKS)
    kept.screen(asked[0], at=at, checks=every)  # the ledger is read and its checks run here
    start, taken = _rss(), []
    for task in asked:
        began = time.process_time()
        kept.screen(task, at=at, checks=every)
        taken.append(time.process_time() - began)
    say(f"a case at {count}, p50", median(taken) * 1000, "ms CPU")
    say(f"memory grown over {len(asked)} cases at {count}", _rss() - start, "MB", "flat")
    say(f"memory, most, at {count}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, "MB")
    if before:
        _as_before(at, asked[:3], count)


def _as_before(at: Any, asked: list[str], count: int) -> None:
    """The whole ledger in memory, and each check over it once for each case."""
    from xiaohao.records.models import Task
    from xiaohao.records.to_dossier import ledger_of
    from xiaohao.screening.run import about, screen

    began, start = time.process_time(), _rss()
    ledger = ledger_of(Task.objects.select_related("owner", "list").order_by("pk"), title="", at=at)
    say(f"before: the whole ledger read, {count}", time.process_time() - began, "s CPU", mb=round(_rss() - start))
    began = time.process_time()
    for task in asked:
        screen(about(ledger, task), only=frozenset(ACROSS))
    say(f"before: the checks over all for one case, {count}", (time.process_time() - began) / len(asked), "s CPU a case")


def _rss() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true")
    how.add_argument("--full", action="store_true")
    parser.add_argument("--before", action="store_true")
    parser.add_argument("--unindexed", action="store_true", help="leave the statements out of the index, whose making takes the longest")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one is None:
        for count in (100, 300) if args.quick else (500, 5_000) if args.full else (500, 2_000):
            more = [f"--{name}" for name in ("before", "unindexed") if getattr(args, name)]
            subprocess.run([sys.executable, __file__, "--one", str(count), *more], check=True)
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XIAOHAO_HOME": home, "DJANGO_SETTINGS_MODULE": "xiaohao.web.settings", "OPENBLAS_NUM_THREADS": "1"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        measure(args.one, args.before, not args.unindexed)


if __name__ == "__main__":
    main()
