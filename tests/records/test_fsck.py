"""What `xiaohao fsck` finds: each test does by hand, past the door, what an insider could do, and expects the one line that tells."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.acts.walking import make_task
from xiaohao.acts import parties
from xiaohao.acts.publishing import publish_journal
from xiaohao.dossier.parties import Place
from xiaohao.records import models, triggers
from xiaohao.records.fsck import faults
from xiaohao.records.models import File, Record, Statement, Task
from xiaohao.records.to_dossier import content_store

pytestmark = pytest.mark.django_db


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def published() -> Task:
    shutil.rmtree(settings.JOURNAL_HOME, ignore_errors=True)
    shutil.rmtree(settings.CONTENT_HOME, ignore_errors=True)
    task = make_task("published")
    publish_journal()
    assert list(faults()) == []
    return task


def _found() -> list[tuple[str, str]]:
    return [(fault.kind, fault.where) for fault in faults()]


def test_an_edited_row_is_found(published: Task) -> None:
    row = Statement.objects.get(task=published, kind="completion")
    Statement.objects.filter(pk=row.pk).update(text=row.text.replace("2次", "12次"))
    assert _found() == [("row", f"statement/{row.pk}")]


def test_a_deleted_row_is_found(published: Task) -> None:
    row = Record.objects.get(pk="rec-enforcement-1")
    row.on_tasks.clear()
    row.delete()
    assert _found() == [("row", "record/rec-enforcement-1")]


def test_a_row_that_came_in_past_the_door_is_found(published: Task) -> None:
    Record.objects.create(id="rec-smuggled", type="meeting", recorded_at="2025-01-01T00:00:00+08:00")
    assert _found() == [("row", "record/rec-smuggled")]


def test_an_edited_journal_row_is_found_by_the_signed_tiles(published: Task) -> None:
    editor = connection.schema_editor(atomic=False)
    triggers.remove(None, editor)
    _sql('UPDATE records_journalentry SET step = %s WHERE "index" = %s', "confirm", published.last_entry)
    kinds = [kind for kind, _ in _found()]
    assert kinds == ["trigger"] * len(triggers.NAMES) + ["entry"]


def test_entry_bytes_rewritten_in_the_database_differ_from_what_was_published(published: Task) -> None:
    triggers.remove(None, connection.schema_editor(atomic=False))
    entry = published.entries.get(step="start")
    _sql('UPDATE records_journalentry SET content = %s WHERE "index" = %s', bytes(entry.content).replace(b"T15:00", b"T14:00"), entry.index)
    assert ("tile", str(entry.index)) in _found()


def test_a_status_set_by_hand_is_found(published: Task) -> None:
    triggers.remove(None, connection.schema_editor(atomic=False))
    Task.objects.filter(pk=published.pk).update(status="closed")
    assert ("state", published.address) in _found()


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("harm", [_damage, Path.unlink], ids=["changed", "removed"])
def test_a_damaged_file_is_found(published: Task, harm: Callable[[Path], None]) -> None:
    file = File.objects.first()
    assert file is not None
    harm(content_store().home / file.sha256[:2] / file.sha256[2:4] / file.sha256)
    assert _found() == [("file", file.id)]


@pytest.mark.parametrize("harm", [_damage, Path.unlink], ids=["changed", "removed"])
def test_a_damaged_tile_is_found(published: Task, harm: Callable[[Path], None]) -> None:
    (tile,) = (settings.JOURNAL_HOME / "public" / "tile" / "0").glob("000*/*")
    harm(tile)
    assert _found() == [("tile", "public")]


def test_a_row_and_a_digest_of_a_batch_edited_by_hand_are_found(published: Task) -> None:
    at = published.entries.get(step="start").at
    parties.enter_places([Place(id=f"place-{n}", name=f"测点{n}", kind="point") for n in range(70)], at=at)
    publish_journal()
    assert _found() == []

    models.Place.objects.filter(pk="place-7").update(name="另一个测点")
    assert _found() == [("row", "place/place-7")]

    kept = models.Commitment.objects.get(table="place", row="place-9")
    models.Commitment.objects.filter(pk=kept.pk).update(digest="0" * 64)
    assert _found() == [("row", f"{kept.entry_id}/batch/1")]
