"""Does the database still say what the journal says? Every entry is read again, every row compared with its newest commitment, every
file and tile with its hash; what differs is listed, nothing is repaired."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db import connection

from xiaohao.journal import entry as journal_entry
from xiaohao.journal.audit import audit
from xiaohao.journal.batch import batch_digest
from xiaohao.journal.commitment import commit
from xiaohao.journal.entry import Entry
from xiaohao.journal.entry_format import parse_entry
from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.said import say
from xiaohao.procedure.replay import replay
from xiaohao.procedure.rules import Rulebook
from xiaohao.records import access_log, received, search, triggers
from xiaohao.records.committed import committed_tables, row_content
from xiaohao.records.content import ContentDamaged
from xiaohao.records.journal_rows import entries_from
from xiaohao.records.models import AccessEvent, Commitment, File, FormTemplate, JournalEntry, ListReport, Objection, Task
from xiaohao.records.proving import NotYetPublished, published_checkpoint
from xiaohao.records.rulebooks import rulebook
from xiaohao.records.tiles import TileStore
from xiaohao.records.to_dossier import content_store


@dataclass(frozen=True, slots=True)
class Fault:
    """One disagreement. `kind` is trigger, entry, state, row, access, file or tile; `where` names the thing."""

    kind: str
    where: str
    message: str


def faults() -> Iterator[Fault]:
    """Everything that disagrees, the database's guards first."""
    for name in triggers.missing(connection):
        yield Fault("trigger", name, say("数据库缺少守卫 {name}", name=name))
    entries: list[Entry] = []
    yield from _entry_faults(entries)
    yield from _state_faults(entries)
    yield from _row_faults(entries)
    yield from _access_log_faults()
    yield from _search_faults()
    yield from _file_faults()
    yield from _template_faults()
    yield from _report_faults()
    yield from _received_faults()
    yield from _tile_faults()


def _entry_faults(entries: list[Entry]) -> Iterator[Fault]:
    for expected, row in enumerate(JournalEntry.objects.order_by("index").iterator()):
        if row.index != expected:
            yield Fault("entry", str(row.index), say("日志序号不连续：应为 {expected}", expected=expected))
            return
        try:
            entry = parse_entry(bytes(row.content))
        except Invalid as wrong:
            yield Fault("entry", str(row.index), say("日志记录读不出来：{reason}", reason=str(wrong)))
            return
        entries.append(entry)
        if (entry.type, entry.step or "", entry.state or "") != (row.type, row.step, row.state):
            yield Fault("entry", str(row.index), say("日志第 {index} 号的检索列与内容不一致", index=row.index))


def _state_faults(entries: list[Entry]) -> Iterator[Fault]:
    played = replay(entries, _rulebooks())
    for where, message in played.faults:
        yield Fault("state", where, message)
    for task in Task.every.order_by("address").prefetch_related("link_rows").iterator(chunk_size=500):
        said = played.states.get(task.address)
        if said is None:
            yield Fault("state", task.address, say("任务 {task} 在日志里没有记录", task=task.address))
        elif said != task.status:
            yield Fault("state", task.address, say("任务 {task} 的状态与日志不一致", task=task.address))
        indexed = {(link.other, link.relation) for link in task.link_rows.all()}
        if indexed != {(link["task"], link["relation"]) for link in task.more.get("links", ())}:
            yield Fault("row", task.address, say("任务 {task} 的关联索引与任务不一致", task=task.address))
    for address in sorted(set(played.states) - set(Task.every.values_list("address", flat=True))):
        yield Fault("state", address, say("日志里的任务 {task} 在数据库里未见", task=address))


def _rulebooks() -> list[Rulebook]:
    """Those in use, so that each move is held against the exact order of its place."""
    return [rulebook(name) for name in Task.every.values_list("rulebook", flat=True).distinct()]


def _row_faults(entries: list[Entry]) -> Iterator[Fault]:
    """A row must hold what its newest commitment says; a row without one came in past the door; a commitment without its row was deleted."""
    newest = {(c.table, c.row): c for c in Commitment.objects.order_by("entry_id").iterator()}
    broken = yield from _batch_faults(entries)
    for model in (*committed_tables(), Objection, AccessEvent):
        table = model._meta.model_name or ""
        for row in model._base_manager.order_by("pk").iterator():
            where, commitment = f"{table}/{row.pk}", newest.pop((table, str(row.pk)), None)
            if commitment is None:
                if model not in (Objection, AccessEvent):  # committed to by receipts until decided on; by the chain until the day ends
                    yield Fault("row", where, say("{row} 没有经过日志写入", row=where))
            elif (commitment.entry_id, commitment.batch) in broken:
                continue
            elif commit(commitment.name, bytes(commitment.salt), row_content(row)) != _digest_in(entries, commitment):
                yield Fault("row", where, say("{row} 与日志第 {entry} 号的承诺不一致", row=where, entry=commitment.entry_id))
    for (table, pk), commitment in newest.items():
        where = f"{table}/{pk}"
        yield Fault("row", where, say("{row} 在日志第 {entry} 号写入，现已不见", row=where, entry=commitment.entry_id))


