"""Posts and terms of office: a post stays, the persons who hold it come and go, and each of them holds it from one day to another."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.record import Record
from xiaohao.dossier.unknown import Unknown

#: `Record.text` of an appointment to stand in for somebody: the words by which readers of a file know it.
STANDS_IN = "代行职务"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post 岗位 of a unit. `head` is "party" 党 or "government" 政 where its holder is a first responsible person of the unit; `roles` are
    the roles an account needs for its work."""

    id: str
    org: str
    title: str
    head: str | None = None
    roles: tuple[str, ...] = ()
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A person in a post 任职, from `start` to `end` (both counted; no end while it lasts). `acting` is a deputy 代行人 during the holder's leave,
    whose end is set beforehand. `document` is the number of the paper that says so."""

    id: str
    post: str
    person: str
    start: str
    end: str | None = None
    acting: bool | None = None
    reason: str | None = None
    document: str | None = None
    recorded_at: str
    recorded_by: str | None = None
    unknown: Unknown = ()


def as_record(post: Post, term: Term) -> Record:
    """The term as a case file knows it: a row 任免 of no task in particular."""
    return Record(
        id=f"{term.id}-record",
        type="personnel",
        text=STANDS_IN if term.acting else None,
        org=post.org,
        person=term.person,
        post=post.title,
        change=None if term.acting else "transferred",
        date=term.start,
        start=term.start,
        end=term.end,
        reason=term.reason,
        recorded_at=term.recorded_at,
        recorded_by=term.recorded_by,
    )
