"""Verifying: a verdict in words on a number, a code or a file, and the files by which anybody verifies alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.web.portal.conftest import IN_WINDOW, NO
from xiaohao.acts.objections import journal_batch
from xiaohao.acts.publishing import publish_journal
from xiaohao.acts.signing import log_signer
from xiaohao.journal.checkpoint import parse_checkpoint
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.note import open_note, signature_of, split_note
from xiaohao.journal.proof import check_inclusion
from xiaohao.journal.signer import Cosigner
from xiaohao.journal.tlog_proof import read_proof
from xiaohao.records.models import JournalEntry, Objection


def verdict(client, q: str) -> str:
    return _verdict(client.get("/verify", {"q": q}))


def _verdict(answer) -> str:
    box = re.search(r'<section class="box flow-s[^>]*role="status".*?</section>', answer.content.decode(), re.S).group()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", box)).strip()


def upload(client, content: bytes):
    return _verdict(client.post("/verify", {"file": SimpleUploadedFile("证明", content)}))


def test_without_a_question_it_explains_the_four_outcomes(client, logged):
    page = client.get("/verify").content.decode()
    assert 'role="status"' not in page
    assert [words in page for words in ("真", "等一等", "不一致", "查不到")] == [True] * 4


def test_an_entry_under_a_checkpoint_without_a_witness_waits(client, logged):
    newest = JournalEntry.objects.order_by("-index").first()
    assert verdict(client, str(newest.index)).startswith("等一等 已入日志，还没有上级见证。")
    assert "任务 qh2025a-7：青禾县人民政府发布公示" in verdict(client, f"{newest.index}")


def test_an_entry_past_the_checkpoint_waits_for_the_next_one(client, logged, code):
    journal_batch(at=IN_WINDOW + timedelta(hours=1))
    newest = JournalEntry.objects.order_by("-index").first().index
    assert verdict(client, str(newest)).startswith("等一等 已入日志，还没有发布检查点。")


def test_a_witnessed_entry_is_genuine(client, logged):
    witness = Cosigner("city.example/witness", b"w" * 32)
    note = settings.JOURNAL_HOME / "public" / "checkpoint"
    text = split_note(note.read_bytes()).text
    line = signature_of(witness.key, witness.cosign(text.encode(), int(IN_WINDOW.timestamp()))).line()
    note.write_bytes(note.read_bytes() + line.encode())
    (settings.JOURNAL_HOME / "policy").write_text(f"log {log_signer().key}\nwitness 景澜市 {witness.key}\nquorum 景澜市\n", "utf-8")
    try:
        assert verdict(client, "3").startswith("是真的，没有被改过")
        assert "景澜市在 2025 年 11 月 6 日 15:00 签过这个检查点。" in re.sub("<[^>]+>", "", client.get("/verify?q=3").content.decode())
    finally:
        (settings.JOURNAL_HOME / "policy").unlink()


def test_the_number_of_a_notice_leads_to_its_entry(client, logged):
    assert "发布公示" in verdict(client, NO)


@pytest.mark.parametrize("typed", ["99999", "没有这个", "7K4M-Q2XD", "qh2025a-7-9", "0000-0000-0000-0000-0000-0000-00"])
def test_what_nobody_knows_is_not_found_and_gives_a_telephone_number(client, logged, typed):
    assert verdict(client, typed).startswith("查不到")
    assert "0999-5550110" in verdict(client, typed)


def test_a_receipt_is_genuine_and_waits_for_its_batch_then_is_in_the_log(client, logged, code):
    assert verdict(client, code).startswith("等一等 回执是真的，24 小时内写入日志，还没到时间。")
    journal_batch(at=IN_WINDOW + timedelta(hours=1))
    publish_journal()
    assert verdict(client, code).startswith("等一等 已入日志，还没有上级见证。")


def test_a_receipt_whose_promise_was_broken_is_evidence(client, logged, code, clock_at):
    clock_at(IN_WINDOW + timedelta(hours=25))
    assert verdict(client, code).startswith("不一致 回执答应 24 小时内写入日志，已经超过。")


def test_the_downloaded_proof_verifies_alone_and_uploaded(client, logged):
    content = client.get("/journal/proof/3").content
    proof = read_proof(content)
    opened = open_note(proof.note, [log_signer().key])
    checkpoint = parse_checkpoint(opened.text)
    check_inclusion(leaf=leaf_hash(proof.extra), index=3, size=checkpoint.size, path=proof.path, root=checkpoint.root)
    assert proof.extra == bytes(JournalEntry.objects.get(pk=3).content)
    assert upload(client, content).startswith("等一等")


def test_an_altered_proof_is_refused(client, logged):
    content = client.get("/journal/proof/3").content
    assert upload(client, content.replace(b"index 3", b"index 4")).startswith("不一致 证明不成立：")


def test_a_true_proof_that_differs_from_the_database_accuses_the_database(client, logged):
    content = client.get("/journal/proof/3").content
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_is_never_changed")
        cursor.execute('UPDATE records_journalentry SET content = %s WHERE "index" = 3', [b'{"forged":1}'])
    assert upload(client, content).startswith("不一致 证明本身成立，但和本站现在的日志不一致。")
    assert verdict(client, "3").startswith("不一致 数据库里的记录和公开日志不一致")


def test_an_uploaded_receipt_is_opened_and_a_changed_one_refused(client, logged, code):
    receipt = client.get(f"/r/{code}/receipt.txt").content
    assert upload(client, receipt).startswith("等一等 回执是真的")
    assert upload(client, receipt.replace(b"promise 24", b"promise 48")).startswith("不一致 回执不是本站签的，或者改过：")
    assert Objection.objects.count() == 1


@pytest.mark.parametrize("content", [b"hello", b"\x00\xff\xfe", b"c2sp.org/tlog-proof@v1\nnonsense", b"xiaohao/receipt/1\nnonsense"])
def test_any_other_file_gets_a_plain_answer(client, logged, content):
    assert upload(client, content).split()[0] in ("查不到", "不一致")


def test_no_file_at_all_is_said(client, logged):
    assert "请选一个证明文件" in _verdict(client.post("/verify"))


def test_the_log_is_served_as_files_that_others_can_read(client, logged):
    note = client.get("/journal/checkpoint")
    size = parse_checkpoint(open_note(note.content, [log_signer().key]).text).size
    tile = client.get(f"/journal/tile/0/000.p/{size}")
    bundle = client.get(f"/journal/tile/entries/000.p/{size}")
    assert (note.headers["Content-Type"], note.headers["Cache-Control"]) == ("text/plain; charset=utf-8", "public, max-age=5")
    assert tile.headers["Cache-Control"] == bundle.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert tile.headers["Content-Type"] == "application/octet-stream"
    assert len(tile.content) == 32 * size
    assert tile.content[3 * 32 : 4 * 32] == leaf_hash(bytes(JournalEntry.objects.get(pk=3).content))
    assert client.get("/journal/key").content.decode().strip() == str(log_signer().key)


@pytest.mark.parametrize("path", ["tile/0/001", "tile/0/../../keys/journal", "tile/00/000", "proof/99999", "tile/entries/000.p/256"])
def test_no_other_file_is_served(client, logged, path):
    assert client.get(f"/journal/{path}").status_code == 404
