"""What P6 finds out about a number, a code or a file: a verdict in words, the checks behind it, and what a doubter can compute alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from xiaohao.acts.objections import find_by_code
from xiaohao.journal.attested import attest
from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.journal.entry import Entry
from xiaohao.journal.entry_format import parse_entry
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import parse_vkey
from xiaohao.journal.proof import check_inclusion
from xiaohao.journal.receipt import HEADER as RECEIPT_HEADER
from xiaohao.journal.receipt import ObjectionReceipt, open_receipt
from xiaohao.journal.tlog_proof import HEADER as PROOF_HEADER
from xiaohao.journal.tlog_proof import read_proof
from xiaohao.kernel.said import Said, say
from xiaohao.publicity.receipt_code import parse_code
from xiaohao.records import queries
from xiaohao.records.models import Objection
from xiaohao.records.proving import NotYetPublished, proof_of
from xiaohao.web.parts.acts import act_words
from xiaohao.web.parts.link import Pair
from xiaohao.web.parts.words import moment_in_words
from xiaohao.web.portal.log import Log, vkey

#: Digits of an entry number; a receipt code is longer.
_LONGEST_NUMBER = 12


@dataclass(frozen=True, slots=True)
class Check:
    """One of the things that were looked at: `state` a key of LOOKS, `words` what it is, `said` what was found."""

    state: str
    words: str
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` is genuine, waiting, differs or unknown; `said` is the verdict in one sentence; `what` says what the thing is."""

    state: str
    said: str
    what: str = ""
    checks: tuple[Check, ...] = ()
    technical: tuple[Pair, ...] = ()
    index: int | None = None
    links: tuple[Pair, ...] = ()
    content: str = ""


def verify_words(typed: str, log: Log, at: datetime) -> Verdict:
    """The verdict on an entry number, a receipt code, or the number of a notice."""
    plain = typed.strip().lstrip("#").replace(",", "").replace("，", "")
    if plain.isdecimal() and len(plain) <= _LONGEST_NUMBER:
        return verify_entry(int(plain), log)
    if parse_code(typed):
        row = find_by_code(typed)
        return verify_objection(row, log, at) if row else _unknown()
    if record := queries.notice_by_number(plain.lower()):
        found = queries.entry_of_notice(record)
        return verify_entry(found.index, log) if found else _unknown()
    return _unknown()


def verify_entry(index: int, log: Log) -> Verdict:
    """The verdict on the entry of that index."""
    row = queries.entry_at(index)
    if row is None:
        return _unknown()
    content = bytes(row.content)
    try:
        proof = read_proof(proof_of(log.tiles, index))
    except NotYetPublished:
        return _waiting(index, content, log)
    except (Invalid, KeyError):
        return _broken(index, content, log)
    if proof.extra != content:
        return Verdict("differs", say("数据库里的记录和公开日志不一致，请以公开日志为准，并告诉我们。"), _what(content), index=index)
    return _judged(index, content, log, len(proof.path))


def verify_objection(row: Objection, log: Log, at: datetime) -> Verdict:
    """The verdict on a receipt: whether its promise has been kept."""
    key = vkey()
    receipt = open_receipt(row.receipt.encode(), [parse_vkey(key)]) if key else None
    return _receipt_verdict(receipt, row, log, at) if receipt else _unknown()


def verify_file(content: bytes, log: Log, at: datetime) -> Verdict:
    """The verdict on an uploaded proof or receipt."""
    head = content[: len(PROOF_HEADER) + 1].split(b"\n")[0].decode("ascii", "replace")
    if head == PROOF_HEADER:
        return _proof_verdict(content, log)
    if content.startswith(RECEIPT_HEADER.encode()):
        return _receipt_file_verdict(content, log, at)
    return Verdict("unknown", say("这不是本站的证明文件或回执文件。证明文件以 .tlog-proof 结尾，回执是一份 .txt。"))


def _proof_verdict(content: bytes, log: Log) -> Verdict:
    try:
        proof = read_proof(content)
        if log.policy is None or proof.extra is None:
            return _unknown()
        attested = attest(proof.note, log.policy)
        checkpoint = attested.checkpoint
        check_inclusion(leaf=leaf_hash(proof.extra), index=proof.index, size=checkpoint.size, path=proof.path, root=checkpoint.root)
    except Invalid as wrong:
        return Verdict("differs", say("证明不成立：{why}", why=_why(wrong)))
    row = queries.entry_at(proof.index)
    if row is None or bytes(row.content) != proof.extra:
        return Verdict(
            "differs",
            say("证明本身成立，但和本站现在的日志不一致。请保存这份证明，它说明日志被换过；请告诉上级。"),
            _what(proof.extra),
            index=proof.index,
        )
    return _judged(proof.index, proof.extra, log, len(proof.path))


