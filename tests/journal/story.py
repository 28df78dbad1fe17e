"""A small log of a fictional county that holds one entry of every type and breaks no rule; golden files and tests are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from xiaohao.journal.batch import batch_of, prove_row
from xiaohao.journal.checkpoint import Checkpoint, sign_checkpoint
from xiaohao.journal.commitment import commit
from xiaohao.journal.entry import (
    ActedBy,
    Commitment,
    Entry,
    EntryType,
    LogSeen,
    ObjectionReceived,
    Outcome,
    Window,
)
from xiaohao.journal.entry_format import entry_bytes
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.note import signature_of
from xiaohao.journal.proof import hashes_of, tree_root
from xiaohao.journal.receipt import COMMITTED_AS, ObjectionReceipt
from xiaohao.journal.signer import Cosigner, Signer
from xiaohao.journal.tlog_proof import proof_file
from xiaohao.kernel.when import CST

ORIGIN = "log.qinghe.example/xiaohao"
#: Seeds of keys that everybody knows: for tests and examples only.
SIGNER = Signer(ORIGIN, b"\x11" * 32)
NEXT_SIGNER = Signer(ORIGIN, b"\x12" * 32)
CITY = Cosigner("witness.jinglan.example/w", b"\x22" * 32)
PROVINCE = Cosigner("witness.donglu.example/w", b"\x33" * 32)

POLICY = f"""# 青禾县整改日志：信任名单（虚构，示例）
log {SIGNER.key}
witness city {CITY.key}
witness province {PROVINCE.key}
group above all city province
quorum above
""".encode()

TASK, UNIT = "qh2025a-7", "青禾县住房和城乡建设局"
CLERK = ActedBy("clerk", "qh-0007", "青禾县整改办")
REPORTER = ActedBy("reporter", "qh-0031", UNIT)
ACCEPTOR = ActedBy("acceptor", "jl-0102", "景澜市生态环境局")
HEAD = ActedBy("head", "jl-0100", "景澜市生态环境局")
DESK = ActedBy("desk", "jl-0204", "景澜市整改办")
CLOSER = ActedBy("head", "qh-0001", "青禾县人民政府")

RULES = sha256(b"a rulebook").hexdigest()
NOTICE = sha256(b"the canonical content of a notice").hexdigest()
WINDOW = Window("青禾公示〔2026〕3号", date(2026, 3, 3), date(2026, 3, 9), 5, "workday")

#: The objection, the salt of its commitment, and its receipt.
OBJECTION, SALT = "三月一号下午刮风，西坪村口还是一层土。".encode(), bytes(range(32))
OBJECTED = commit(COMMITTED_AS, SALT, OBJECTION)
RECEIPT = ObjectionReceipt(ORIGIN, "7K4M-Q2XD-9HPA", TASK, OBJECTED, datetime(2026, 3, 4, 10, 18, tzinfo=CST), 24)


def committed(name: str, content: bytes) -> Commitment:
    """A commitment with a salt that is only good for an example."""
    return Commitment(name, commit(name, sha256(content).digest(), content))


PHOTO = committed("file/1", b"a photograph")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CST)


def _task(seq: int, **more: object) -> dict[str, object]:
    return {"task": TASK, "unit": UNIT, "seq": seq, **more}


def _entries() -> tuple[Entry, ...]:
    made: list[Entry] = []

    def add(kind: EntryType, when: datetime, **fields: object) -> None:
        made.append(Entry(type=kind, id=f"e{len(made)}", at=when, **fields))  # type: ignore[arg-type]

    add(EntryType.INCEPTION, at(1, 5, 9), origin=ORIGIN)
    add(EntryType.ACT, at(1, 5, 10), actor=CLERK, step="open_task", state="planned", rules=RULES, **_task(1))
    add(
        EntryType.ACT,
        at(2, 2, 9, 30),
        actor=REPORTER,
        step="apply",
        prev_state="planned",
        state="claimed_done",
        rules=RULES,
        commitments=(PHOTO, committed("record/1", b"a record")),
        **_task(2),
    )
    add(EntryType.REFUSED, at(2, 3, 9), actor=ACCEPTOR, step="accept", unmet=("findings_settled",), prev_state="claimed_done", **_task(3))
    add(EntryType.FINDING_ANSWERED, at(2, 4, 9), actor=REPORTER, finding="f-1", check="PHOTO-REUSE", **_task(4))
    add(EntryType.FINDING_DECIDED, at(2, 5, 9), actor=ACCEPTOR, finding="f-1", check="PHOTO-REUSE", outcome=Outcome.ACCEPTED, **_task(5))
    add(
        EntryType.ACT,
        at(2, 9, 15),
        actor=ACCEPTOR,
        on_paper=HEAD,
        step="accept",
        prev_state="claimed_done",
        state="accepted",
        rules=RULES,
        **_task(6),
    )
    add(
        EntryType.ACT,
        at(3, 3, 9),
        actor=CLERK,
        step="publish",
        prev_state="accepted",
        state="published",
        rules=RULES,
        pub=NOTICE,
        notice=WINDOW,
        **_task(7),
    )
    add(EntryType.OBJECTIONS, at(3, 4, 18), objections=(ObjectionReceived(TASK, OBJECTED),))
    decided = {"actor": DESK, "objection": OBJECTED}
    add(EntryType.OBJECTION_DECIDED, at(3, 5, 9), step="admit_objection", outcome=Outcome.ADMITTED, **decided, **_task(8))
    add(EntryType.OBJECTION_DECIDED, at(3, 9, 9), step="answer_objection", outcome=Outcome.NOT_UPHELD, **decided, **_task(9))
    add(EntryType.ACT, at(3, 10, 9), actor=CLOSER, step="close", prev_state="published", state="closed", rules=RULES, **_task(10))
    add(EntryType.REDACT, at(3, 11, 9), actor=CLERK, redacts=(PHOTO.digest,), basis="个人信息保护法第四十七条", **_task(11))
    add(EntryType.RESTRICT, at(3, 11, 10), actor=CLERK, redacts=(OBJECTED,), basis="个人信息保护法第四十七条", **_task(12))
    seen = LogSeen(
        "log.xiping.example/xiaohao",
        3,
        tree_root(3, hashes_of([leaf_hash(b"%d" % n) for n in range(3)])).hex(),
        sha256(b"a note").hexdigest(),
    )
    add(EntryType.ANCHOR, at(3, 12, 9), seen=seen)
    add(EntryType.KEY, at(3, 13, 9), actor=CLERK, old_vkey=str(SIGNER.key), new_vkey=str(NEXT_SIGNER.key))
    return tuple(made)


STORY = _entries()
ENTRIES = tuple(entry_bytes(entry) for entry in STORY)
OPENED, CLOSED = 7, 11


def note_of(size: int, seen_at: datetime | None, entries: Sequence[bytes] = ENTRIES, signer: Signer = SIGNER) -> bytes:
    """The checkpoint over the first `size` entries, with both witnesses' lines when it was seen (the province an hour later)."""
    checkpoint = Checkpoint(ORIGIN, size, tree_root(size, hashes_of([leaf_hash(entry) for entry in entries])))
    note = sign_checkpoint(checkpoint, signer)
    if seen_at is not None:
        seconds = int(seen_at.timestamp())
        for witness, later in ((CITY, 0), (PROVINCE, 3600)):
            field = witness.cosign(checkpoint.text().encode(), seconds + later)
            note += signature_of(witness.key, field).line().encode()
    return note


