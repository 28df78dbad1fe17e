"""Claims: what a text says that rows somewhere must back, with the register that would settle each.

"召开会议23次" is settled by the minutes of 23 meetings; "多次约谈" claims a number and gives none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim at code points `start`..`end` of the text it was found in.

    `kind` is the kind of act or amount (meeting, approval_meeting, study, interview, enforcement, site_visit, closure, amount, rhythm …),
    `value` the counted number or None where the text gives none ("多次"), `unit` as written, `record_types` the register rows
    (Record.type of the dossier) that count towards it, `settled_by` the same in words for a person,
    `schedule` the claimed rhythm in the spelling of Record.schedule ("weekly:mon,thu") for a recurring session.
    """

    text: str
    kind: str
    value: float | None
    unit: str | None
    settled_by: str
    start: int
    end: int
    record_types: tuple[str, ...] = ()
    schedule: str | None = None
    qualifier: str | None = None


def claims_in(text: str) -> tuple[Claim, ...]:
    """Every claim of `text`, in order of appearance."""
    raise NotImplementedError
