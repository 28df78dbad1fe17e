"""The shares of a task that was given to many, one line each, and the line back to the whole: the same on the desk and for the public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.states import is_past, state_of
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import shares_of, wholes_of


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One unit's share. `lacking` is how many conditions its next step lacks, None where that is nobody's business here; `sent_back` the day
    on which it was last returned and has not gone on since."""

    href: str
    number: str
    unit: str
    words: str
    state: str
    due: str
    sent_back: str = ""
    lacking: int | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """All shares of a whole; `waiting` of them are not closed."""

    lines: tuple[ShareLine, ...]
    waiting: int

    @property
    def words(self) -> Said:
        if not self.waiting:
            return say("{count} 个部分都已销号", count=len(self.lines))
        return say("{count} 个部分，{waiting} 个没有销号；全部销号后，整项才能销号", count=len(self.lines), waiting=self.waiting)


def shares_in(
    dossier: Dossier, row: Task, address: Callable[[Task], str], *, lacking: Callable[[Task], int | None] | None = None
) -> Shares | None:
    """The shares of a task, None where it was not given to many. `address` says where each one's page is, "" where the reader may not go."""
    rows = tuple(shares_of(row))
    if not rows:
        return None
    lines = tuple(_line(dossier, share, address(share), lacking(share) if lacking else None) for share in rows)
    things = [share.thing() for share in rows]
    waiting = sum(not is_past(state_of(one), "close", rulebook_of(share).route) for one, share in zip(things, rows, strict=True))
    return Shares(lines, waiting)


def whole_of(row: Task) -> Task | None:
    """The task that this one is a share of."""
    return wholes_of(row).first()


def _line(dossier: Dossier, share: Task, href: str, lacking: int | None) -> ShareLine:
    words = "" if share.problem == dossier.task.problem else share.problem
    return ShareLine(href, str(share.number), share.owner.name, words, share.status, share.due, sent_back(dossier, share), lacking)


def sent_back(dossier: Dossier, task: Task) -> str:
    """The day on which the task was returned, "" once it has gone on (or was never returned)."""
    if task.status not in ("in_progress", "reopened", "planned"):
        return ""
    came = dossier.last_record(task.pk, "return")
    if came is None:
        return ""
    went_on = (*dossier.records_of(task.pk, "pledge"), *dossier.plans_of(task.pk))
    return "" if any(one.recorded_at > came.recorded_at for one in went_on) else came.recorded_at[:10]
