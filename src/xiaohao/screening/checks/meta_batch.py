"""成批制作: files that claim many different days were created in one sitting, or carry uniform made-up metadata.

Innocent explanations looked for first: scans of papers that were registered in time; one clerk and one template, each file made near its
day; copies saved again while the register entry is contemporaneous; the old papers of a unit taken in when it joined the system.
Source: INSTITUTION.md, fact 10 (rectification on paper); created and modified are what the file itself says, recorded_at is the journal's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File, FileMeta
from xiaohao.dossier.parties import Org
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_instant, parse_when
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "META-BATCH"
STAGE = "application"
NEEDS = ("files.meta", "files.claimed_at", "records.date/recorded_at")

#: Papers that somebody typed; scans and photographs say when they were scanned or shot, not when the paper was written.
_TYPED = frozenset({"document", "sheet", "other"})
#: Fewer files made together are an afternoon's work.
FEWEST_FILES = 4
#: One sitting, or the nights in a row before an inspection.
SITTING = timedelta(hours=72)
#: The days that the files claim must spread over this many days and …
CLAIMED_SPAN_DAYS = 30
#: … over this many times the span in which the files were made.
SPREAD_TIMES = 5
#: A file made, or booked in a register, within so many days of the day it claims is contemporaneous: minutes are typed within a fortnight.
NEAR_DAYS = 14
#: Rows that a unit enters within so many days of joining are its old book carried in.
JOINING_DAYS = 45
#: Uniform metadata is only seen in at least this many files, and in this share of them.
FEWEST_UNIFORM, UNIFORM_SHARE = 5, 0.8


@dataclass(frozen=True, slots=True)
class _Paper:
    """A typed file with the day it claims and what it says of its making."""

    file: File
    claimed: When
    meta: FileMeta
    created: When


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding: the largest batch, else the files with uniform metadata."""
    task = case.task.id
    papers = tuple(_papers(case))
    if not papers:
        yield Skipped(ID, task, say("案卷中没有带制作信息和所称日期的文档"))
        return
    unregistered = tuple(paper for paper in papers if not _explained(case, paper))
    batch = _largest_sitting([paper for paper in unregistered if _made_late(paper)])
    if batch:
        yield _batch_finding(task, batch)
    elif uniform := _uniform(unregistered):
        yield _uniform_finding(task, *uniform)


def _papers(case: Dossier) -> Iterator[_Paper]:
    for file in case.files:
        if file.kind in _TYPED and file.meta and (not file.tasks or case.task.id in file.tasks):
            claimed, created = parse_when(file.claimed_at) or _claimed_elsewhere(case, file), parse_when(file.meta.created)
            if claimed and created:
                yield _Paper(file, claimed, file.meta, created)


def _claimed_elsewhere(case: Dossier, file: File) -> When | None:
    """The day of the row or document that the file belongs to."""
    dates = [record.date for record in _rows_with(case, file)] + [d.date for d in case.documents if d.file == file.id]
    return next((when for date_ in dates if (when := parse_when(date_))), None)


def _rows_with(case: Dossier, file: File) -> tuple[Record, ...]:
    documents = {document.id for document in case.documents if document.file == file.id}
    return tuple(r for r in case.standing_records if file.id in r.files or (r.document is not None and r.document in documents))


def _explained(case: Dossier, paper: _Paper) -> bool:
    """Whether the system, or a register that it keeps, saw the paper near the day it claims, or took it in with a unit's old papers."""
    seen = [paper.file.recorded_at, *(row.recorded_at for row in _rows_with(case, paper.file))]
    seen += [d.recorded_at for d in case.documents if d.file == paper.file.id]
    moments = [parse_instant(moment).date() for moment in seen]
    if any(day <= paper.claimed.last + timedelta(days=NEAR_DAYS) for day in moments):
        return True
    if any(_booked(document, paper) for document in case.documents if document.file == paper.file.id):
        return True
    joined = [parse_instant(org.joined_at).date() for org in _units(case, paper.file) if org.joined_at]
    return any(paper.claimed.last < day <= min(moments) <= day + timedelta(days=JOINING_DAYS) for day in joined)


def _booked(document: Document, paper: _Paper) -> bool:
    receipts = (parse_when(receipt.at) for receipt in document.receipts if receipt.org != document.issuer)
    return any(when and when.first <= paper.claimed.last + timedelta(days=NEAR_DAYS) for when in receipts)


def _units(case: Dossier, file: File) -> Iterator[Org]:
    ids = {case.task.owner, *(row.org for row in _rows_with(case, file))}
    yield from (org for one in sorted(filter(None, ids)) if (org := case.find(Org, one)))


def _made_late(paper: _Paper) -> bool:
    """Made long after the day it claims, by its first saving; a later saving that lies near the day says that it was begun from a template."""
    saved = parse_when(paper.meta.modified)
    near = saved is not None and abs((saved.first - paper.claimed.last).days) <= NEAR_DAYS
    return not near and (paper.created.first - paper.claimed.last).days > NEAR_DAYS


