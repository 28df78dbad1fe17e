"""What the offices do beside the cases: posts, calls for progress, orders, supervision, petitions, ledgers, a superior's instruction, links between rounds, visit days, countersigning — all by acts, as people would."""

from __future__ import annotations

from collections.abc import Iterator

from xiaohao.seeds.office import batches, calls, countersigns, ledgers, orders, petitions, rounds, supervision
from xiaohao.seeds.walk import Event


def events() -> Iterator[Event]:
    """Everything that the offices did before the demonstration begins, each at its moment."""
    yield from petitions.events()
    yield from calls.events()
    yield from orders.events()
    yield from supervision.events()
    yield from ledgers.events()
    yield from batches.events()
    yield from rounds.events()
    yield from countersigns.events()
