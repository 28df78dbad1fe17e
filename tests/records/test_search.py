"""What is written is found by its words at once, by those who may see it and by nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import transaction

from tests.web.desk import office
from xiaohao.acts import petitions, registers
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.record import Record
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.when import CST
from xiaohao.records import search
from xiaohao.records.fsck import faults
from xiaohao.records.models import Record as Row
from xiaohao.records.models import SearchEntry, SearchPair, Task
from xiaohao.records.worklist import visible_to

OPENED = datetime(2024, 11, 18, 9, 0, tzinfo=CST)
LATER = datetime(2025, 6, 3, 9, 0, tzinfo=CST)


@pytest.fixture
def started(db: None) -> Task:
    office.move_in(OPENED)
    return office.works("start")


def found(question: str, kind: str = "task") -> list[str]:
    model = search.KINDS[kind][0]
    return list(search.matching(model.objects.all(), question, kind).values_list("pk", flat=True))


def enter(task: Task, **fields: str) -> None:
    row = Record(id="rec-found", type="site_visit", recorded_at=LATER.isoformat(), date="2025-06-02", **fields)
    registers.add_records(task=task.pk, by=office.actor("housing-1"), at=LATER, key=office.key("enter"), records=(row,))


@pytest.mark.parametrize(
    ("question", "hits"),
    [
        ("氨氮", 1),
        ("氨", 1),
        ("超标", 1),
        ("氨氮 超标", 1),
        ("第7项", 1),
        ("７", 1),
        ("QH2025A", 1),
        ("氨标", 0),
        ("整治扬尘", 0),
        ("%", 0),
        ("、", 0),
        ("", 1),
    ],
)
def test_a_task_is_found_by_words_of_two_characters_and_by_single_ones(started: Task, question: str, hits: int) -> None:
    assert len(found(question)) == hits


def test_a_record_is_found_from_the_moment_it_is_entered(started: Task) -> None:
    enter(started, title="东坪村排口查看", text="现场无异味")
    assert (found("东坪村", "record"), found("异味", "record"), found("坪排", "record")) == (["rec-found"], ["rec-found"], [])


def test_nothing_is_found_of_an_act_that_was_rolled_back(started: Task) -> None:
    before = SearchPair.objects.count()
    with transaction.atomic():
        enter(started, title="东坪村排口查看")
        transaction.set_rollback(True)
    assert (found("东坪村", "record"), SearchPair.objects.count()) == ([], before)


def test_a_petition_is_found_by_what_was_done_about_it(started: Task) -> None:
    one = Petition(id="", number="X1", received="2025-05-01", status="open", text="夜间施工噪声")
    petitions.add_petitions(by=office.actor("county-clerk"), at=LATER, key=office.key("p"), petitions=[(one, "org-housing")])
    assert len(found("噪声", "petition")) == 1
    said = petitions.Handling("true", "stage", None, "已责令停工整改", "")
    pk = found("噪声", "petition")[0]
    petitions.handle_petition(by=office.actor("housing-head"), at=LATER, key=office.key("h"), petition=pk, handling=said)
    assert (found("停工", "petition"), found("噪声", "petition")) == ([pk], [pk])


def test_a_stranger_finds_neither_a_row_nor_a_count(started: Task) -> None:
    seen = {who: search.matching(visible_to(office.actor(who)), "氨氮", "task").count() for who in ("housing-1", "park-1")}
    assert seen == {"housing-1": 1, "park-1": 0}


def test_fsck_names_an_entry_that_says_something_else(started: Task) -> None:
    enter(started, title="东坪村排口查看")
    assert list(search.stale()) == []
    SearchEntry.objects.filter(kind="task").update(text="别的")
    said = {fault.where for fault in faults() if "查找索引" in fault.message}
    assert said == {f"task/{started.pk}"}


def test_what_the_index_lacks_is_filed_by_the_worker(started: Task) -> None:
    SearchPair.objects.all().delete()
    SearchEntry.objects.all().delete()
    assert found("氨氮") == []
    assert search.file_missing() == Task.objects.count() + Row.objects.count() + sum(
        model.objects.count() for kind, (model, _) in search.KINDS.items() if kind in ("petition", "document")
    )
    assert (len(found("氨氮")), search.file_missing()) == (1, 0)


def test_a_refused_act_leaves_no_trace_in_the_index(started: Task) -> None:
    row = Record(id="rec-no", type="closure", recorded_at=LATER.isoformat(), title="东坪村")
    with pytest.raises(Refused):
        registers.add_records(
            task=started.pk, by=office.actor("housing-1"), at=LATER, key=office.key("no"), records=(replace(row, type="closure"),)
        )
    assert found("东坪村", "record") == []
