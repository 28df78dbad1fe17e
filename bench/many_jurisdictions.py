"""Fingerprints of many jurisdictions: what is found by kind of copy, what a stranger reaches, and what it costs, by the plain engine.

    python bench/many_jurisdictions.py [--quick | --full]

Accounts of bench/made, scenes of tests/fakes/pictures.py. --quick: 2 × 1,000 accounts; else 5 × 4,000; --full: 10 × 10,000. One JSON line per figure.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench"), str(ROOT / "src")]

from made.accounts import KINDS, World  # noqa: E402

from tests.cli.corpora import AT, KEY, picture_of, print_of  # noqa: E402
from tests.fakes.pictures import COPIES, saved, shot  # noqa: E402
from xiaohao.cli.corpus.compare import compared  # noqa: E402
from xiaohao.cli.corpus.corpus import photographs, statements  # noqa: E402
from xiaohao.cli.corpus.files import Header, batches, exports, write  # noqa: E402
from xiaohao.cli.corpus.local import Local  # noqa: E402
from xiaohao.screening.copied.grams import SAMPLED  # noqa: E402
from xiaohao.screening.fingerprints.judged import findings  # noqa: E402
from xiaohao.screening.fingerprints.keyed import key_check  # noqa: E402


def say(figure: str, value: float, unit: str, goal: str = "", **more: Any) -> None:
    line = {"bench": "many_jurisdictions", "figure": figure, "value": round(value, 4), "unit": unit, "goal": goal, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def accounts(folder: Path, places: int, each: int, copies: int) -> None:
    """`places` exports of `each` accounts; in the last place also `copies` of every kind, of accounts of the first."""
    world = World(11)
    first = list(world.accounts(each))
    for place in range(places):
        own = first if place == 0 else world.accounts(each)
        prints = (print_of(one, f"st-{place}-{n}", "2025-03-03") for n, one in enumerate(own))
        write(folder / f"p{place}", Header(f"place{place}", key_check(KEY), AT, SAMPLED), prints, [])
    taken = []
    for kind in KINDS:
        for n, source in enumerate(world.rng.sample(range(each), copies)):
            taken.append(print_of(world.copy(first[source], kind), f"copy-{kind}-{source}-{n}", "2026-01-09"))
    write(folder / "copies", Header("copies", key_check(KEY), AT, SAMPLED), taken, [])


def measure_accounts(places: int, each: int, copies: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.process_time()
        accounts(folder, places, each, copies)
        say("making and keying", (places * each) / (time.process_time() - began), "statements per CPU second, accounts made too")
        size = sum(path.stat().st_size for path in folder.glob("p*/texts.parquet"))
        say("disk", size / (places * each), "bytes a statement")
        held = exports([name])
        began = time.process_time()
        register = statements(held)
        tallies = Local(held).texts(register)
        say("comparing", len(register.owned) / (time.process_time() - began), "statements per CPU second")
        say("memory, most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, "MB")
        found = {one.where[0].id.split(":")[1]: one.where[1].id.split(":")[0] for one in findings(register.owned, (), tallies, ())}
        said = [one.document for one in register.owned if one.jurisdiction == "copies"]
        # copies stand in their file in the order in which they were made
        order = [row for batch in batches(folder / "copies" / "texts.parquet", ["document"]) for row in batch.column(0).to_pylist()]
        for at, kind in enumerate(KINDS):
            mine = order[at * copies : (at + 1) * copies]
            say(f"recall {kind}", sum(found.get(one) == "place0" for one in mine) / copies, "share", copies=copies)
        strangers = [one for one in found if one not in said]
        say("strangers flagged", len(strangers), f"of {places * each}")


def measure_photographs(scenes: int, each: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, rng = Path(name), Random(3)
        mine = [picture_of(saved(shot(n)), f"file-{n}", "2025-01-05") for n in range(scenes)]
        write(folder / "mine", Header("mine", key_check(KEY), AT, SAMPLED), [], mine)
        names = [(kind, n) for kind in COPIES for n in range(each)] + [("second shot", n) for n in range(min(scenes, 4 * each))]
        theirs = [
            picture_of(
                saved(shot(n, visit=1)) if kind == "second shot" else COPIES[kind](shot(n), rng),
                f"file-{kind}-{n}".replace(" ", "-"),
                "2026-01-09",
            )
            for kind, n in names
        ]
        write(folder / "theirs", Header("theirs", key_check(KEY), AT, SAMPLED), [], theirs)
        held = exports([name])
        began = time.process_time()
        register = photographs(held)
        tallies = Local(held).photos(register)
        say("comparing photographs", len(register.owned) / (time.process_time() - began), "a CPU second")
        say("disk", sum(path.stat().st_size for path in folder.glob("*/photos.parquet")) / len(register.owned), "bytes a photograph")
        hit = {(register.owned[one.later].document, register.owned[one.earlier].document) for one in tallies}
        for kind in [*COPIES, "second shot"]:
            pairs = [(theirs[at].document, mine[n].document) for at, (one, n) in enumerate(names) if one == kind]
            say(f"found: {kind}", sum(pair in hit for pair in pairs) / len(pairs), "share", pictures=len(pairs))
        true = {(theirs[at].document, mine[n].document) for at, (_, n) in enumerate(names)}
        say("strangers flagged", len(hit - true), f"of {len(theirs) * (len(mine) - 1)} pairs")
        assert compared(held, Local(held))["findings"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true")
    how.add_argument("--full", action="store_true")
    args = parser.parse_args()
    places, each = (2, 1_000) if args.quick else (10, 10_000) if args.full else (5, 4_000)
    measure_accounts(places, each, 25 if args.quick else 100)
    measure_photographs(30 if args.quick else 120, 5 if args.quick else 20)


if __name__ == "__main__":
    main()
