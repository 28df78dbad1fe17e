"""Writes the golden matrices anew: `python -m tests.procedure.regenerate`. Review the difference like code."""

from __future__ import annotations

from pathlib import Path

from tests.procedure.matrix import matrix
from xiaohao.procedure.rulebook import PACKAGED, packaged

GOLDEN = Path(__file__).parents[1] / "golden" / "procedure"


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name in PACKAGED:
        (GOLDEN / f"{name}.txt").write_text(matrix(packaged(name)), "utf-8")
