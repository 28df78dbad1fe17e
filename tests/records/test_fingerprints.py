"""What an installation exports of its statements and photographs, and how its own people look an opaque id up."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import OperationalError

from tests.acts.walking import make_task
from tests.fakes.pictures import saved, shot
from xiaohao.cli import fingerprints as command
from xiaohao.cli.main import main
from xiaohao.evidence.photo_marks import seen_in
from xiaohao.kernel.when import parse_instant
from xiaohao.records import fingerprints, pictured
from xiaohao.records.models import Commitment, File, Statement, Task
from xiaohao.screening.copied.grams import grams, sampled
from xiaohao.screening.copied.masked import masked
from xiaohao.screening.fingerprints.keyed import GRAM, keyed

pytestmark = pytest.mark.django_db

KEY = bytes(range(32))
AT = parse_instant("2026-03-03T09:00:00+08:00")


@pytest.fixture
def applied() -> Task:
    return make_task("claimed_done", ready=True)


def test_a_statement_is_given_as_keyed_grams_with_its_entry(applied: Task) -> None:
    said = Statement.objects.filter(task=applied, kind="completion").order_by("recorded_at").last()
    found = {one.document: one for one in fingerprints.texts(KEY, at=AT)}
    mine = next(one for one in found if fingerprints.whose(one, KEY).row == said.pk)
    assert found[mine].filed.entry == min(Commitment.objects.filter(table="statement", row=said.pk).values_list("entry", flat=True))
    assert set(found[mine].grams) <= set(keyed(sampled(grams(masked(said.text)), 10_000).hashes, KEY, GRAM))
    assert found[mine].grams
    assert fingerprints.whose(mine, bytes(32)) is None


def test_a_photograph_is_given_from_its_marks_and_found_again(applied: Task) -> None:
    file = File.objects.filter(kind="photo").order_by("pk").first() or _photo(applied)
    pictured.insert([(file.pk, seen_in(saved(shot(3))))] if not hasattr(file, "pictured") else [])
    one = next(one for one in fingerprints.photos(KEY) if fingerprints.whose(one.document, KEY).row == file.pk)
    assert len(one.keys) == len(one.mirror) == len(one.places) == 128
    assert fingerprints.whose(one.document, KEY).tasks


def _photo(task: Task) -> File:
    row = File.objects.filter(on_tasks=task).order_by("pk")[0]
    row.pk, row.kind, row.sha256 = "file-made-photo", "photo", "ab" * 32
    row.save(force_insert=True)
    row.on_tasks.set([task])
    return row


def test_export_writes_no_text_and_whose_says_what_it_is(
    applied: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow", reason="the extra `scale` is not installed")
    from xiaohao.cli.corpus.files import Header, batches, text_schema

    monkeypatch.setattr(command, "load_django", lambda home: None)
    key, out = tmp_path / "key", tmp_path / "out"
    assert main(["fingerprints", "key", str(key)]) == 0
    assert key.stat().st_mode & 0o077 == 0
    assert main(["fingerprints", "export", str(out), "--key", str(key), "--jurisdiction", "qinghe"]) == 0
    rows = [row for batch in batches(out / "texts.parquet", text_schema(Header("a", "", "", 1)).names) for row in batch.to_pylist()]
    assert len(rows) == len(list(fingerprints.texts(bytes.fromhex(key.read_text()), at=AT)))
    said = Statement.objects.filter(task=applied, kind="completion").order_by("recorded_at").last()
    for piece in (said.text[:6], applied.owner.name, said.pk, applied.address):
        assert piece not in repr(rows)
    capsys.readouterr()
    answers = []
    for row in rows:
        assert main(["fingerprints", "whose", row["document"], "--key", str(key)]) == 0
        answers.append(capsys.readouterr().out)
    assert any(said.pk in answer and applied.address in answer for answer in answers)
    assert main(["fingerprints", "whose", "t0000000000000000", "--key", str(key)]) == 1
    assert main(["fingerprints", "export", str(out), "--key", str(key)]) == 2  # there already


@pytest.mark.parametrize(("content", "mode"), [("zz", 0o600), ("ab", 0o600), ("ab" * 32, 0o644)])
def test_a_key_that_is_none_or_that_others_may_read_is_refused(tmp_path: Path, content: str, mode: int) -> None:
    key = tmp_path / "key"
    key.write_text(content)
    key.chmod(mode)
    assert main(["fingerprints", "export", str(tmp_path / "out"), "--key", str(key)]) == 2
    assert not (tmp_path / "out").exists()


def test_an_export_that_breaks_leaves_nothing_and_says_why(
    applied: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow", reason="the extra `scale` is not installed")

    def broken(key: bytes) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(command, "load_django", lambda home: None)
    monkeypatch.setattr(fingerprints, "photos", lambda key: (broken(key) for _ in range(1)))
    key, out = tmp_path / "key", tmp_path / "out"
    assert main(["fingerprints", "key", str(key)]) == 0
    assert main(["fingerprints", "export", str(out), "--key", str(key)]) == 2
    assert "数据库还不能用" in capsys.readouterr().err
    assert not out.exists()
