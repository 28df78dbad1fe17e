"""The register of document numbers as a page: each series with its serials, gaps and doubles, and who has booked each paper in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from xiaohao.dossier.file import SCAN_OF
from xiaohao.kernel.roles import Actor
from xiaohao.records.models import Document, File, Org
from xiaohao.records.worklist import visible_to
from xiaohao.screening.number_series import Numbered, NumberSeries

#: Gaps told one by one; of more the number is told.
_MOST_GAPS = 30


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One document. `booked` and `recipients` count units; `href` leads to its file where there is one that may be read."""

    number: str
    title: str
    date: str
    recorded: str
    booked: int
    recipients: int
    doubled: bool
    out_of_order: bool
    href: str
    scans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesBlock:
    """One issuer's words of one year. `gaps` as people write them: 3、5–7."""

    issuer: str
    words: str
    year: int
    lines: tuple[PaperLine, ...]
    gaps: str
    gap_count: int


def series_of(actor: Actor, series: Iterable[NumberSeries]) -> tuple[SeriesBlock, ...]:
    """Every series with the names of its issuer."""
    found = tuple(series)
    names = dict(Org.objects.filter(pk__in={one.issuer for one in found}).values_list("pk", "name"))
    scans = _scans({paper.document.id for one in found for paper in one.papers})
    tasks = dict(visible_to(actor).order_by().values_list("pk", "address"))
    return tuple(
        SeriesBlock(
            names.get(one.issuer, one.issuer),
            one.words,
            one.year,
            tuple(_line(p, tasks, scans) for p in one.papers),
            runs(one.gaps),
            len(one.gaps),
        )
        for one in found
    )


def _line(numbered: Numbered, tasks: dict[str, str], scans: dict[str, list[str]]) -> PaperLine:
    paper = numbered.document
    no = next((tasks[task] for task in paper.tasks if task in tasks), "")
    return PaperLine(
        number=paper.number or "",
        title=paper.title,
        date=paper.date,
        recorded=paper.recorded_at[:16].replace("T", " "),
        booked=len({receipt.org for receipt in paper.receipts}),
        recipients=len(paper.recipients),
        doubled=numbered.doubled,
        out_of_order=numbered.out_of_order,
        href=reverse("desk_file", args=[no, paper.file]) if paper.file and no else "",
        scans=tuple(reverse("desk_file", args=[no, one]) for one in scans.get(paper.id, ())) if no else (),
    )


def _scans(papers: set[str]) -> dict[str, list[str]]:
    """Document → the files that are its stamped scan."""
    held: dict[str, list[str]] = {}
    for file in File.objects.filter(kind="scan", more__has_key=SCAN_OF).order_by("recorded_at", "pk"):
        if file.more[SCAN_OF] in papers:
            held.setdefault(file.more[SCAN_OF], []).append(file.pk)
    return held


def runs(serials: tuple[int, ...]) -> str:
    """3、5–7、12 for 3, 5, 6, 7, 12; the rest behind an ellipsis."""
    found: list[list[int]] = []
    for serial in serials:
        if found and serial == found[-1][-1] + 1:
            found[-1].append(serial)
        else:
            found.append([serial])
    told = "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found[:_MOST_GAPS])
    return told + ("……" if len(found) > _MOST_GAPS else "")


def waiting_of(actor: Actor, papers: Iterable[Document]) -> tuple[tuple[Document, str], ...]:
    """Papers that wait to be booked in, each with the address that does it ("" where this person may read none of its tasks)."""
    readable = visible_to(actor).order_by()
    found = []
    for paper in papers:
        task = readable.filter(documents=paper).first()
        found.append((paper, reverse("desk_book_in", args=[task.address, paper.pk]) if task else ""))
    return tuple(found)