def _largest_sitting(papers: list[_Paper]) -> tuple[_Paper, ...]:
    ordered = sorted(papers, key=lambda paper: (_moment(paper), paper.file.id))
    sittings = (
        tuple(other for other in ordered[at:] if _moment(other) - _moment(first) <= SITTING.total_seconds())
        for at, first in enumerate(ordered)
    )
    found = [sitting for sitting in sittings if len(sitting) >= FEWEST_FILES and _spread(sitting)]
    return max(found, key=len, default=())


def _moment(paper: _Paper) -> float:
    """Seconds since the epoch of the making; noon of a day without a time."""
    moment = paper.created.moment
    return moment.timestamp() if moment else (paper.created.first - date(1970, 1, 1)).total_seconds() + 4 * 3600


def _spread(papers: tuple[_Paper, ...]) -> bool:
    claimed, made = _claimed_span(papers), _made_span(papers)
    return claimed >= max(CLAIMED_SPAN_DAYS, SPREAD_TIMES * made / 86_400)


def _claimed_span(papers: tuple[_Paper, ...]) -> int:
    return (max(p.claimed.first for p in papers) - min(p.claimed.last for p in papers)).days


def _made_span(papers: tuple[_Paper, ...]) -> float:
    moments = [_moment(paper) for paper in papers]
    return max(moments) - min(moments)


def _uniform(papers: tuple[_Paper, ...]) -> tuple[tuple[_Paper, ...], str, str] | None:
    """The files that share what files made on different days cannot share: the second of the day, the full hour, or revision and minutes of editing."""
    traits = {
        "clock": [f"{p.created.moment:%H:%M:%S}" if p.created.moment and _says_an_hour(p) else None for p in papers],
        "hour": ["整点" if p.created.moment and p.created.moment.hour and f"{p.created.moment:%M%S}" == "0000" else None for p in papers],
        "editing": [f"{p.meta.revision}/{p.meta.edit_minutes:g}" if p.meta.revision and p.meta.edit_minutes else None for p in papers],
    }
    for trait, values in traits.items():
        value, count = Counter(value for value in values if value).most_common(1)[0] if any(values) else ("", 0)
        alike = tuple(paper for paper, own in zip(papers, values, strict=True) if own == value)
        days = len({paper.claimed.first for paper in alike})
        if count >= UNIFORM_SHARE * len(papers) and days >= FEWEST_UNIFORM and _claimed_span(alike) >= CLAIMED_SPAN_DAYS:
            return alike, trait, value
    return None


def _says_an_hour(paper: _Paper) -> bool:
    """Midnight usually means that the hour is not known; not where the last saving bears the same midnight to the second."""
    moment = paper.created.moment
    return moment is not None and (
        moment.hour > 0 or ("T00:00:00" in (paper.meta.created or "") and paper.meta.modified == paper.meta.created)
    )


def _pointers(papers: tuple[_Paper, ...]) -> tuple[Where, ...]:
    return tuple(Where(paper.file.id) for paper in sorted(papers, key=lambda paper: paper.file.id))


def _batch_finding(task: str, papers: tuple[_Paper, ...]) -> Finding:
    minutes = round(_made_span(papers) / 60)
    took = say("{count} 分钟", count=minutes) if minutes < 600 else say("{count} 小时", count=round(minutes / 60))
    return Finding(
        ID,
        Severity.WARN,
        task,
        _pointers(papers),
        say(
            "{count} 份文档自称前后相隔 {days} 天，文件均建于 {made} 起的 {took}内，且晚于所称日期，当时未见登记。请提供原始登记或手写记录。",
            count=len(papers),
            days=_claimed_span(papers),
            made=min(papers, key=_moment).meta.created,
            took=took,
        ),
        say("记录应随工作形成，当时入库或登记"),
        {"files": len(papers), "claimed_span_days": _claimed_span(papers), "created_span_minutes": minutes},
    )


def _uniform_finding(task: str, papers: tuple[_Paper, ...], trait: str, value: str) -> Finding:
    alike = say("修订次数和编辑分钟数都是 {value}", value=value) if trait == "editing" else say("建立时刻都是 {value}", value=value)
    return Finding(
        ID,
        Severity.WARN,
        task,
        _pointers(papers),
        say(
            "{count} 份文档自称前后相隔 {days} 天，{alike}，入库都晚于所称日期，当时未见登记。请提供原始登记或手写记录。",
            count=len(papers),
            days=_claimed_span(papers),
            alike=alike,
        ),
        say("记录应随工作形成，当时入库或登记"),
        {"files": len(papers), "claimed_span_days": _claimed_span(papers), "alike": value, "trait": trait},
    )
