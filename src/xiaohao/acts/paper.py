"""Decisions signed on paper: entered by a clerk as exactly that, never as the leader's own click."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record


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
