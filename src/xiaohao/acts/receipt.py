"""What an act gives back: proof that it was done, by its place in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """`entry` is the journal index (None until an objection's batch is in), `result` what the act made (ids, a receipt code)."""

    act: str
    task: str
    entry: int | None
    at: datetime
    result: Mapping[str, Any] = field(default_factory=dict)


class Overtaken(Exception):  # noqa: N818 - an answer for the person who was second
    """Somebody else acted on the task since the page was opened; `by_entry` is their newest entry."""

    def __init__(self, by_entry: int | None) -> None:
        super().__init__(f"the task has moved on with entry {by_entry}")
        self.by_entry = by_entry
