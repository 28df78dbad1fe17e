"""The index of submitted statements beside datasketch and rensa, in one run: build, question, recall by kind of copy, growth, bytes on disk.

    python bench/copied_statements.py [--quick | --full]

Accounts as bench/made/accounts.py makes them. The index is the installation's own (Django, SQLite on disk); the peers hold MinHashes in memory, the task's text
taken out for them. Batches are interleaved; figures are CPU time. For each the threshold is the score that one stranger in 1,000 exceeds.
--quick: 2,000 accounts beside the peers, growth to 20,000; else 10,000 and 100,000; --full: growth to 1,000,000. One JSON line per figure.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "src")]

from made.accounts import KINDS, Account, World  # noqa: E402

#: Accounts put in between two turns of another index, and strangers that set the threshold.
BATCH, STRANGERS = 1_000, 1_000
#: Questions by which p50 and p99 are told.
QUESTIONS = 300
#: As the peers' documentation has it; a lower threshold lets more through to be estimated.
PERMUTATIONS, LSH_THRESHOLD, SHINGLE = 128, 0.1, 5


def say(figure: str, value: float, unit: str, goal: str = "", **more: Any) -> None:
    line = {"bench": "copied_statements", "figure": figure, "value": round(value, 4), "unit": unit, "goal": goal, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


class Ours:
    """The index of the installation, asked as an act asks it."""

    name = "ours"

    def __init__(self) -> None:
        from django.db import connection

        from xiaohao.records import copied

        self.copied, self.connection, self.count = copied, connection, 0
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")  # the accounts have no case behind them

    def add(self, accounts: list[Account]) -> None:
        from django.db import transaction

        from xiaohao.screening.copied.bulk import sampled_many

        found = sampled_many([account.text for account in accounts], [of_task(account.task) for account in accounts])
        with transaction.atomic():
            self.copied.insert_postings(found.hashes, found.text + self.count + 1)
            with self.connection.cursor() as cursor:
                numbers = range(self.count + 1, self.count + len(accounts) + 1)
                cursor.executemany(
                    "INSERT INTO records_indexedstatement (number, statement_id) VALUES (%s, %s)", [(n, str(n)) for n in numbers]
                )
        self.count += len(accounts)

    def grams(self, account: Account) -> Any:
        from xiaohao.screening.copied.grams import among, grams, sampled
        from xiaohao.screening.copied.masked import masked

        every = grams(masked(account.text))
        return sampled(every.where(~among(every.hashes, of_task(account.task))))

    def best(self, account: Account) -> tuple[int, float]:
        query = self.grams(account)
        spreads, _, _ = self.copied.touched(query)
        sentences = max(1, len(set(query.sentence.tolist())))
        return (spreads[0][0] - 1, spreads[0][1] / sentences) if spreads else (-1, 0.0)

    def bytes(self) -> int:
        """Of the database file, its write-ahead log emptied into it."""
        with self.connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        name = Path(str(self.connection.settings_dict["NAME"]))
        return sum(path.stat().st_size for path in name.parent.glob(name.name + "*"))


@lru_cache(maxsize=64)
def of_task(text: str) -> Any:
    """The grams of a task's text, kept for the statements that come with it (the peers are given the text without it)."""
    import numpy as np

    from xiaohao.screening.copied.grams import grams
    from xiaohao.screening.copied.masked import masked

    return np.unique(grams(masked(text)).hashes)


def shingles(account: Account) -> list[str]:
    """What a peer is given: the text without its task's sentences."""
    text = "".join(one for one in account.sentences if one not in account.task)
    return [text[n : n + SHINGLE] for n in range(len(text) - SHINGLE + 1)]


class Datasketch:
    name = "datasketch"

    def __init__(self) -> None:
        from datasketch import MinHash, MinHashLSH

        self._hash, self._lsh = MinHash, MinHashLSH(threshold=LSH_THRESHOLD, num_perm=PERMUTATIONS)
        self._all: list[Any] = []

    def of(self, account: Account) -> Any:
        made = self._hash(num_perm=PERMUTATIONS)
        made.update_batch([one.encode() for one in shingles(account)])
        return made

    def add(self, accounts: list[Account]) -> None:
        for account in accounts:
            made = self.of(account)
            self._lsh.insert(len(self._all), made)
            self._all.append(made)

    def best(self, account: Account) -> tuple[int, float]:
        made = self.of(account)
        found = [(made.jaccard(self._all[n]), n) for n in self._lsh.query(made)]
        return max(((n, score) for score, n in found), key=lambda one: one[1], default=(-1, 0.0))


class Rensa:
    name = "rensa"

    def __init__(self) -> None:
        from rensa import RMinHash, RMinHashLSH

        self._hash, self._lsh = RMinHash, RMinHashLSH(threshold=LSH_THRESHOLD, num_perm=PERMUTATIONS, num_bands=64)
        self._all: list[Any] = []

    def of(self, account: Account) -> Any:
        made = self._hash(num_perm=PERMUTATIONS, seed=1)
        made.update(shingles(account))
        return made

    def add(self, accounts: list[Account]) -> None:
        for account in accounts:
            made = self.of(account)
            self._lsh.insert(len(self._all), made)
            self._all.append(made)

    def best(self, account: Account) -> tuple[int, float]:
        made = self.of(account)
        found = [(made.jaccard(self._all[n]), n) for n in self._lsh.query(made)]
        return max(((n, score) for score, n in found), key=lambda one: one[1], default=(-1, 0.0))


