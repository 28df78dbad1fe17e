"""Numbers of handed-over petitions: D3SX202505280018 is by phone, third round, SX, 28 May 2025, number 18; `*` marks a key one.

The grammar is the practice of published lists (INSTITUTION.md, "Words in real documents"); anything else is a plain 受理编号 and stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from xiaohao.evidence.folding import fold

_NUMBER = re.compile(
    r"(?P<key>\*)?(?P<channel>[DX])(?P<round>\d)(?P<province>[A-Z]{2})(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<serial>\d{4})(?P<after>\*)?"
)


@dataclass(frozen=True, slots=True)
class PetitionNumber:
    """`channel` is phone or letter; `day` the day on which it was handed over; `key` whether it is marked as a key petition."""

    channel: str
    round: int
    province: str
    day: date
    serial: int
    key: bool


def read_petition_number(text: str) -> PetitionNumber | None:
    """The parts of a number in that grammar, None for a plain one or for a day that does not exist."""
    found = _NUMBER.fullmatch(re.sub(r"\s", "", fold(text).text).upper())
    if not found:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    channel = "phone" if found["channel"] == "D" else "letter"
    return PetitionNumber(channel, int(found["round"]), found["province"], day, int(found["serial"]), bool(found["key"] or found["after"]))


def bare_number(text: str) -> str:
    """The number as it is compared: without spaces and stars, in capitals."""
    return re.sub(r"[\s*]", "", fold(text).text).upper()
