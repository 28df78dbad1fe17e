"""Tasks are drawn by their weight, without replacement, by whole numbers that any program computes alike."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from xiaohao.evidence.risk_draw import drawn_by_weight

ROOT = hashlib.sha256(b"a root").digest()
WEIGHTS = {f"qh2025a-{number}": 1 + number % 4 for number in range(1, 12)}


def test_the_rule_as_it_is_written_down() -> None:
    left, expected = sorted(WEIGHTS.items()), []
    for turn in range(1, 4):
        digest = hashlib.sha256(f"xiaohao-risk-draw/1\n{ROOT.hex()}\ndraw-1\n{turn}\n".encode()).hexdigest()
        point, below = int(digest, 16) % sum(weight for _, weight in left), 0
        for address, weight in left:
            below += weight
            if point < below:
                expected.append(address)
                left.remove((address, weight))
                break
    assert list(drawn_by_weight(WEIGHTS, root=ROOT, draw="draw-1", count=3)) == expected


def test_nobody_is_drawn_twice_and_all_of_them_at_most() -> None:
    drawn = drawn_by_weight(WEIGHTS, root=ROOT, draw="draw-1", count=50)
    assert sorted(drawn) == sorted(WEIGHTS)


def test_order_changes_nothing_and_root_and_draw_do() -> None:
    turned = dict(reversed(WEIGHTS.items()))
    first = drawn_by_weight(WEIGHTS, root=ROOT, draw="draw-1", count=6)
    assert drawn_by_weight(turned, root=ROOT, draw="draw-1", count=6) == first
    assert drawn_by_weight(WEIGHTS, root=ROOT, draw="draw-2", count=6) != first
    assert drawn_by_weight(WEIGHTS, root=hashlib.sha256(b"another").digest(), draw="draw-1", count=6) != first


def test_ten_times_the_weight_is_drawn_about_ten_times_as_often() -> None:
    """4,000 draws of one of two: 10 : 1 within five standard deviations (expected 3636, deviation 18)."""
    weights = {"heavy": 10, "light": 1}
    roots = (hashlib.sha256(str(turn).encode()).digest() for turn in range(4000))
    heavy = Counter(drawn_by_weight(weights, root=root, draw="d", count=1)[0] for root in roots)["heavy"]
    assert abs(heavy - 3636) < 5 * 18.2


def test_a_weight_below_one_is_no_weight() -> None:
    with pytest.raises(ValueError, match="from 1 on"):
        drawn_by_weight({"a": 0, "b": 1}, root=ROOT, draw="d", count=1)
