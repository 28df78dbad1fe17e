"""How long a ledger's series take to be screened from cold, beside the time it takes only to read them, in seconds of processor time. One JSON line per figure.

    python bench/screen_series.py [--quick]

Workload: tasks with four series each (a river's point and its neighbours by day over three years, or an hourly station with its neighbours over
one year), half of them bent. All readings are invented.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

#: The goal of the issue is 50 tasks, 2,000 photographs and 200 series in three minutes; a quarter of that is for the series.
GOAL_SECONDS = 45
SERIES, QUICK_SERIES = 200, 40
DAYS, HOURS = 1095, 8760


def say(figure: str, value: float, unit: str, goal: str = "") -> None:
    print(
        json.dumps({"bench": "screen_series", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal}, ensure_ascii=False),
        flush=True,
    )


def ledger(count: int):  # type: ignore[no-untyped-def]
    """A ledger of count / 4 tasks with four series each, every fourth task hourly."""
    import numpy as np

    from tests.fakes.series_world import World

    world = World(np.random.default_rng(1))
    tasks = []
    for number in range(count // 4):
        hourly = number % 4 == 3
        weather = world.weather(HOURS) if hourly else None
        keys = []
        for _ in range(4):
            values = world.hourly(HOURS, 40, weather) if hourly else world.daily(DAYS, 0.9)
            if number % 2 and not keys:
                values[700:760] = values[700]
            keys.append(world.add_series(values, indicator="二氧化氮" if hourly else "氨氮", unit="ug/m3" if hourly else "mg/L", place=f"place-{number}-{len(keys)}", interval="hour" if hourly else "day", resolution=1.0 if hourly else 0.001, tasks=(f"task-{number}",)))  # fmt: skip
        world.peers(keys[0], *keys[1:])
        tasks.append(f"task-{number}")
    case = world.dossier(world.day(DAYS))
    return replace(case, kind="ledger", tasks=tuple(replace(case.task, id=task, places=()) for task in tasks))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="under a minute: 40 series instead of 200")
    count = QUICK_SERIES if parser.parse_args().quick else SERIES
    made = ledger(count)
    from xiaohao.outcomes import curve
    from xiaohao.screening.run import screen

    began = time.process_time()
    for series in made.series:
        curve.curve_of(made, series)
    reading = time.process_time() - began
    say("read", reading, "s")
    curve._columns.cache_clear()
    began = time.process_time()
    found = screen(made).findings
    screening = time.process_time() - began
    say("screen, from cold", screening, "s", f"<{GOAL_SECONDS * count / SERIES:g}")
    say("screen over read", screening / reading, "ratio")
    say("series a second", count / screening, "1/s")
    say("findings", len(found), "count")


if __name__ == "__main__":
    main()