def proof_for(index: int, size: int, seen_at: datetime | None, entries: Sequence[bytes] = ENTRIES) -> bytes:
    """The `.tlog-proof` of an entry under that checkpoint."""
    hashes = hashes_of([leaf_hash(entry) for entry in entries])
    return proof_file(index, entry=entries[index], note=note_of(size, seen_at, entries), hashes=hashes)


OPENED_SEEN, CLOSED_SEEN, LAST_SEEN = at(3, 3, 9, 30), at(3, 10, 10), at(3, 13, 10)
OPENED_PROOF = proof_for(OPENED, 8, OPENED_SEEN)
CLOSED_PROOF = proof_for(CLOSED, 12, CLOSED_SEEN)

#: Three rows of a ledger under one commitment, and the proof of the second.
BATCH = "batch/1"
_LINES = ("第七项｜封堵直排口", "第八项｜清理垃圾堆放点", "第九项｜畜禽粪污资源化")
_SALTS = tuple(sha256(line.encode()).digest() for line in _LINES)
BATCHED = tuple(
    Commitment(f"ledgeritem/{n}", commit(f"ledgeritem/{n}", salt, line.encode()))
    for n, (salt, line) in enumerate(zip(_SALTS, _LINES, strict=True), 1)
)
IN_ENTRY = batch_of(BATCH, BATCHED)
ROW_PROOF = prove_row(BATCH, [one.digest for one in BATCHED], 1, name=BATCHED[1].name, salt=_SALTS[1], content=_LINES[1].encode())
