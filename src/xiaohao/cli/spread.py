"""Much work over the cores of this machine, in the order in which it was given: for commands, which have one thread and nothing open that a copy of
the process could harm."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

Given, Made = TypeVar("Given"), TypeVar("Made")

#: Pieces of work below which a second process costs more than it saves.
FEW = 200
#: Processes: the cores of a small office machine.
MOST = 2

_work: Callable[[Any], Any] | None = None


def spread(work: Callable[[Given], Made], given: Sequence[Given]) -> Iterable[Made]:
    """`map(work, given)`, over two processes where there is much of it. What `work` knows is there in each: they are copies of this one."""
    global _work
    if len(given) < FEW or (os.cpu_count() or 1) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return map(work, given)
    _work = work
    with multiprocessing.get_context("fork").Pool(MOST) as pool:
        return pool.map(_do, given, chunksize=32)


def _do(one: Any) -> Any:
    assert _work is not None
    return _work(one)