def _access_log_faults() -> Iterator[Fault]:
    for number in access_log.broken_lines():
        yield Fault("access", str(number), say("审计日志第 {number} 行与前后不相接", number=number))


def _batch_faults(entries: list[Entry]) -> Generator[Fault, None, set[tuple[int, str]]]:
    """The kept digests of each batch must give the digest in its entry. Returns the batches (entry, name) that do not."""
    kept = Commitment.objects.exclude(batch="").order_by("entry_id", "batch", "leaf").values_list("entry_id", "batch", "digest")
    broken: set[tuple[int, str]] = set()
    for (index, name), rows in groupby(kept.iterator(), key=lambda row: row[:2]):
        made = entries[index].commitments if index < len(entries) else ()
        if journal_entry.Commitment(name, batch_digest(name, [digest for _, _, digest in rows])) not in made:
            broken.add((index, name))
            yield Fault("row", f"{index}/{name}", say("日志第 {entry} 号的批次 {name} 与留存的摘要不一致", entry=index, name=name))
    return broken


def _digest_in(entries: list[Entry], commitment: Commitment) -> str | None:
    if commitment.batch:
        return commitment.digest  # that the batch is made of these digests is checked once for all of it
    index = commitment.entry_id
    made = entries[index].commitments if index < len(entries) else ()
    return next((one.digest for one in made if one.name == commitment.name), None)


def _search_faults() -> Iterator[Fault]:
    for where in search.stale():
        yield Fault("row", where, say("{row} 的查找索引与内容不一致", row=where))


def _file_faults() -> Iterator[Fault]:
    store = content_store()
    for file in File.objects.order_by("pk").iterator():
        for sha256 in filter(None, (file.sha256, file.public_sha256)):
            try:
                store.get(sha256)
            except FileNotFoundError:
                yield Fault("file", file.id, say("附件 {file} 的内容未见", file=file.path))
            except ContentDamaged:
                yield Fault("file", file.id, say("附件 {file} 的内容与登记的摘要不一致", file=file.path))


def _template_faults() -> Iterator[Fault]:
    for template in FormTemplate.objects.exclude(sha256="").order_by("pk").iterator():
        try:
            content_store().get(template.sha256)
        except FileNotFoundError:
            yield Fault("file", template.id, say("表单模板 {template} 的内容未见", template=template.id))
        except ContentDamaged:
            yield Fault("file", template.id, say("表单模板 {template} 的内容与登记的摘要不一致", template=template.id))


def _report_faults() -> Iterator[Fault]:
    for report in ListReport.objects.order_by("pk").iterator():
        try:
            content_store().get(report.sha256)
        except FileNotFoundError:
            yield Fault("file", report.id, say("报告 {report} 的内容未见", report=report.title))
        except ContentDamaged:
            yield Fault("file", report.id, say("报告 {report} 的内容与登记的摘要不一致", report=report.title))


def _received_faults() -> Iterator[Fault]:
    for bundle, path in received.faults_in(content_store()):
        yield Fault("file", bundle, say("外来案卷的文件 {path} 未见，或与签名的清单不一致", path=path))


def _tile_faults() -> Iterator[Fault]:
    """The published files against the rows: every tile, and the entries in them. Entries newer than the checkpoint are not published yet."""
    tiles = TileStore(settings.JOURNAL_HOME / "public")
    try:
        checkpoint, _ = published_checkpoint(tiles)
        for (index, published), content in zip(audit(checkpoint, tiles.read), entries_from(0), strict=False):
            if published != content:
                yield Fault("tile", str(index), say("公开日志第 {index} 号与数据库不一致", index=index))
    except NotYetPublished:
        yield Fault("tile", "checkpoint", say("日志还没有公布检查点"))
        return
    except Invalid as wrong:
        yield Fault("tile", "public", say("公开日志文件有误：{reason}", reason=str(wrong)))
        return
    if JournalEntry.objects.count() < checkpoint.size:
        yield Fault("entry", str(checkpoint.size), say("公开日志有 {size} 条，数据库少于此数", size=checkpoint.size))
