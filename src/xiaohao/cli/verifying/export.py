"""Checking a whole journal in a folder, and that a later one continues an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from xiaohao.cli.verifying.facts import checkpoint_lines
from xiaohao.cli.verifying.files import read_file, read_tile
from xiaohao.cli.verifying.report import Report, verdict_of
from xiaohao.journal.attested import Attested, attest
from xiaohao.journal.audit import audit
from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.journal.encoding import from_base64
from xiaohao.journal.hashing import HASH_SIZE
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.monitor import EntryMonitor, check_growth
from xiaohao.journal.note import LONGEST_NOTE
from xiaohao.journal.policy import Policy
from xiaohao.journal.proof import LONGEST_PROOF, consistency_proof
from xiaohao.journal.tiles import TileHashes, parse_path
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.workdays import official_calendar

_CHECKPOINT = "checkpoint"
#: Bytes of a consistency proof as lines of base64.
_LONGEST_CONSISTENCY = LONGEST_PROOF * 64


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal in a folder whose entries, tiles and checkpoint agree; `monitor` has seen every entry."""

    folder: Path
    attested: Attested
    monitor: EntryMonitor
    beyond: int

    @property
    def checkpoint(self) -> Checkpoint:
        return self.attested.checkpoint


def read_checkpoint(path: Path, policy: Policy) -> Attested:
    """The checkpoint in a file, or the one of an exported journal. Raises Invalid, OSError."""
    return attest(read_file(path / _CHECKPOINT if path.is_dir() else path, LONGEST_NOTE), policy)


def read_journal(folder: Path, policy: Policy) -> Journal:
    """Recompute a whole journal from its entries. Raises Invalid with the first thing that is wrong, OSError."""
    attested = read_checkpoint(folder, policy)
    monitor = EntryMonitor(attested.checkpoint.origin, official_calendar())
    first: Said | None = None
    for index, data in audit(attested.checkpoint, partial(read_tile, folder)):
        for alarm in monitor.take(index, data):
            first = first or say("第 {index} 条：{why}", index=index, why=alarm.said)
    # A log that was tampered with is worse than one that tells of a broken rule, so that is said first.
    if first is not None:
        raise Invalid(first)
    return Journal(folder, attested, monitor, sum(_beyond(folder, attested.checkpoint.size)))


def _beyond(folder: Path, size: int) -> Iterator[bool]:
    """For each file: whether it holds more than the checkpoint covers, so that nothing vouches for it."""
    for path in sorted((folder / "tile").rglob("*")):
        if path.is_file():
            try:
                tile = parse_path(path.relative_to(folder).as_posix())
            except Invalid:
                yield True
                continue
            yield size >> 8 * max(tile.level, 0) < tile.index * 256 + tile.width


def verify_journal(folder: Path, policy: Policy, *, since: Path | None = None) -> Report:
    """The verdict on an exported journal, and whether it continues the checkpoint or journal `since`. Raises Invalid, OSError."""
    journal = read_journal(folder, policy)
    lines = [say("{size} 条记录全部重算，与每个文件、与根哈希一致", size=journal.checkpoint.size), *checkpoint_lines(journal.attested)]
    if journal.beyond:
        lines.append(say("另有 {count} 个文件超出检查点，没有核对", count=journal.beyond))
    if since is not None:
        lines.append(_continues(journal, _older(since, policy)))
    return Report(verdict_of(journal.attested), tuple(lines))


def _older(path: Path, policy: Policy) -> Checkpoint:
    return read_journal(path, policy).checkpoint if path.is_dir() else read_checkpoint(path, policy).checkpoint


def _continues(journal: Journal, older: Checkpoint) -> Said:
    size = journal.checkpoint.size
    if older.size > size:
        raise Invalid(say("日志变短了：从 {old} 条到 {new} 条", old=older.size, new=size))
    hashes = TileHashes(size, partial(read_tile, journal.folder))
    check_growth(older, journal.checkpoint, consistency_proof(older.size, size, hashes))
    return say("从 {old} 条到 {new} 条只有增加，没有改写", old=older.size, new=size)


def verify_checkpoint(path: Path, policy: Policy, *, since: Path | None = None, consistency: Path | None = None) -> Report:
    """The verdict on a checkpoint by itself, and with a consistency proof (a base64 line for each hash) whether it continues `since`.
    Raises Invalid, OSError."""
    attested = read_checkpoint(path, policy)
    lines = [*checkpoint_lines(attested)]
    if since is not None:
        older = read_checkpoint(since, policy).checkpoint
        check_growth(older, attested.checkpoint, _proof(consistency))
        lines.append(say("从 {old} 条到 {new} 条只有增加，没有改写", old=older.size, new=attested.checkpoint.size))
    return Report(verdict_of(attested), tuple(lines))


def _proof(path: Path | None) -> list[bytes]:
    if path is None:
        return []
    content = read_file(path, _LONGEST_CONSISTENCY).decode("ascii", errors="replace")
    return [from_base64(line, HASH_SIZE) for line in content.splitlines()]
