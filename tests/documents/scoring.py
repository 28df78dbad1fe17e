"""How a reading is scored against gold: scalars exactly, items by what they say (gold texts may be paraphrases), quantities by value and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

#: A gold item counts as found when the read item holds this share of its pairs of characters.
SAME = 0.34


def pairs(words: str) -> set[str]:
    bare = "".join(sign for sign in words if sign.isalnum())
    return {bare[n : n + 2] for n in range(len(bare) - 1)} or {bare}


def overlap(gold: str, read: str) -> float:
    """Share of the gold's pairs of characters that the read item holds."""
    wanted = pairs(gold)
    return len(wanted & pairs(read)) / len(wanted)


def f1(found: int, read: int, gold: int) -> float:
    return 1.0 if read == gold == 0 else 2 * found / (read + gold) if read + gold else 0.0


def matched(gold: Sequence[str], read: Sequence[str], same: float = SAME) -> int:
    """How many gold items are met by an item of their own, best overlap first."""
    rated = sorted(((overlap(g, r), i, j) for i, g in enumerate(gold) for j, r in enumerate(read)), reverse=True)
    used_gold: set[int] = set()
    used_read: set[int] = set()
    for score, i, j in rated:
        if score >= same and i not in used_gold and j not in used_read:
            used_gold.add(i)
            used_read.add(j)
    return len(used_gold)


def quantities_found(gold: Sequence[tuple[float, str]], read: Sequence[tuple[float, str]]) -> int:
    """How many (value, unit) pairs both have, counted with their multiplicity."""
    return sum((Counter(gold) & Counter(read)).values())
