"""Checking a `.tlog-proof`: that the entry is in the log, that the log signed, who witnessed it, and what the entry says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xiaohao.cli.verifying.facts import checkpoint_lines, entry_lines, moment_of, window_line
from xiaohao.cli.verifying.files import read_file
from xiaohao.cli.verifying.report import Report, verdict_of
from xiaohao.journal.attested import Attested, attest
from xiaohao.journal.batch import check_row, parse_row_proof
from xiaohao.journal.entry import Entry, Window
from xiaohao.journal.entry_format import LONGEST_ENTRY, parse_entry
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.monitor import check_seen
from xiaohao.journal.policy import Policy
from xiaohao.journal.proof import check_inclusion
from xiaohao.journal.replay import CLOSED, PUBLISHED, days_stood, window_stood
from xiaohao.journal.tlog_proof import LONGEST_PROOF_FILE, read_proof
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown, official_calendar


@dataclass(frozen=True, slots=True)
class Proved:
    """An entry that is in the log, and the checkpoint that says so."""

    entry: Entry
    index: int
    attested: Attested

    @property
    def known_by(self) -> datetime:
        """By when the entry surely existed: the witnesses' time where there are enough, else only the entry's own."""
        seconds = self.attested.witnessed_at
        return self.entry.at if seconds is None else moment_of(seconds)


def prove(path: Path, policy: Policy, entry_path: Path | None = None) -> Proved:
    """Check the proof at `path` for the entry in `entry_path`, or in its own extra line. Raises Invalid, OSError."""
    proof = read_proof(read_file(path, LONGEST_PROOF_FILE))
    data = read_file(entry_path, LONGEST_ENTRY) if entry_path else proof.extra
    if data is None:
        raise Invalid(say("证明文件里没有记录本身：请用 --entry 指定"))
    attested = attest(proof.note, policy)
    checkpoint = attested.checkpoint
    check_inclusion(leaf=leaf_hash(data), index=proof.index, size=checkpoint.size, path=proof.path, root=checkpoint.root)
    entry = parse_entry(data)
    if attested.witnessed_at is not None:
        check_seen(entry, moment_of(attested.witnessed_at))
    return Proved(entry, proof.index, attested)


def verify_proof(
    path: Path, policy: Policy, *, entry_path: Path | None = None, opened_path: Path | None = None, row_path: Path | None = None
) -> Report:
    """The verdict on a proof; with the proof that its notice was opened, also whether the notice stood long enough; with the proof of a row,
    also whether the entry's batch holds it. Raises Invalid, OSError."""
    proved = prove(path, policy, entry_path)
    place = say("第 {index} 条记录在日志里，内容没有变过", index=proved.index)
    lines = [place, *entry_lines(proved.entry), *checkpoint_lines(proved.attested)]
    if row_path is not None:
        lines.append(_row_line(row_path, proved.entry))
    if opened_path is None:
        return Report(verdict_of(proved.attested), tuple(lines))
    opened = prove(opened_path, policy)
    lines += _stood(opened, proved)
    return Report(verdict_of(proved.attested, opened.attested), tuple(lines))


#: Bytes of a row's proof: content of up to a megabyte in base64 and at most 63 hashes.
_LONGEST_ROW = 2 * 1024 * 1024


def _row_line(path: Path, entry: Entry) -> Said:
    row = parse_row_proof(read_file(path, _LONGEST_ROW))
    check_row(row, entry.commitments)
    return say("这一行（{name}）在这条记录的批次里：第 {index} 行，共 {size} 行", name=row.name, index=row.index + 1, size=row.size)


def _stood(opened: Proved, closed: Proved) -> list[Said]:
    window = _window(opened, closed)
    # The opening counts from when it was surely known, the closing from the earlier of its own word and the witnesses': neither can be stretched.
    opened_on, closed_on = _day(opened.known_by), _day(min(closed.entry.at, closed.known_by))
    for wrong in window_stood(window, opened_on, closed_on, official_calendar()):
        raise Invalid(wrong)
    return [window_line(window), _days_line(window, opened_on, closed_on)]


def _window(opened: Proved, closed: Proved) -> Window:
    if opened.attested.checkpoint.origin != closed.attested.checkpoint.origin:
        raise Invalid(say("两份证明不是同一个日志的"))
    if opened.entry.state != PUBLISHED or opened.entry.notice is None:
        raise Invalid(say("--opened 的记录不是发布公示"))
    if closed.entry.state != CLOSED:
        raise Invalid(say("这条记录不是销号，不能核对公示期"))
    if opened.entry.task != closed.entry.task:
        raise Invalid(say("两份证明不是同一项任务的：{opened}，{closed}", opened=opened.entry.task, closed=closed.entry.task))
    if opened.index >= closed.index:
        raise Invalid(say("公示的记录在销号的记录之后"))
    return opened.entry.notice


def _days_line(window: Window, opened_on: date, closed_on: date) -> Said:
    try:
        stood = days_stood(window, opened_on, closed_on, official_calendar())
    except CalendarUnknown as unknown:
        return say("{year} 年工作日待公布，公示天数无法计算", year=unknown.year)
    if window.counted == "workday":
        return say("公示满 {stood} 个工作日", stood=stood)
    return say("公示满 {stood} 天", stood=stood)


def _day(moment: datetime) -> date:
    return moment.astimezone(CST).date()
