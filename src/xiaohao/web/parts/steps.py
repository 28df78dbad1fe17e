"""The stepper: the stages of a task's own route, where it stands, and what is behind and ahead of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a stage stands; the value is its CSS class."""

    DONE = "done"
    AT = "at"
    STOPPED = "at stop"  # here, and refused or suspended
    AHEAD = "ahead"
    WATCH = "tail"  # the watch after closing, not yet begun


@dataclass(frozen=True, slots=True)
class StepMark:
    """One stage: its `number` in the route, `name`, and a `note` under it (a date, a unit, what is lacking)."""

    number: int
    name: str
    standing: Standing
    note: str = ""

    @property
    def is_current(self) -> bool:
        return self.standing in (Standing.AT, Standing.STOPPED)

    @property
    def is_done(self) -> bool:
        return self.standing is Standing.DONE
