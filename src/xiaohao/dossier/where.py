"""A pointer into the case file: the smallest thing that shows what is being said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Where:
    """A thing of the dossier, and where in it: code points `start`..`end` (end excluded) of its text, the days `since`..`until` of a
    series, or `box` = x, y, width, height in a picture."""

    id: str
    start: int | None = None
    end: int | None = None
    since: str | None = None
    until: str | None = None
    box: tuple[int, int, int, int] | None = None

    def as_json(self) -> dict[str, Any]:
        """The pointer as FINDINGS.md writes it (`since`/`until` are its `from`/`to`)."""
        out: dict[str, Any] = {"id": self.id}
        if self.start is not None and self.end is not None:
            out |= {"start": self.start, "end": self.end}
        if self.since is not None and self.until is not None:
            out |= {"from": self.since, "to": self.until}
        if self.box is not None:
            out["box"] = list(self.box)
        return out

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sorting key: by id, then by place in the text or series."""
        return (self.id, self.start or 0, self.end or 0, self.since or "")
