"""The time of this installation: the system's clock, or in the demonstration a clock that stands still until somebody moves it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from xiaohao.kernel.clock import Clock
from xiaohao.kernel.when import CST, parse_instant
from xiaohao.records.calendar import office_calendar

#: Where the demonstration begins: a Tuesday in the middle of its one open publicity window.
DEMO_BEGINS = datetime(2026, 3, 3, 9, 0, tzinfo=CST)
#: When an office opens; the demonstration's clock jumps to it.
OFFICE_OPENS = time(9, 0)


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine, in China Standard Time."""

    def now(self) -> datetime:
        return datetime.now(CST)


@dataclass(frozen=True, slots=True)
class DemoClock:
    """A clock kept in a file, so that the server, the worker and the next start agree."""

    file: Path

    def now(self) -> datetime:
        try:
            return parse_instant(self.file.read_text("ascii").strip())
        except FileNotFoundError:
            return DEMO_BEGINS

    def move_to(self, moment: datetime) -> None:
        """Set the clock. Raises ValueError for a moment before the present one: a journal knows no way back."""
        if moment < self.now():
            raise ValueError(f"the demonstration's clock goes forward only: {moment.isoformat()}")
        incoming = self.file.with_suffix(".incoming")
        incoming.write_text(moment.astimezone(CST).isoformat(timespec="seconds"), "ascii")
        os.replace(incoming, self.file)

    def move_to_next_workday(self) -> datetime:
        """Open the office on the next working day; returns that moment. Raises CalendarUnknown past the announced years."""
        day = self.now().date() + timedelta(days=1)
        while not office_calendar().is_workday(day):
            day += timedelta(days=1)
        moment = datetime.combine(day, OFFICE_OPENS, CST)
        self.move_to(moment)
        return moment


def demo_clock() -> DemoClock:
    return DemoClock(Path(settings.HOME) / "demo-clock")


def clock() -> Clock:
    """The clock of this installation."""
    return demo_clock() if settings.DEMO else SystemClock()


def machine_now() -> datetime:
    """The machine's own time, for what must pass even while a demonstration's clock stands still: sessions, one-time codes, locks."""
    return SystemClock().now()


def now() -> datetime:
    """The present moment, with offset."""
    return clock().now()
