"""The rows that are drawn follow from the seed alone, and nobody's order or wish changes them."""

from __future__ import annotations

import hashlib
import random

from xiaohao.evidence.sampling import drawn, sample_size

ROWS = [f"rec-{number:02}" for number in range(23)]
ROOT = hashlib.sha256(b"a root").digest()


def test_a_tenth_is_drawn_at_least_three_at_most_twenty() -> None:
    assert [sample_size(n) for n in (0, 1, 3, 4, 23, 31, 199, 200, 5000)] == [0, 1, 3, 3, 3, 4, 20, 20, 20]


def test_the_rule_as_it_is_written_down() -> None:
    def digest(row: str) -> str:
        return hashlib.sha256(f"xiaohao-sample/1\n{ROOT.hex()}\n12-19\n{row}\n".encode()).hexdigest()

    assert drawn(ROWS, root=ROOT, claim="12-19") == tuple(sorted(ROWS, key=digest)[:3])


def test_order_and_doubles_change_nothing() -> None:
    shuffled = [*ROWS, *ROWS]
    random.Random(7).shuffle(shuffled)
    assert drawn(shuffled, root=ROOT, claim="12-19") == drawn(ROWS, root=ROOT, claim="12-19")


def test_another_root_or_claim_draws_others() -> None:
    draws = {drawn(ROWS, root=hashlib.sha256(bytes([n])).digest(), claim="12-19") for n in range(40)}
    assert len(draws) > 35
    assert drawn(ROWS, root=ROOT, claim="1-2") != drawn(ROWS, root=ROOT, claim="3-4")


def test_every_row_is_drawn_about_equally_often() -> None:
    counts = dict.fromkeys(ROWS, 0)
    for n in range(2000):
        for row in drawn(ROWS, root=hashlib.sha256(f"{n}".encode()).digest(), claim="c"):
            counts[row] += 1
    expected = 2000 * 3 / len(ROWS)  # 261
    assert all(abs(count - expected) < 0.3 * expected for count in counts.values())
