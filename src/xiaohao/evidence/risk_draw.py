"""Drawing tasks by weight, without replacement, so that nobody could choose them beforehand and anybody can repeat it.

The rule, so that any program can. The population is a list of (address, weight), sorted by address; weights are whole numbers from 1 on. For
k = 1, 2, 3 …: add up the weights of those not drawn yet to TOTAL, take SHA-256("xiaohao-risk-draw/1\\n" + ROOT + "\\n" + DRAW + "\\n" + k +
"\\n") as a whole number (big-endian) modulo TOTAL, and go through those not drawn yet, in order of address, taking each one's weight off that
number; the one at which it would fall below zero is drawn. ROOT is the 64 lower-case hex digits of the log's root after the entry that committed
to the population, DRAW the draw's id, k in decimal digits. Whole numbers only: every machine computes the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

#: First line of what is hashed: another rule would have another name.
RULE = "xiaohao-risk-draw/1"


def drawn_by_weight(weights: Mapping[str, int], *, root: bytes, draw: str, count: int) -> tuple[str, ...]:
    """The drawn addresses in the order in which they were drawn; all of them where `count` is more than there are. Raises ValueError for a
    weight below 1."""
    if any(weight < 1 for weight in weights.values()):
        raise ValueError("a weight is a whole number from 1 on")
    left = sorted(weights.items())
    drawn: list[str] = []
    while left and len(drawn) < count:
        digest = hashlib.sha256(f"{RULE}\n{root.hex()}\n{draw}\n{len(drawn) + 1}\n".encode()).digest()
        point = int.from_bytes(digest, "big") % sum(weight for _, weight in left)
        for place, (address, weight) in enumerate(left):
            point -= weight
            if point < 0:
                drawn.append(address)
                del left[place]
                break
    return tuple(drawn)
