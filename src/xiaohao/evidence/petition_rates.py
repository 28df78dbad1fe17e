"""Completion rates of petitions, the strict and the loose one always together: 办结率 that counts 阶段性办结 hides what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rates:
    """Petitions by status. Rates are shares of all, None where there are none."""

    total: int
    done: int
    stage_done: int

    @property
    def open(self) -> int:
        return self.total - self.done - self.stage_done

    @property
    def strict(self) -> float | None:
        """Only 已办结 counts."""
        return self.done / self.total if self.total else None

    @property
    def loose(self) -> float | None:
        """阶段性办结 counts as well."""
        return (self.done + self.stage_done) / self.total if self.total else None


def rates_of(statuses: Iterable[str]) -> Rates:
    """The rates of petitions with these statuses (done, stage_done, open)."""
    found = list(statuses)
    return Rates(len(found), found.count("done"), found.count("stage_done"))