def _receipt_file_verdict(content: bytes, log: Log, at: datetime) -> Verdict:
    key = vkey()
    try:
        receipt = open_receipt(content, [parse_vkey(key)] if key else [])
    except Invalid as wrong:
        return Verdict("differs", say("回执不是本站签的，或者改过：{why}", why=_why(wrong)))
    row = Objection.objects.filter(pk=receipt.id).defer("contact").first()
    return _receipt_verdict(receipt, row, log, at)


def _receipt_verdict(receipt: ObjectionReceipt, row: Objection | None, log: Log, at: datetime) -> Verdict:
    what = say("{moment} 收到的异议", moment=moment_in_words(receipt.at))
    signed = Check("genuine", say("是本站签的"), say("签名和日志公钥对得上，内容没有改过。"))
    index = row.entry if row and row.commitment == receipt.commitment else None
    if index is None and at > receipt.due_at:
        late = say("回执答应 {hours} 小时内写入日志，已经超过。请保存回执，它可以证明异议被压下；请告诉上级。", hours=receipt.promise_hours)
        return Verdict("differs", late, what, (signed, Check("overdue", say("没有写入日志"), late)))
    if index is None:
        soon = say("回执是真的，{hours} 小时内写入日志，还没到时间。", hours=receipt.promise_hours)
        return Verdict(
            "waiting", soon, what, (signed, Check("waiting", say("还没写入日志"), say("异议按固定时间成批写入，看不出是谁、几点写的。")))
        )
    found = verify_entry(index, log)
    checks = (signed, *found.checks)
    return Verdict(found.state, found.said, what, checks, found.technical, index, found.links, found.content)


def _judged(index: int, content: bytes, log: Log, path: int) -> Verdict:
    """The verdict on an entry whose inclusion has been shown."""
    if log.attested is None:
        return _broken(index, content, log)
    witnessed = log.attested.witnessed
    checks = (
        Check("genuine", say("在日志里"), say("它是日志第 {index} 号，内容和公开日志逐字一致。", index=index)),
        Check("genuine", say("日志没有被改写"), say("检查点共 {size} 条，由日志密钥签名，从第 0 号起首尾相接。", size=log.size)),
        _witness_check(log),
    )
    said = say("是真的，没有被改过") if witnessed else say("已入日志，还没有上级见证。这是正常的，请过些时候再来核对。")
    return Verdict(
        "genuine" if witnessed else "waiting",
        said,
        _what(content),
        checks,
        tuple(_technical(index, content, log.attested.checkpoint, path, log)),
        index,
        (Pair(say("下载证明文件"), "", reverse("journal_proof", args=[index])),),
        content.decode(),
    )


def _witness_check(log: Log) -> Check:
    if log.witnessed_at is not None:
        names = "、".join(log.witnesses)
        return Check(
            "witnessed", say("上级见过"), say("{names}在 {moment} 签过这个检查点。", names=names, moment=moment_in_words(log.witnessed_at))
        )
    return Check("waiting", say("上级还没见过"), say("检查点还没有见证人签名，或者人数不够。"))


def _technical(index: int, content: bytes, checkpoint: Checkpoint, path: int, log: Log) -> Iterable[Pair]:
    yield Pair(say("记录指纹"), f"sha256 {leaf_hash(content).hex()}")
    yield Pair(say("检查点"), f"{checkpoint.origin} / {checkpoint.size} / {checkpoint.root.hex()}")
    yield Pair(say("证明"), say("第 {index} 号 → {path} 个节点 → 根", index=index, path=path))
    yield Pair(say("见证"), "、".join(log.witnesses) or say("没有"))


def _waiting(index: int, content: bytes, log: Log) -> Verdict:
    check = Check("logged", say("已入日志"), say("它是日志第 {index} 号，下一个检查点会包含它。", index=index))
    return Verdict("waiting", say("已入日志，还没有发布检查点。请过一会儿再来核对。"), _what(content), (check,), index=index)


def _broken(index: int, content: bytes, log: Log) -> Verdict:
    said = say("公开日志的文件不完整，现在核对不了。请打电话告诉我们。")
    return Verdict("unknown", said, _what(content), index=index)


def _unknown() -> Verdict:
    return Verdict("unknown", say("查不到。不是本站发出的，或者抄错了。请对照原件再看一遍，或者打电话问。"))


def _what(content: bytes) -> Said | str:
    """What an entry says happened, in words."""
    try:
        entry: Entry = parse_entry(content)
    except Invalid:
        return ""
    unit = entry.decided_by.unit if entry.decided_by else ""
    facts: dict[str, Any] = {
        "act": act_words(entry.step or str(entry.type)),
        "unit": unit,
        "moment": moment_in_words(entry.at),
        "task": entry.task or "",
    }
    if not entry.task:
        return say("{moment}，{act}", **facts)
    if not unit:
        return say("{moment}，任务 {task}：{act}", **facts)
    return say("{moment}，任务 {task}：{unit}{act}", **facts)


def _why(wrong: Invalid) -> object:
    return getattr(wrong, "said", str(wrong))
