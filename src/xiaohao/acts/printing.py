"""The notice on paper: its PDF, with the place it has in the journal, printed once the journal covers it and kept for whoever asks."""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.conf import settings
from django_tasks import task

from xiaohao.acts.publishing import public_tiles, publish_journal
from xiaohao.documents.notice_pdf import notice_pdf
from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST
from xiaohao.publicity.notice_content import read_notice
from xiaohao.records.models import File, JournalEntry, Record
from xiaohao.records.proving import NotYetPublished, proof_of, published_checkpoint
from xiaohao.records.to_dossier import content_store


@task()
def print_notice(record: str) -> None:
    """Outbox: print the notice of that publicity record once it stands in the published journal. Printing it again changes nothing that is
    said. Raises FileNotFoundError or ContentDamaged when the bytes kept at publication are not what they were."""
    publish_journal()
    posted = Record.objects.get(pk=record)
    target = _printed(posted)
    target.parent.mkdir(parents=True, exist_ok=True)
    coming = target.with_suffix(".coming")
    coming.write_bytes(notice_on_paper(posted))
    os.replace(coming, target)


def printed_notice(posted: Record) -> bytes:
    """The PDF as it was printed; set now where the worker has not come to it yet. Raises as `print_notice`."""
    try:
        return _printed(posted).read_bytes()
    except FileNotFoundError:
        return notice_on_paper(posted)


def notice_on_paper(posted: Record) -> bytes:
    """Set the PDF from the bytes kept at publication, with checkpoint line and proof where the journal has published the entry."""
    kept = File.objects.get(pk=posted.more["files"][0])
    notice = read_notice(content_store().get(kept.sha256))
    line, proof = _place_in_journal(posted)
    return notice_pdf(notice, url=notice_url(posted), checkpoint_line=line, proof=proof, made_at=posted.recorded_at.astimezone(CST))


def notice_url(posted: Record) -> str:
    """The address that is printed and drawn as a QR code: always the plain one, whatever way the page is read."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/n/{notice_no(posted)}"


def notice_no(posted: Record) -> str:
    """The number in the notice's address (qh2025a-7-1)."""
    return re.sub(r"^notice-", "", posted.pk)


def _printed(posted: Record) -> Path:
    return Path(settings.HOME) / "printed" / f"{notice_no(posted)}.pdf"


def _place_in_journal(posted: Record) -> tuple[str, str]:
    entry = JournalEntry.objects.filter(commitments__table="record", commitments__row=posted.pk, step="publish").first()
    try:
        checkpoint, _ = published_checkpoint(public_tiles())
        if entry is None:
            return "", ""
        return _checkpoint_line(entry.index, checkpoint), proof_of(public_tiles(), entry.index).decode()
    except NotYetPublished:
        return "", ""


def journal_line(index: int | None) -> str:
    """Where an entry stands in the published journal, as papers print it; "" for one that no checkpoint covers yet."""
    try:
        checkpoint, _ = published_checkpoint(public_tiles())
    except NotYetPublished:
        return ""
    return "" if index is None or index >= checkpoint.size else _checkpoint_line(index, checkpoint)


def _checkpoint_line(index: int, checkpoint: Checkpoint) -> str:
    return say(
        "日志 {origin} 第 {index} 号；检查点 {size} 条，根 {root}",
        origin=checkpoint.origin,
        index=index,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
    )
