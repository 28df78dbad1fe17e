"""Much work goes over two processes and comes back in its order; what is found is the same."""

from __future__ import annotations

import os

from xiaohao.cli.spread import FEW, spread


def test_the_order_is_kept_and_what_the_work_knows_is_there() -> None:
    known = {number: number * number for number in range(FEW + 50)}
    assert list(spread(known.get, range(FEW + 50))) == [number * number for number in range(FEW + 50)]


def test_little_work_stays_in_this_process() -> None:
    assert set(spread(lambda _: os.getpid(), range(FEW - 1))) == {os.getpid()}
