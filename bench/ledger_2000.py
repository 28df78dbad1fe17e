"""A ledger of 50 tasks with 2,000 photographs and 200 series, screened from cold by `xiaohao check`, as anybody would. One JSON line per figure.

    python bench/ledger_2000.py [--quick] [--keep FOLDER]

Workload: each task has eight views, each photographed on five days (true second shots, which look alike and must not be reported), drawn at 480 × 360 and
enlarged to 800 × 600 pixels, JPEG;
one photograph of every hundred is a copy of one of another task, changed in one of eleven ways. The series are those of bench/screen_series.py. All is
drawn and invented. Drawing takes longer than screening: --keep keeps the ledger in a folder and uses it again. --quick: a tenth of the photographs.
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
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "bench")]

#: Seconds of the clock on two cores (the issue).
GOAL_SECONDS = 180
TASKS, VIEWS, VISITS, SERIES = 50, 8, 5, 200
SIZE = (800, 600)
#: One photograph of so many is a copy.
COPY_EVERY = 100


def say(figure: str, value: float, unit: str, goal: str = "", **more: Any) -> None:
    line = {"bench": "ledger_2000", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def picture(number: int) -> bytes:
    """The photograph of this number; one of every hundred is a copy of the one 41 before it, in the next way of being changed."""
    from tests.fakes.pictures import COPIES, saved, shot

    view, visit = divmod(number, VISITS)
    if number % COPY_EVERY != COPY_EVERY - 1:
        return saved(shot(view, visit).resize(SIZE), 88)
    way = list(COPIES)[number // COPY_EVERY % len(COPIES)]
    source_view, source_visit = divmod(number - VIEWS * VISITS - 1, VISITS)
    return COPIES[way](shot(source_view, source_visit).resize(SIZE), Random(number))


def write_ledger(folder: Path, count: int, series: int) -> None:
    """The bundle: ledger.json, the photographs, the series."""
    from screen_series import ledger

    from xiaohao.dossier.codec import dossier_to_json
    from xiaohao.dossier.file import File

    made = ledger(series)
    per_task = count // len(made.tasks)
    files = []
    (folder / "photos").mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as drawing:
        for number, content in enumerate(drawing.map(picture, range(count), chunksize=8)):
            path, day = f"photos/p{number:04}.jpg", f"2023-{1 + number % VISITS * 2:02}-1{number // VISITS % 10}"
            (folder / path).write_bytes(content)
            files.append(
                File(
                    id=f"file-p{number:04}", path=path, sha256=sha256(content).hexdigest(), bytes=len(content), media="image/jpeg", kind="photo",
                    phase="during", tasks=(made.tasks[number // per_task].id,), claimed_at=day, recorded_at="2023-12-01T09:00:00+08:00",
                )
            )  # fmt: skip
    for path, content in made.contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    whole = replace(made, files=(*made.files, *files))
    (folder / "ledger.json").write_text(json.dumps(dossier_to_json(whole), ensure_ascii=False), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    count, series = (200, 40) if args.quick else (TASKS * VIEWS * VISITS, SERIES)
    with tempfile.TemporaryDirectory() as place:
        folder = args.keep or Path(place)
        if not (folder / "ledger.json").exists():
            write_ledger(folder, count, series)
        load = os.getloadavg()[0]
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", "xiaohao", "check", str(folder), "--format", "json"]
        out = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}).stdout
        seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    said = json.loads(out)["findings"]
    found = [{pointer["id"] for pointer in one["where"]} for one in said if one["check"] == "PHOTO-DUP"]
    planted = [{f"file-p{n:04}", f"file-p{n - VIEWS * VISITS - 1:04}"} for n in range(COPY_EVERY - 1, count, COPY_EVERY)]
    hits = sum(any(pair <= one for one in found) for pair in planted)
    say(
        "screened from cold",
        seconds,
        "s of the clock",
        f"<{GOAL_SECONDS * count / 2000:g}",
        photos=count,
        series=series,
        load=round(load, 1),
    )
    say("the same", after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "s CPU, all processes")
    say("memory of the largest process", after.ru_maxrss / 1024, "MB")
    say("copies found", hits, f"of {len(planted)}", "all")
    say("findings that point at no copy", sum(not any(pair & one for pair in planted) for one in found), "count", "0")


if __name__ == "__main__":
    main()
