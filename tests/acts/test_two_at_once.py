"""Two reviewers decide at the same moment: exactly one decision stands, the other is told, and the journal has one entry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Each round is a race in an installation of its own and takes some two seconds.
ROUNDS = 4


@pytest.mark.parametrize("number", range(ROUNDS))
def test_exactly_one_of_two_decisions_stands(tmp_path: Path, number: int) -> None:
    came_to = race(tmp_path)
    assert came_to["entries"] == 1
    assert came_to["said"] == ["decided", "overtaken"]
    assert came_to["status"] in {"reviewed", "in_progress"}


def race(home: Path) -> dict[str, object]:
    """Run two_deciders in an installation of its own and return what it came to."""
    environment = {**os.environ, "XIAOHAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "xiaohao.web.settings", "PYTHONPATH": "src"}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.acts.two_deciders"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    came_to: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return came_to