def cpu(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def questions(index: Any, asked: list[Account]) -> list[float]:
    """Milliseconds of each question, sorted."""
    return sorted(1000 * cpu(lambda account=account: index.best(account)) for account in asked)


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def beside_the_peers(world: World, ours: Ours, count: int, each: int, strangers: int) -> None:
    indexes = [ours, Datasketch(), Rensa()]
    spent = dict.fromkeys((index.name for index in indexes), 0.0)
    accounts: list[Account] = []
    empty = ours.bytes()
    for _ in range(0, count, BATCH):
        batch = list(world.accounts(BATCH))
        accounts += batch
        for index in indexes:
            spent[index.name] += cpu(lambda index=index, batch=batch: index.add(batch))
    for index in indexes:
        say(f"build {index.name}", count / spent[index.name], "statements per CPU second", "")
    say("build, times datasketch", spent["datasketch"] / spent["ours"], "×", ">=10")
    say("build, times rensa", spent["rensa"] / spent["ours"], "×", ">=1")
    say("disk", (ours.bytes() - empty) / count, "bytes a statement", "<=3000")
    asked = list(world.accounts(QUESTIONS))
    p50 = {index.name: median(questions(index, asked)) for index in indexes}
    for name, value in p50.items():
        say(f"question p50 {name}", value, "ms CPU", "")
    say("question, of datasketch's", p50["ours"] / p50["datasketch"], "×", "<=1")
    scores = {index.name: sorted(index.best(one)[1] for one in world.accounts(strangers)) for index in indexes}
    least = {name: values[-1 - strangers // 1000] for name, values in scores.items()}
    for kind in KINDS:
        sources = world.rng.sample(range(count), each)
        copies = [world.copy(accounts[source], kind) for source in sources]
        for index in indexes:
            hits = sum(1 for source, one in zip(sources, copies, strict=True) if _is_found(index.best(one), source, least[index.name]))
            goal = (">=0.95" if kind == "noise 30%" else ">=0.99") if index is ours else ""
            say(f"recall {kind} {index.name}", hits / each, "share", goal, false="1/1000")
    quoting = [_quoting(world, accounts[n]) for n in range(0, count, max(1, count // 200))]
    say("flags from quoted task text", sum(1 for one in quoting if ours.best(one)[1] > least["ours"]), f"of {len(quoting)}", "0")


def _is_found(best: tuple[int, float], source: int, least: float) -> bool:
    return best[0] == source and best[1] > least


def _quoting(world: World, source: Account) -> Account:
    """An honest account of the same task that quotes all of its text."""
    mine = world.account()
    return Account((source.task, *mine.own), mine.own, source.task)


def growth(world: World, ours: Ours, sizes: list[int]) -> None:
    first: dict[str, float] = {}
    known: dict[int, Account] = {}
    for size in sizes:
        began = resident_mb()
        while ours.count < size:
            batch = list(world.accounts(min(5_000, size - ours.count)))
            known |= {ours.count + n: batch[n] for n in world.rng.sample(range(len(batch)), min(len(batch), 10))}
            ours.add(batch)
        asked = list(world.accounts(QUESTIONS))
        times = questions(ours, asked)
        now = {"p50": median(times), "p99": quantiles(times, n=100)[98]}
        for name, value in now.items():
            first.setdefault(name, value)
            goal = "" if size == sizes[0] else "<=2" if size <= 10 * sizes[0] else "<=4"
            say(f"question {name} at {size}", value, "ms CPU", "", times_first=round(value / first[name], 2), goal_times=goal)
        say(f"memory grown to {size}", resident_mb() - began, "MB", "flat")
        if known:
            _recall_at(world, ours, size, known)


def _recall_at(world: World, ours: Ours, size: int, known: dict[int, Account]) -> None:
    """The hardest kinds again, with strangers of this size."""
    scores = sorted(ours.best(one)[1] for one in world.accounts(STRANGERS))
    least = scores[-1 - STRANGERS // 1000]
    for kind in ("lift 30%", "noise 30%"):
        hits = [_is_found(ours.best(world.copy(account, kind)), number, least) for number, account in known.items()]
        say(f"recall {kind} at {size}", sum(hits) / len(hits), "share", ">=0.95", copies=len(hits), false="1/1000")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true")
    how.add_argument("--full", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XIAOHAO_HOME": home, "DJANGO_SETTINGS_MODULE": "xiaohao.web.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        world, ours = World(1), Ours()
        count = 2_000 if args.quick else 10_000
        beside_the_peers(world, ours, count, 40 if args.quick else 200, STRANGERS if args.quick else 2 * STRANGERS)
        growth(world, ours, [count, 10 * count] + ([100 * count] if args.full else []))


if __name__ == "__main__":
    main()
