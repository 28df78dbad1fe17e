"""Who stood where when, as the rows 任免 of a file say: who stood in for a head, who held the post before, who served in a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiaohao.dossier.dossier import Dossier
from xiaohao.dossier.posts import STANDS_IN
from xiaohao.dossier.record import Record
from xiaohao.kernel.when import When, parse_when


@dataclass(frozen=True, slots=True)
class Held:
    """A person who answered for a post, from a day (None: not recorded) to a day (None: still)."""

    person: str
    since: When | None
    until: When | None

    def covers(self, when: When | None) -> bool:
        """Whether something of that date may have been done by this person in the post; an unreadable date is given the benefit."""
        if when is None:
            return True
        return not (self.since and when.surely_before(self.since)) and not (self.until and self.until.surely_before(when))


def instead_of(dossier: Dossier, head: str) -> tuple[Held, ...]:
    """Those who answered for a post of `head` in the head's place: deputies by recorded appointment, and whoever held it before or after."""
    changes = [record for record in dossier.standing_records if record.type == "personnel" and record.person and record.post]
    posts = {(record.org, record.post) for record in changes if record.person == head and record.text != STANDS_IN}
    return tuple(
        Held(record.person, parse_when(record.date), parse_when(record.end))
        for record in changes
        if record.person and record.person != head and (record.org, record.post) in posts
    )


def served_in(dossier: Dossier, units: tuple[str, ...]) -> frozenset[str]:
    """Ids of everybody who held a post in one of these units at any time since the problem was found."""
    found = parse_when(_found_on(dossier))
    return frozenset(r.person for r in _terms_in(dossier, units) if r.person and not _ended_before(r, found))


def _terms_in(dossier: Dossier, units: tuple[str, ...]) -> Iterator[Record]:
    return (record for record in dossier.standing_records if record.type == "personnel" and record.org in units)


def _ended_before(record: Record, day: When | None) -> bool:
    ended = parse_when(record.end)
    return bool(ended and day and ended.surely_before(day))


def _found_on(dossier: Dossier) -> str | None:
    """The first day of the inspection that the task came of, or the day it was told of the problem."""
    listing = next((one for one in dossier.lists if one.id == dossier.task.list), None)
    inspection = next((one for one in dossier.inspections if listing and one.id == listing.inspection), None)
    return (inspection.start or inspection.feedback_date) if inspection else None
