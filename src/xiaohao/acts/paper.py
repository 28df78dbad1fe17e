"""Decisions signed on paper: entered by a clerk as exactly that, never as the leader's own click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.records.in_post import not_in_post, signers_of


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Who signed the paper, on which day, and its scan."""

    signed_by: str
    signed_on: str
    scan: File


def entered(record: Record, paper: OnPaper | None) -> tuple[Record, tuple[File, ...]]:
    """The record as it is filed: marked `on_paper`, signed by the person who signed, with the scan beside it."""
    if paper is None:
        return record, ()
    signed = replace(record, on_paper=True, people=(paper.signed_by,), date=paper.signed_on, files=(*record.files, paper.scan.id))
    return signed, (replace(paper.scan, tasks=record.tasks, recorded_at=record.recorded_at),)


def in_post_then(paper: OnPaper) -> Callable[[Dossier, Actor], tuple[Unmet, ...]]:
    """Allowed where whoever signed held a post of the acting person's unit, or stood in, on the day of signing."""

    def allowed(_dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        wrong = not_in_post(signers_of(actor.org), paper.signed_by, paper.signed_on)
        return (wrong,) if wrong else ()

    return allowed
