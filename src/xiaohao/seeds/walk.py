"""Walking a case: the file as it is meant to end up is made again, row by row and step by step, through the same acts that people use.

So a fictional case cannot be in a state that the procedure would have refused, and its journal reads like anybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from xiaohao.acts import closing, notices, plans, pledges, registers, statements, tasks, verdicts
from xiaohao.acts.paper import OnPaper
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.when import parse_instant
from xiaohao.records.to_dossier import content_store

#: Records that a step writes itself, so that they are not entered as rows.
_OF_STEPS = frozenset({"acceptance", "review", "publicity", "closure", "return", "objection", "override"})
#: Rows in one act; an entry of the journal holds no more.
_ROWS_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of the procedure: when, and whose hands."""

    step: str
    at: datetime
    by: Actor


@dataclass(frozen=True, slots=True)
class Walk:
    """A case on its way: `case` is the file as it ends up, `clerk` enters the rows, `rulebook` names the procedure it runs under."""

    case: Dossier
    clerk: Actor
    rulebook: str

    @property
    def task(self) -> str:
        return self.case.task.id

    def key(self, *parts: object) -> str:
        return "|".join(("walk", self.task, *map(str, parts)))


def walk(story: Walk, taken: Sequence[Taken]) -> None:
    """Take the steps in order, entering before each one every row that was seen by then. Raises Refused where the procedure says no."""
    entered: set[str] = set()
    for one in taken:
        if one.step != "open_task":
            enter_rows(story, until=one.at, entered=entered)
        _STEPS[one.step](story, one)


def enter_rows(story: Walk, *, until: datetime, entered: set[str]) -> None:
    """Enter the rows first seen up to `until` that are not in yet, oldest first, each group at its own time."""
    due = [thing for thing in _rows(story.case) if thing.id not in entered and parse_instant(thing.recorded_at) <= until]
    due.sort(key=lambda thing: (parse_instant(thing.recorded_at), thing.id))
    for moment, group in groupby(due, key=lambda thing: parse_instant(thing.recorded_at)):
        things = list(group)
        entered.update(thing.id for thing in things)
        _enter(story, things, moment)


def _rows(case: Dossier) -> Iterable[Record | File | Document]:
    signed = {scan for record in case.records if record.on_paper for scan in record.files}
    yield from (record for record in case.records if record.type not in _OF_STEPS and case.task.id in record.tasks)
    yield from (file for file in case.files if file.id not in signed and case.task.id in file.tasks)
    yield from (paper for paper in case.documents if paper.kind != "notice" and case.task.id in paper.tasks)


def _enter(story: Walk, things: Sequence[Record | File | Document], at: datetime) -> None:
    records = [thing for thing in things if isinstance(thing, Record)]
    files = [_stored(story, thing) for thing in things if isinstance(thing, File)]
    papers = [thing for thing in things if isinstance(thing, Document)]
    series_files = {series.file for series in story.case.series}
    plain = [record for record in records if record.type != "pledge" and record.stage != "confidentiality"]
    kept = [file for file in files if file.id not in series_files]
    for start in range(0, max(len(plain), 1), _ROWS_AT_ONCE):
        part = plain[start : start + _ROWS_AT_ONCE]
        first = start == 0
        if part or (first and (kept or papers)):
            registers.add_records(
                task=story.task,
                by=story.clerk,
                at=at,
                key=story.key("rows", at, start),
                records=part,
                files=kept if first else (),
                documents=papers if first else (),
            )
    for file in files:
        for series in story.case.series:
            if series.file == file.id:
                registers.add_series(task=story.task, by=story.clerk, at=at, key=story.key("series", series.id), series=series, file=file)
    for record in records:
        if record not in plain:
            _sign(story, record, at)


def _sign(story: Walk, record: Record, at: datetime) -> None:
    signer = record.people[0]
    paper = None
    if record.on_paper:
        scan = next(file for file in story.case.files if file.id in record.files)
        paper = OnPaper(signed_by=signer, signed_on=record.date or "", scan=_stored(story, scan))
    typist = record.recorded_by if record.on_paper else signer
    by = Actor(typist or signer, record.org or story.clerk.org, story.clerk.roles)
    key = story.key("sign", record.id)
    text = record.text or record.title or ""
    if record.type == "pledge":
        pledges.sign_pledge(task=story.task, by=by, at=at, key=key, stage=record.stage or "", text=text, paper=paper)
    else:
        pledges.sign_confidentiality(task=story.task, by=by, at=at, key=key, text=text, paper=paper)


