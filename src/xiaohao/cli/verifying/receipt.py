"""Checking the receipt of an objection: that the log signed it, what it committed to, and whether the objection came into the log in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xiaohao.cli.verifying.export import read_journal
from xiaohao.cli.verifying.facts import checkpoint_lines, clock, moment_of
from xiaohao.cli.verifying.files import read_file
from xiaohao.cli.verifying.proof import prove
from xiaohao.cli.verifying.report import Report, Verdict, verdict_of
from xiaohao.journal.attested import Attested
from xiaohao.journal.commitment import check_commitment
from xiaohao.journal.entry import Entry
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.note import LONGEST_NOTE
from xiaohao.journal.policy import Policy
from xiaohao.journal.receipt import COMMITTED_AS, ObjectionReceipt, open_receipt, receipted
from xiaohao.kernel.said import Said, say

#: Bytes of an objection's text that the verifier reads.
_LONGEST_CONTENT = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """What the objector kept besides the receipt: the content as it was committed to, and the salt in hex."""

    content: Path
    salt: str


def verify_receipt(path: Path, policy: Policy, *, within: Path | None = None, kept: Kept | None = None) -> Report:
    """The verdict on a receipt; `within` is the proof of its entry, or an exported journal to look it up in. Raises Invalid, OSError."""
    receipt = open_receipt(read_file(path, LONGEST_NOTE), [known.key for known in policy.logs])
    lines = [
        say("回执 {receipt}，任务 {task}，{at} 收到", receipt=receipt.id, task=receipt.task, at=clock(receipt.at)),
        say("日志 {origin} 答应 {due} 前写入", origin=receipt.origin, due=clock(receipt.due_at)),
        say("异议承诺 {digest}", digest=receipt.commitment),
    ]
    if kept is not None:
        lines.append(_content(receipt, kept))
    if within is None:
        lines.append(say("还没有核对是否已入日志：请用 --in 指定证明文件或导出的日志"))
        return Report(Verdict.UNWITNESSED, tuple(lines))
    attested, said = _in_journal(receipt, within, policy) if within.is_dir() else _in_entry(receipt, within, policy)
    return Report(verdict_of(attested), (*lines, said, *checkpoint_lines(attested)))


def _content(receipt: ObjectionReceipt, kept: Kept) -> Said:
    try:
        salt = bytes.fromhex(kept.salt)
    except ValueError:
        raise Invalid(say("--salt 应是 64 位十六进制数")) from None
    check_commitment(receipt.commitment, name=COMMITTED_AS, salt=salt, content=read_file(kept.content, _LONGEST_CONTENT))
    return say("内容与回执一致")


def _in_entry(receipt: ObjectionReceipt, path: Path, policy: Policy) -> tuple[Attested, Said]:
    proved = prove(path, policy)
    if receipt.commitment not in receipted(proved.entry):
        raise Invalid(say("这条记录里没有这张回执的异议"))
    _check_task(receipt, proved.entry)
    return proved.attested, _in_time(receipt, proved.entry.at)


def _check_task(receipt: ObjectionReceipt, entry: Entry) -> None:
    tasks = {one.task for one in entry.objections if one.digest == receipt.commitment}
    if tasks and receipt.task not in tasks:
        raise Invalid(say("记录写的任务与回执不一致"))


def _in_journal(receipt: ObjectionReceipt, folder: Path, policy: Policy) -> tuple[Attested, Said]:
    journal = read_journal(folder, policy)
    if journal.checkpoint.origin != receipt.origin:
        raise Invalid(say("回执是另一个日志的：{origin}", origin=receipt.origin))
    at = journal.monitor.received.get(receipt.commitment)
    if at is not None:
        return journal.attested, _in_time(receipt, at)
    seen_at = journal.monitor.last_at
    if journal.attested.cosigned:
        seen_at = max(moment_of(journal.attested.cosigned[-1][1]), seen_at or receipt.at)
    if seen_at is not None and seen_at > receipt.due_at:
        raise Invalid(say("过了答应的时间 {due}，异议仍未入日志", due=clock(receipt.due_at)))
    return journal.attested, say("异议还没有入日志，答应的时间 {due} 也还没有到", due=clock(receipt.due_at))


def _in_time(receipt: ObjectionReceipt, at: datetime) -> Said:
    if at > receipt.due_at:
        raise Invalid(say("异议 {at} 才入日志，晚于答应的 {due}", at=clock(at), due=clock(receipt.due_at)))
    return say("异议已按时入日志，{at}", at=clock(at))
