"""What a monitor checks on every run (docs/journal.md, "Monitors"): that the log only grew, that its entries are well formed and in order,
that the public rules hold, that receipts were honoured, and that it is not silent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.journal.encoding import to_base64
from xiaohao.journal.entry import Entry, EntryType
from xiaohao.journal.entry_format import parse_entry
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import check_consistency
from xiaohao.journal.receipt import ObjectionReceipt, receipted
from xiaohao.journal.replay import PUBLIC_RULES, PublicReplay, Rule
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.workdays import WorkCalendar

#: How far an entry's time may lie before that of the entry above it: two processes of one machine, rounded to seconds.
_BACKWARD = timedelta(seconds=2)
#: How far an entry's time may lie after the time at which a witness saw it: the clock error at which notices are refused.
_AHEAD = timedelta(minutes=5)
#: A log publishes its checkpoint at least daily, so that silence is seen.
FRESH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must look at; `index` is the entry, None for the log as a whole."""

    said: Said
    index: int | None = None


class EntryMonitor:
    """Takes the entries of a log in their order, from 0, and says what is wrong with each."""

    def __init__(self, origin: str, calendar: WorkCalendar, rules: tuple[Rule, ...] = PUBLIC_RULES) -> None:
        self._origin = origin
        self._replay = PublicReplay(calendar, rules)
        self.last_at: datetime | None = None
        self._ids: set[str] = set()
        #: commitment that a receipt promised -> time of the entry that holds it
        self.received: dict[str, datetime] = {}

    def take(self, index: int, data: bytes) -> tuple[Alarm, ...]:
        """The alarms of entry `index`. An entry that cannot be read is one alarm and is passed over."""
        try:
            entry = parse_entry(data)
        except Invalid as wrong:
            return (Alarm(wrong.said, index),)
        said = [*self._in_order(index, entry), *self._replay.take(entry)]
        for digest in receipted(entry):
            self.received.setdefault(digest, entry.at)
        return tuple(Alarm(one, index) for one in said)

    def _in_order(self, index: int, entry: Entry) -> Iterable[Said]:
        if self.last_at and entry.at < self.last_at - _BACKWARD:
            yield say("时间早于上一条记录")
        self.last_at = max(entry.at, self.last_at or entry.at)
        if entry.id in self._ids:
            yield say("编号与前面的记录相同：{id}", id=entry.id)
        self._ids.add(entry.id)
        if (entry.type is EntryType.INCEPTION) != (index == 0):
            yield say("日志的第 0 条应是开始记录，也只有它是")
        if entry.type is EntryType.INCEPTION and entry.origin != self._origin:
            yield say("开始记录写的是另一个日志：{origin}", origin=entry.origin)


def check_growth(before: Checkpoint, after: Checkpoint, proof: Sequence[bytes]) -> None:
    """Passes when `after` is the same log as `before` with nothing but more entries. Raises Invalid.
    The same check compares the log's view with a witness's, or with a checkpoint printed on a notice."""
    if before.origin != after.origin:
        raise Invalid(say("两个检查点不是同一个日志：{before}，{after}", before=before.origin, after=after.origin))
    check_consistency(old=before.size, old_root=before.root, new=after.size, new_root=after.root, path=proof)


def check_seen(entry: Entry, witnessed_at: datetime) -> None:
    """Passes when the entry's own time is not after the time at which a witness saw it, give or take a clock. Raises Invalid."""
    if entry.at > witnessed_at + _AHEAD:
        raise Invalid(say("记录写的时间晚于见证时间"))


def overdue(receipts: Iterable[ObjectionReceipt], received: Mapping[str, datetime], seen_at: datetime) -> tuple[Alarm, ...]:
    """Receipts that were due by `seen_at` and are not in the log, or came too late. `received` is EntryMonitor.received."""
    late = (one for one in receipts if one.due_at < received.get(one.commitment, seen_at))
    return tuple(Alarm(say("回执 {receipt} 答应 {due} 前入日志，未见", receipt=one.id, due=one.due_at)) for one in late)


def stale(published_at: datetime, now: datetime) -> tuple[Alarm, ...]:
    """An alarm when the last checkpoint was published more than a day ago."""
    if now - published_at <= FRESH:
        return ()
    return (Alarm(say("检查点自 {since} 起没有更新", since=published_at)),)


def conflict_bundle(ours: bytes, theirs: bytes, said: Said) -> bytes:
    """Two signed notes that contradict each other, in one file that proves it to anybody: JSON with both notes in base64."""
    parts = {"format": "xiaohao/conflict/1", "notes": [to_base64(ours), to_base64(theirs)], "said": str(said)}
    return json.dumps(parts, ensure_ascii=False, indent=1).encode() + b"\n"