def _stored(story: Walk, file: File) -> File:
    sha256, size = content_store().put([story.case.contents[file.path]])
    return replace(file, sha256=sha256, bytes=size)


# Steps --------------------------------------------------------------------------------------------------------------------------------


def _open_task(story: Walk, one: Taken) -> None:
    bare = replace(story.case.task, status=None, done_at=None, closed_at=None, watch_until=None)
    tasks.open_task(by=one.by, at=one.at, key=story.key("open_task"), task=bare, rulebook_name=story.rulebook)


def _file_plan(story: Walk, one: Taken) -> None:
    plan = story.case.plan_in_force(story.task)
    if plan is None:
        raise ValueError(f"{story.task} has no plan to file")
    plans.file_plan(task=story.task, by=one.by, at=one.at, key=story.key("file_plan"), plan=replace(plan, published_at=None))


def _approve_plan(story: Walk, one: Taken) -> None:
    plans.approve_plan(task=story.task, by=one.by, at=one.at, key=story.key("approve_plan"))


def _start(story: Walk, one: Taken) -> None:
    plans.start(task=story.task, by=one.by, at=one.at, key=story.key("start"))


def _apply(story: Walk, one: Taken) -> None:
    said = story.case.last_statement(story.task, "completion")
    if said is None:
        raise ValueError(f"{story.task} has no completion statement")
    statements.apply_for_acceptance(
        task=story.task, by=one.by, at=one.at, key=story.key("apply", one.at), answers=_answers(said), done_on=story.case.task.done_at or ""
    )


def _answers(said: Statement) -> tuple[statements.Answer, ...]:
    """The statement cut up again: its spans, and what stands between them."""
    parts, position = [], 0
    for span in sorted(said.spans, key=lambda span: span.start):
        parts.append(statements.Answer(said.text[position : span.start]))
        parts.append(statements.Answer(said.text[span.start : span.end], span.measures, span.evidence))
        position = max(position, span.end)
    parts.append(statements.Answer(said.text[position:]))
    return tuple(part for part in parts if part.text.strip("\n 。；;"))


def _accept(story: Walk, one: Taken) -> None:
    found = story.case.last_record(story.task, "acceptance")
    if found is None:
        raise ValueError(f"{story.task} has no acceptance")
    verdicts.accept(task=story.task, by=one.by, at=one.at, key=story.key("accept", one.at), acceptance=found)


def _review(story: Walk, one: Taken) -> None:
    found = story.case.last_record(story.task, "review")
    if found is None:
        raise ValueError(f"{story.task} has no review")
    verdicts.review(task=story.task, by=one.by, at=one.at, key=story.key("review", one.at), text=found.text or "", seconds=found.seconds)


def _publish(story: Walk, one: Taken) -> None:
    paper = next((d for d in story.case.documents if d.kind == "notice"), None)
    number = (paper.number if paper else None) or f"青整办公示〔{one.at.year}〕{story.case.task.number}号"
    notices.publish(task=story.task, by=one.by, at=one.at, key=story.key("publish", one.at), number=number, starts_on=one.at.date())


def _close(story: Walk, one: Taken) -> None:
    if watch := story.case.watch_plan_of(story.task):
        closing.plan_watch(task=story.task, by=story.clerk, at=one.at, key=story.key("watch", one.at), watch=watch)
    found = story.case.last_record(story.task, "closure")
    text = (found.text or found.title if found else None) or "公示期满，无未答复的异议，予以销号。"
    closing.close(task=story.task, by=one.by, at=one.at, key=story.key("close", one.at), statement=text)


def _confirm(story: Walk, one: Taken) -> None:
    closing.confirm(task=story.task, by=one.by, at=one.at, key=story.key("confirm"), statement="观察期满，未见反弹。")


_STEPS: Mapping[str, Callable[[Walk, Taken], None]] = {
    "open_task": _open_task,
    "file_plan": _file_plan,
    "approve_plan": _approve_plan,
    "start": _start,
    "apply": _apply,
    "accept": _accept,
    "review": _review,
    "publish": _publish,
    "close": _close,
    "confirm": _confirm,
}
