"""How fast notices are read in one process once loaded, whether memory stays flat, and how long loading takes. One JSON line per figure.

    python bench/read_notices.py [--quick]

The texts are the generated fictional notices of tests/documents/corpus and the sample notice, about 700 characters each, never the same one twice in a row.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

AT = "2026-03-03T09:00:00+08:00"
#: The goals of the issue: notices a second in one process, seconds to load, and how much memory may grow over ten thousand.
GOAL_PER_SECOND, GOAL_LOAD_SECONDS, GOAL_GROWTH_MB = 200, 0.3, 5


def say(figure: str, value: float, unit: str, goal: str) -> None:
    print(
        json.dumps({"bench": "read_notices", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal}, ensure_ascii=False),
        flush=True,
    )


def load_seconds() -> float:
    """Best of five: a fresh interpreter imports the reader and reads the bytes of a text file, less the bare interpreter."""
    program = (
        "from xiaohao.documents.text import read_text; from xiaohao.documents.notice import read_notice; read_text('整改'.encode(), 'x')"
    )
    return min(_run(program) for _ in range(5)) - min(_run("pass") for _ in range(3))


def _run(program: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"})
    return time.perf_counter() - began


def texts() -> list[str]:
    from tests.documents.corpus.generate import corpus

    sample = (ROOT / "src/xiaohao/documents/samples/qinghe-notice.txt").read_text("utf-8")
    return [sample, *(written.text for written in corpus(seed=1))]


def resident_mb() -> float:
    return (
        int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
        if Path("/proc/self/statm").exists()
        else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="under a minute: 2,000 notices instead of 10,000")
    count = 2_000 if parser.parse_args().quick else 10_000
    say("load", load_seconds(), "s", f"<{GOAL_LOAD_SECONDS}")
    from xiaohao.documents.notice import read_notice

    notices = texts()
    for notice in notices:
        read_notice(notice, "warm", at=AT)
    before, cpu, wall = resident_mb(), time.process_time(), time.perf_counter()
    for n in range(count):
        read_notice(notices[n % len(notices)], "bench", at=AT)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    say("characters", sum(map(len, notices)) / len(notices), "characters a notice", "")
    say("rate", count / wall, "notices/s", f">={GOAL_PER_SECOND}")
    say("rate_cpu", count / cpu, "notices per CPU second", f">={GOAL_PER_SECOND}")
    say(f"growth_over_{count}", resident_mb() - before, "MB", f"<{GOAL_GROWTH_MB}")


if __name__ == "__main__":
    main()
