"""Drawing rows that nobody could choose beforehand: the seed is the root of the log just after the draw was asked for, the rest is arithmetic.

The rule, so that any program can repeat it. For each claim, rank every row of its population by
SHA-256("xiaohao-sample/1\\n" + ROOT + "\\n" + CLAIM + "\\n" + ROW + "\\n"), ROOT being the 64 lower-case hex digits of the log's root, CLAIM
the claim's key and ROW the row's id, all in UTF-8; the rows with the smallest digests are drawn, as many as sample_size says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

#: First line of what is hashed: another rule would have another name.
RULE = "xiaohao-sample/1"
#: No norm gives a size. A tenth, so that a hollow register is likely to be seen; at least three rows, and no more than a reviewer can open
#: in one sitting (UX.md section 1: twenty cases a week).
LEAST, MOST, SHARE = 3, 20, 10


def sample_size(population: int) -> int:
    """How many of so many rows are drawn: a tenth, rounded up, at least 3 and at most 20; all of three or fewer."""
    return min(population, MOST, max(LEAST, -(-population // SHARE)))


def drawn(rows: Iterable[str], *, root: bytes, claim: str) -> tuple[str, ...]:
    """The drawn rows of one claim in the order of their digests. The order of `rows` and rows named twice change nothing."""
    population = set(rows)
    ranked = sorted(population, key=lambda row: _digest(root, claim, row))
    return tuple(ranked[: sample_size(len(population))])


def _digest(root: bytes, claim: str, row: str) -> bytes:
    return hashlib.sha256(f"{RULE}\n{root.hex()}\n{claim}\n{row}\n".encode()).digest()
