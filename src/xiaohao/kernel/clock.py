"""Where "now" comes from. Pure rooms never ask: the caller passes `at`; only the outermost rooms hold a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time as an aware datetime in China Standard Time."""

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class FrozenClock:
    """A clock that stands still at `moment`: the demonstration and the tests live in it."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment
