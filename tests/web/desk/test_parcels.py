"""Signed bundles between installations: what goes out is what comes in, once, from those who are trusted, and nothing of the own cases moves."""

from __future__ import annotations

import argparse
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import words_in
from xiaohao.acts import parcels_coming, worker
from xiaohao.acts.parcels import receive_parcel
from xiaohao.acts.parcels_coming import path_of
from xiaohao.acts.signing import log_signer
from xiaohao.cli import export, import_
from xiaohao.dossier.bundle import read_bundle
from xiaohao.dossier.file import File
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.parcel import MANIFEST, NOTE, Listed, manifest_of, read_manifest
from xiaohao.journal.signer import Signer, generate_key
from xiaohao.kernel.refused import Refused
from xiaohao.records import models, write
from xiaohao.records.fsck import faults
from xiaohao.records.models import Received
from xiaohao.records.parcels_out import case_going_out, list_going_out, write_parcel
from xiaohao.records.received import dossier_in, trusted_file
from xiaohao.records.to_dossier import content_store

SignIn = Callable[[str], Client]
OTHER = Signer("log.other.example/xiaohao", b"o" * 32)
STRANGER = Signer("log.stranger.example/xiaohao", b"s" * 32)
CLERK = "county-clerk"


@pytest.fixture
def task(staff: None) -> models.Task:
    return office.works("publish")


@pytest.fixture(autouse=True)
def _trusting() -> Iterator[None]:
    """The list of trusted keys holds the other installation's, and is gone afterwards."""
    trusted_file().parent.mkdir(parents=True, exist_ok=True)
    trusted_file().write_text(f"# 邻县\n{OTHER.key}  # 当面核对\n", "utf-8")
    yield
    trusted_file().unlink(missing_ok=True)


def bundle(task: models.Task, signer: Signer = OTHER, *, later: int = 0) -> bytes:
    out = io.BytesIO()
    write_parcel(case_going_out(task, at=TODAY + timedelta(days=later), signer=signer), out)
    return out.getvalue()


def taken(content: bytes, person: str = CLERK) -> Any:
    by = office.actor(person)
    return receive_parcel(source=io.BytesIO(content), by=by, org=by.org, at=TODAY)


def why_not(content: bytes) -> str:
    entries, rows = models.JournalEntry.objects.count(), Received.objects.count()
    with pytest.raises(Refused) as refused:
        taken(content)
    assert (models.JournalEntry.objects.count(), Received.objects.count()) == (entries, rows)
    return str(refused.value.unmet[0].fact)


def changed(content: bytes, name: str, change: Callable[[bytes], bytes | None], *, more: dict[str, bytes] | None = None) -> bytes:
    """The zip with one file changed (None: left out), and more files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for each in source.namelist():
            held = source.read(each)
            made = change(held) if each == name else held
            if made is not None:
                target.writestr(each, made)
        for each, held in (more or {}).items():
            target.writestr(each, held)
    return out.getvalue()


def state_of_everything() -> list[tuple[Any, ...]]:
    return list(models.Task.objects.order_by("pk").values_list("pk", "status", "version", "last_entry"))


def a_file(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return next(name for name in source.namelist() if name.startswith("series/"))


# Going out ------------------------------------------------------------------------------------------------------------------------


def test_a_bundle_is_a_case_file_that_anybody_can_read_and_names_nobody_who_is_not_in_it(task: models.Task) -> None:
    office.duty("start")
    with zipfile.ZipFile(io.BytesIO(bundle(task))) as source:
        assert source.testzip() is None
        contents = {name: source.read(name) for name in source.namelist()}
    dossier, problems = read_bundle(contents["dossier.json"], contents)
    assert {problem.where for problem in problems} <= {"insp-1", "list-1"}  # this county has not entered the feedback's own paper
    assert [each.id for each in dossier.tasks] == [task.pk]
    assert {file.path for file in dossier.files} | {"dossier.json", MANIFEST, NOTE} == set(contents)
    spoken = json.dumps({name: part for name, part in json.loads(contents["dossier.json"]).items() if name not in ("people", "orgs")})
    for person in models.Person.objects.all():
        if person.pk not in spoken and not any(person.pk in org.leaders for org in dossier.orgs):
            assert person.name not in contents["dossier.json"].decode()
    assert {task for paper in dossier.documents for task in paper.tasks} <= {dossier.task.id}
    assert "org-park" not in {org.id for org in dossier.orgs}


def test_a_list_goes_out_as_one_ledger(task: models.Task) -> None:
    other = office.duty("start")
    listing = models.TaskList.objects.get(code="qh2025a")
    out = io.BytesIO()
    write_parcel(list_going_out(listing, [task, other], at=TODAY, signer=OTHER), out)
    receipt = taken(out.getvalue())
    assert {each.id for each in dossier_in(Received.objects.get(pk=receipt.result["received"])).tasks} == {task.pk, other.pk}


def test_a_damaged_file_of_the_store_never_leaves(task: models.Task) -> None:
    row = models.File.objects.filter(on_tasks=task).exclude(media="application/json").first()
    assert row is not None
    path = content_store()._path(row.sha256)
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + b"?")
    try:
        with pytest.raises(OSError, match="changed"):
            bundle(task)
    finally:
        path.write_bytes(kept)


# Coming in ------------------------------------------------------------------------------------------------------------------------


def test_it_comes_in_as_it_went_out_marked_and_journaled_and_no_own_case_moves(task: models.Task) -> None:
    before = state_of_everything()
    receipt = taken(bundle(task))
    row = Received.objects.get(pk=receipt.result["received"])
    assert (row.origin, row.subject, row.version, row.org_id) == (OTHER.name, f"t/{task.address}", 1, office.actor(CLERK).org)
    assert models.JournalEntry.objects.get(pk=receipt.entry).step == "receive_parcel"
    assert state_of_everything() == before
    dossier = dossier_in(row)
    assert dossier.task.problem == task.problem
    assert [file.path for file in dossier.files if dossier.content_of(file.id) is None] == []
    assert [fault for fault in faults() if fault.kind in ("row", "file")] == []


def test_the_same_bundle_again_changes_nothing(task: models.Task) -> None:
    content = bundle(task)
    first = taken(content)
    entries = models.JournalEntry.objects.count()
    again = taken(content)
    assert (again.entry, again.result["received"], again.result["again"]) == (first.entry, first.result["received"], True)
    assert (models.JournalEntry.objects.count(), Received.objects.count()) == (entries, 1)


def test_a_later_one_about_the_same_case_is_its_next_version_and_an_older_one_is_refused(task: models.Task) -> None:
    old, new = bundle(task), bundle(task, later=2)
    taken(old)
    newest = bundle(task, later=3)
    assert taken(newest).result["version"] == 2
    assert "已有更新的一份，2026-03-06T09:00 导出" in why_not(new)
    assert taken(old).result["again"]
    assert list(Received.objects.order_by("version").values_list("version", flat=True)) == [1, 2]


@pytest.mark.parametrize("name", ["dossier.json", MANIFEST, NOTE, "a file"])
def test_one_changed_byte_is_refused_and_the_file_is_named(task: models.Task, name: str) -> None:
    content = bundle(task)
    name = a_file(content) if name == "a file" else name
    flip = changed(content, name, lambda held: held[:40] + bytes([held[40] ^ 1]) + held[41:])
    assert name in why_not(flip)
    assert not Received.objects.exists()


def test_a_byte_changed_in_the_zip_itself_is_refused_too(task: models.Task) -> None:
    content = bytearray(bundle(task))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as source:
        name = a_file(bytes(content))
        content[source.getinfo(name).header_offset + 120] ^= 1
    assert name in why_not(bytes(content))


def test_a_file_too_many_too_few_too_long_or_twice_is_refused_by_name(task: models.Task) -> None:
    content = bundle(task)
    name = a_file(content)
    assert why_not(changed(content, name, lambda held: held, more={"tool.exe": b"MZ"})) == "多出一个没有签名的文件：tool.exe"
    assert why_not(changed(content, name, lambda _held: None)) == f"缺一个文件：{name}"
    assert why_not(changed(content, name, lambda held: held + b"more")) == f"{name} 与签名的清单不一致，被改过或拷坏了"
    assert why_not(changed(content, name, lambda held: held[:-1])) == f"{name} 与签名的清单不一致，被改过或拷坏了"
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = changed(content, name, lambda held: held, more={name: b"other"})
    assert why_not(twice) == f"同一个文件有两份：{name}"


def test_an_unknown_signer_is_refused_until_its_key_is_trusted(task: models.Task) -> None:
    content = bundle(task, STRANGER)
    assert why_not(content) == f"不认识签名的人：{STRANGER.name}+{STRANGER.key.key_id.hex()}"
    with trusted_file().open("a", encoding="utf-8") as names:
        names.write(f"{STRANGER.key}\n")
    assert taken(content).result["version"] == 1


def test_a_trusted_name_with_another_key_is_a_stranger(task: models.Task) -> None:
    forger = Signer(OTHER.name, b"f" * 32)
    assert why_not(bundle(task, forger)).startswith("不认识签名的人")


def test_what_this_installation_exported_itself_is_not_taken_in(task: models.Task) -> None:
    assert why_not(bundle(task, log_signer())) == "这是本系统自己导出的案卷包"


@pytest.mark.parametrize(
    ("content", "fact"), [(b"PK\x03\x04", "zip"), (b"", "zip"), (b"\x00" * 100, "zip")], ids=["a beginning", "nothing", "noise"]
)
def test_what_is_no_bundle_is_refused_in_words(task: models.Task, content: bytes, fact: str) -> None:
    assert fact in why_not(content)
    bare = io.BytesIO()
    with zipfile.ZipFile(bare, "w") as out:
        out.writestr("dossier.json", "{}")
    assert why_not(bare.getvalue()) == f"这不是签过名的案卷包：缺 {NOTE}"


@pytest.mark.parametrize("path", ["../a", "/a", "a\\b", "a/../b", "C:a", "a//b", "", "a\nb", "a\u202eb", NOTE])
def test_a_path_that_leads_elsewhere_is_never_listed(path: str) -> None:
    with pytest.raises(Invalid):
        read_manifest(manifest_of([Listed(path, "0" * 64, 1)]))


def test_nobody_but_a_clerk_takes_one_in(task: models.Task) -> None:
    with pytest.raises(Refused, match="整改办"):
        taken(bundle(task), "housing-1")


def test_a_lost_file_of_a_foreign_case_is_a_fault_that_is_found(task: models.Task) -> None:
    row = Received.objects.get(pk=taken(bundle(task)).result["received"])
    content_store()._path(row.root).unlink()
    assert ("file", row.pk) in {(fault.kind, fault.where) for fault in faults()}


def test_large_files_go_out_and_come_in_without_lying_in_memory(task: models.Task) -> None:
    size, chunk = 48, b"\x01" * (1 << 20)
    sha256, length = content_store().put(chunk for _ in range(size))
    big = File(
        id="file-big", path="documents/big.bin", sha256=sha256, bytes=length, media="application/octet-stream", kind="document",
        tasks=(task.pk,), recorded_at="2026-03-01T09:00:00+08:00",
    )  # fmt: skip
    write.add(big)
    target = Path(settings.HOME) / "big.zip"
    outgoing = case_going_out(task, at=TODAY, signer=OTHER)
    told: list[tuple[int, int]] = []
    tracemalloc.start()
    try:
        with target.open("wb") as out:
            write_parcel(outgoing, out, lambda done, of: told.append((done, of)))
        by = office.actor(CLERK)
        with target.open("rb") as source:
            receive_parcel(source=source, by=by, org=by.org, at=TODAY)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        target.unlink()
    assert peak < 16 * (1 << 20)
    assert told[-1] == (outgoing.parcel.bytes, outgoing.parcel.bytes)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


# On the desk and on the command line ------------------------------------------------------------------------------------------------


def sent(client: Client, content: bytes) -> Any:
    return client.post("/desk/parcels", {"file": SimpleUploadedFile("案卷包.zip", content), "key": office.key("sent")})


def test_a_clerk_brings_one_in_on_the_desk_and_reads_it_marked_as_foreign(as_: SignIn, task: models.Task) -> None:
    clerk = as_(CLERK)
    first = sent(clerk, bundle(task))
    assert first.status_code == 302
    assert sent(clerk, bundle(task)).headers["Location"] == first.headers["Location"]
    page = words_in(clerk.get(first.headers["Location"]))
    assert f"这是外来案卷：由 {OTHER.name} 在 2026-03-03 导出并签名" in page
    assert task.title in page
    assert task.title in words_in(clerk.get("/desk/parcels"))
    pdf = clerk.get(f"{first.headers['Location']}/0.pdf")
    text = "".join("".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf.content)).pages).split())
    assert "外来案卷" in text
    assert OTHER.name in text
    file = clerk.get(f"{first.headers['Location']}/f/0")
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert clerk.get(f"{first.headers['Location']}/f/999").status_code == 404
    assert clerk.get(f"{first.headers['Location']}/9.pdf").status_code == 404


def test_a_bad_one_comes_back_with_why_beside_the_field(as_: SignIn, task: models.Task) -> None:
    answer = sent(as_(CLERK), bundle(task, STRANGER))
    assert answer.status_code == 422
    assert f"不认识签名的人：{STRANGER.name}" in words_in(answer)
    assert as_(CLERK).post("/desk/parcels", {}).status_code == 422


def test_what_a_unit_took_in_is_seen_by_its_own_tree_and_nobody_else(as_: SignIn, task: models.Task) -> None:
    where = sent(as_(CLERK), bundle(task)).headers["Location"]
    for person in ("housing-1", "park-1"):
        assert as_(person).get(where).status_code == 404
        assert as_(person).get(f"{where}/0.pdf").status_code == 404
        assert as_(person).get(f"{where}/f/0").status_code == 404
    assert sent(as_("housing-1"), bundle(task)).status_code == 403


def test_a_bundle_leaves_the_desk_for_whoever_may_read_the_case(as_: SignIn, task: models.Task) -> None:
    answer = as_(CLERK).get(f"/desk/t/{task.address}/bundle.zip")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        assert source.testzip() is None
        assert NOTE in source.namelist()
    assert models.AccessEvent.objects.filter(what="export").count() == 1
    assert as_("park-1").get(f"/desk/t/{task.address}/bundle.zip").status_code == 404
    assert as_("park-1").get("/desk/reports/qh2025a.zip").status_code == 404
    whole = b"".join(as_(CLERK).get("/desk/reports/qh2025a.zip").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        assert "ledger.json" in source.namelist()


def test_the_commands_write_a_bundle_and_take_one_in(
    task: models.Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (export, import_):
        monkeypatch.setattr(module, "load_django", lambda _home: None)
    out = tmp_path / "case.zip"
    given = argparse.Namespace(home="", task=task.address, listing=None, out=out)
    assert export.run(given) == 0
    assert "对方需要信任的公钥" in capsys.readouterr().out
    assert export.run(given) == 2
    assert "没有覆盖" in capsys.readouterr().err
    assert export.run(argparse.Namespace(home="", task="no-1", listing=None, out=tmp_path / "b.zip")) == 2
    assert not list(tmp_path.glob("*.coming"))

    foreign = tmp_path / "foreign.zip"
    foreign.write_bytes(bundle(task))
    take = argparse.Namespace(home="", file=foreign, unit=models.Org.objects.get(pk=office.actor(CLERK).org).name)
    assert import_.run(take) == 0
    assert "第 1 版" in capsys.readouterr().out
    assert import_.run(take) == 0
    assert "什么都没有改变" in capsys.readouterr().out
    foreign.write_bytes(changed(bundle(task), "dossier.json", lambda held: held + b" "))
    assert import_.run(take) == 1
    assert "没有导入：dossier.json 与签名的清单不一致" in capsys.readouterr().err
    assert import_.run(argparse.Namespace(home="", file=foreign, unit="没有的局")) == 2


def test_a_key_of_a_log_is_what_is_trusted() -> None:
    assert str(OTHER.key) == generate_key(OTHER.name, b"o" * 32)[1]


# Large ones, in the background --------------------------------------------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels_coming, "TAKE_AT_ONCE", 100)


def coming(client: Client, content: bytes, key: str = "a") -> str:
    answer = client.post("/desk/parcels", {"file": SimpleUploadedFile("案卷包.zip", content), "key": office.key(key)})
    assert answer.headers["Location"].startswith("/desk/parcels/coming/")
    return str(answer.headers["Location"])


@pytest.mark.usefixtures("large")
def test_a_large_one_is_taken_in_by_the_worker_and_its_page_says_how_far_it_is(as_: SignIn, task: models.Task) -> None:
    clerk, content = as_(CLERK), bundle(task)
    page = coming(clerk, content)
    assert (Received.objects.count(), "等后台核对" in words_in(clerk.get(page))) == (0, True)
    assert 'http-equiv="refresh"' in clerk.get(page).content.decode()
    assert "正在后台核对" in words_in(clerk.get("/desk/parcels"))
    worker.tick(TODAY)
    there = clerk.get(page, follow=True)
    assert "这是外来案卷" in words_in(there)
    assert list(path_of("x").parent.glob("*")) == []
    row = models.ComingParcel.objects.get()
    assert (row.stage, row.done == row.total, row.total > 0) == ("taken", True, True)
    assert "正在后台核对" not in words_in(clerk.get("/desk/parcels"))
    entries = models.JournalEntry.objects.count()
    second = coming(clerk, content, "b")
    worker.tick(TODAY)
    assert "什么都没有改变" in words_in(clerk.get(second, follow=True))
    assert (Received.objects.count(), models.JournalEntry.objects.count()) == (1, entries)


@pytest.mark.usefixtures("large")
def test_a_worker_that_died_takes_it_up_again_and_it_comes_to_the_same(as_: SignIn, task: models.Task) -> None:
    clerk = as_(CLERK)
    page = coming(clerk, bundle(task))
    content = path_of(models.ComingParcel.objects.get().pk).read_bytes()
    DBTaskResult.objects.exclude(task_path__endswith="receive_later").delete()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)  # as a worker leaves it that is killed in the middle
    worker.tick(TODAY)
    assert models.ComingParcel.objects.get().stage == "waiting"
    taken(content)  # it had come as far as the journal
    assert worker.take_up_again() == 1
    worker.tick(TODAY)
    assert "什么都没有改变" in words_in(clerk.get(page, follow=True))
    assert Received.objects.count() == 1


@pytest.mark.usefixtures("large")
def test_what_is_wrong_with_a_large_one_stands_on_its_page_and_nothing_is_left_behind(as_: SignIn, task: models.Task) -> None:
    clerk = as_(CLERK)
    page = coming(clerk, bundle(task, STRANGER))
    worker.tick(TODAY)
    words = words_in(clerk.get(page))
    assert ("没有收下，什么都没有改变" in words, f"不认识签名的人：{STRANGER.name}" in words) == (True, True)
    assert "没有收下" in words_in(clerk.get("/desk/parcels"))
    lost = coming(clerk, bundle(task), "lost")
    path_of(lost.rsplit("/", 1)[1]).unlink()
    worker.tick(TODAY)
    assert "请重新上传一次" in words_in(clerk.get(lost))
    assert (Received.objects.count(), list(path_of("x").parent.glob("*"))) == (0, [])
    assert as_("city-clerk").get(page).status_code == 404  # on the desk of whoever sent it


@pytest.mark.usefixtures("large")
def test_sent_twice_with_one_form_it_is_on_its_way_once(as_: SignIn, task: models.Task) -> None:
    clerk, content = as_(CLERK), bundle(task)
    assert coming(clerk, content) == coming(clerk, content)
    assert DBTaskResult.objects.filter(task_path__endswith="receive_later").count() == 1
