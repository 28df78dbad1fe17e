"""Objections: a receipt at once, closing suspended, an answer in public, the task returned when one is upheld, and nothing of the person anywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.acts.walking import make_task
from tests.cases import actor_for, works_case, works_life
from xiaohao.acts import _seal, closing, objections
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.signing import log_signer
from xiaohao.journal.entry import EntryType, Outcome
from xiaohao.journal.entry_format import parse_entry
from xiaohao.journal.receipt import open_receipt
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records.models import JournalEntry, Objection, Record, Task
from xiaohao.records.to_dossier import dossier_of

pytestmark = pytest.mark.django_db

DESK = Actor("person-citydesk-1", "org-citydesk", frozenset({Role.DESK}))
CANARY = "13912345678"


@pytest.fixture
def task() -> Task:
    return make_task("published")


def _notice(task: Task) -> Record:
    return Record.objects.get(on_tasks=task, type="publicity")


def _in_window(task: Task) -> datetime:
    return works_life().at("publish") + timedelta(days=1)


def _object(task: Task, **more: Any) -> Receipt:
    said = {"channel": "web", "text": "石桥下面还在排污水。", "contact": f"住户 {CANARY}", "at": _in_window(task), "key": "object 1"}
    return objections.object_to(notice=_notice(task).id, **{**said, **more})


def _close(task: Task) -> Receipt:
    life = works_life()
    by = actor_for(works_case("published"), "close")
    return closing.close(task=task.id, by=by, at=life.at("close"), key="close now", statement="公示期满，予以销号。")


def _unmet(task: Task) -> list[str]:
    with pytest.raises(Refused) as refused:
        _close(task)
    return [unmet.gate for unmet in refused.value.unmet]


def test_the_receipt_is_signed_and_its_code_finds_the_objection(task: Task) -> None:
    receipt = _object(task)
    row = Objection.objects.get()

    signed = open_receipt(receipt.result["receipt"].encode(), [log_signer().key])
    assert (signed.task, signed.commitment, signed.promise_hours) == (task.address, row.commitment, 24)
    assert objections.find_by_code(receipt.result["code"].lower().replace("-", " ")) == row
    assert objections.find_by_code("0000-0000-0000-0000-0000-0000-00") is None


def test_the_same_objection_sent_twice_is_one(task: Task) -> None:
    assert _object(task) == _object(task)
    assert Objection.objects.count() == 1


def test_closing_is_refused_while_an_objection_is_open(task: Task) -> None:
    assert "no_open_objection" not in _unmet(task)
    _object(task)
    assert "no_open_objection" in _unmet(task)


def test_an_answered_objection_no_longer_holds_the_closing(task: Task) -> None:
    row = Objection.objects.get(pk=_object(task).result["objection"])
    at = _in_window(task) + timedelta(days=2)
    objections.admit(objection=row.id, by=DESK, at=at, key="admit", admissible=True, reason="属于公示事项。")
    objections.answer(
        objection=row.id, by=DESK, at=at, key="answer", answer="经现场核查，管道已接通。", upheld=False, public_text="反映石桥处排污。"
    )

    assert "no_open_objection" not in _unmet(task)
    record = next(r for r in dossier_of(task, at=at).records if r.type == "objection")
    assert (record.upheld, record.text, record.public_reason) == (False, "反映石桥处排污。", "经现场核查，管道已接通。")


def test_an_objection_found_inadmissible_with_a_reason_no_longer_holds_the_closing(task: Task) -> None:
    row = Objection.objects.get(pk=_object(task).result["objection"])
    objections.admit(objection=row.id, by=DESK, at=_in_window(task), key="admit", admissible=False, reason="与本任务无关，已转县信访局。")
    assert "no_open_objection" not in _unmet(task)


def test_an_upheld_objection_returns_the_task_in_the_same_act(task: Task) -> None:
    row = Objection.objects.get(pk=_object(task).result["objection"])
    receipt = objections.answer(
        objection=row.id,
        by=DESK,
        at=_in_window(task),
        key="uphold",
        answer="情况属实，重新整改。",
        upheld=True,
        public_text="反映石桥处排污。",
    )

    task.refresh_from_db()
    assert task.status == "reopened"
    moved = parse_entry(bytes(JournalEntry.objects.get(pk=receipt.entry).content))
    decided = parse_entry(bytes(JournalEntry.objects.get(pk=receipt.entry - 1).content))
    assert (moved.step, moved.state) == ("uphold_objection", "reopened")
    assert (decided.type, decided.outcome, decided.objection) == (EntryType.OBJECTION_DECIDED, Outcome.UPHELD, row.commitment)


def test_only_the_desk_answers(task: Task) -> None:
    row = Objection.objects.get(pk=_object(task).result["objection"])
    owner = actor_for(works_case("published"), "apply")
    with pytest.raises(Refused):
        objections.answer(objection=row.id, by=owner, at=_in_window(task), key="a", answer="没有问题。", upheld=False, public_text="")


def test_a_phoned_objection_is_typed_in_by_the_desk_and_by_nobody_else(task: Task) -> None:
    receipt = _object(task, channel="phone", entered_by=DESK)
    assert Objection.objects.get(pk=receipt.result["objection"]).entered_by_id == DESK.person
    with pytest.raises(Refused):
        _object(task, channel="phone", key="object 2", entered_by=actor_for(works_case("published"), "apply"))


def test_a_late_one_is_taken_as_a_report_and_holds_nothing_up(task: Task) -> None:
    row = Objection.objects.get(pk=_object(task, at=works_life().at("close")).result["objection"])
    assert row.late
    assert "no_open_objection" not in _unmet(task)


def test_a_batch_enters_the_journal_in_the_order_of_digests_without_a_word_about_anybody(task: Task) -> None:
    for number in range(3):
        _object(task, key=f"object {number}")
    assert objections.journal_batch(at=_in_window(task)) == 3

    entry = parse_entry(bytes(JournalEntry.objects.order_by("-index")[0].content))
    assert [one.digest for one in entry.objections] == sorted(Objection.objects.values_list("commitment", flat=True))
    assert objections.journal_batch(at=_in_window(task)) == 0


def test_the_code_is_kept_nowhere(task: Task) -> None:
    code = _object(task).result["code"]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {table}")
            assert code not in str(cursor.fetchall()), table


def test_who_objected_lies_sealed_and_nowhere_in_the_open(task: Task) -> None:
    row = Objection.objects.get(pk=_object(task).result["objection"])
    objections.journal_batch(at=_in_window(task))

    assert _seal.unseal(bytes(row.contact), bound_to=row.id) == f"住户 {CANARY}"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {table}")
            assert CANARY not in str([[bytes(v) if isinstance(v, memoryview) else v for v in line] for line in cursor.fetchall()]), table


def test_withdrawn_it_no_longer_holds_the_closing_and_the_journal_says_so(task: Task) -> None:
    code = _object(task).result["code"]
    assert objections.withdraw(code=code, at=_in_window(task))
    assert not objections.withdraw(code=code, at=_in_window(task))

    entry = parse_entry(bytes(JournalEntry.objects.order_by("-index")[0].content))
    assert (entry.type, entry.outcome) == (EntryType.OBJECTION_DECIDED, Outcome.WITHDRAWN)
    assert "no_open_objection" not in _unmet(task)


def test_a_recheck_may_be_asked_once_and_opens_it_again(task: Task) -> None:
    receipt = _object(task)
    row_id, code, at = receipt.result["objection"], receipt.result["code"], _in_window(task)
    assert not objections.ask_recheck(code=code, at=at)
    objections.answer(objection=row_id, by=DESK, at=at, key="answer", answer="已接通。", upheld=False, public_text="反映排污。")

    assert objections.ask_recheck(code=code, at=at)
    assert not objections.ask_recheck(code=code, at=at)
    assert "no_open_objection" in _unmet(task)
    row = Objection.objects.get(pk=row_id)
    assert row.earlier[0]["answer"] == "已接通。"
    assert row.entry is None


def test_keys_are_private_files() -> None:
    make_task("in_progress")
    for path in (settings.JOURNAL_KEY_FILE, settings.SEAL_KEY_FILE):
        assert path.stat().st_mode & 0o777 == 0o600
