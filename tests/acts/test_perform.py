"""The one door: decisions, refusals, repeats and the second comer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from tests.acts.walking import CLERK, make_task
from tests.cases import actor_for, works_case, works_life
from xiaohao.acts import closing, plans, registers, tasks, verdicts
from xiaohao.acts._perform import perform_within
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.receipt import Overtaken
from xiaohao.dossier.record import Record
from xiaohao.journal.entry_format import parse_entry
from xiaohao.kernel.refused import Refused
from xiaohao.records.models import JournalEntry, Refusal, Task

pytestmark = pytest.mark.django_db


def _review(task: Task, key: str, **more: object) -> object:
    case = works_case("accepted")
    return verdicts.review(
        task=task.id, by=actor_for(case, "review"), at=works_life().at("review"), key=key, text="逐条核对，各项有据。", seconds=600, **more
    )


def test_a_step_moves_the_task_and_its_receipt_names_the_entry() -> None:
    task = make_task("accepted")
    receipt = _review(task, "review 1")

    task.refresh_from_db()
    entry = JournalEntry.objects.get(pk=receipt.entry)
    assert (task.status, task.last_entry) == ("reviewed", receipt.entry)
    assert (entry.step, entry.prev_state, entry.state) == ("review", "accepted", "reviewed")


def test_the_same_request_again_is_the_same_receipt_and_changes_nothing() -> None:
    task = make_task("accepted")
    first = _review(task, "review 1")
    count = JournalEntry.objects.count()

    assert _review(task, "review 1") == first
    assert JournalEntry.objects.count() == count


def test_who_opened_the_page_before_somebody_else_acted_is_told_whose_entry_came_first() -> None:
    task = make_task("accepted")
    first = _review(task, "review 1", version=task.version)

    with pytest.raises(Overtaken) as second:
        _review(task, "review 2", version=task.version)
    assert second.value.by_entry == first.entry


def test_a_refusal_names_every_gate_and_is_journaled_with_the_draft() -> None:
    task = make_task("in_progress")
    case = works_case("in_progress")
    with pytest.raises(Refused) as refused:
        closing.close(task=task.id, by=actor_for(case, "close"), at=works_life().at("close"), key="close 1", statement="予以销号。")

    gates = [unmet.gate for unmet in refused.value.unmet]
    assert gates == ["in_turn", "window_complete", "watch_plan_present", "closing_pledged"]
    kept = Refusal.objects.get(pk=refused.value.entry)
    assert kept.draft == {"statement": "予以销号。"}
    assert parse_entry(bytes(kept.entry.content)).unmet == tuple(gates)
    task.refresh_from_db()
    assert task.status == "in_progress"


def test_a_stranger_to_the_task_may_not_enter_records() -> None:
    task = make_task("in_progress")
    stranger = actor_for(works_case("in_progress", owner="org-park"), "start")
    row = Record(id="rec-x", type="meeting", recorded_at="2025-01-01T00:00:00+08:00", date="2025-01-07")
    with pytest.raises(Refused):
        registers.add_records(task=task.id, by=stranger, at=works_life().at("start"), key="rows", records=[row])


@pytest.mark.parametrize("kind", ["acceptance", "review", "closure", "publicity", "pledge", "objection", "return", "override"])
def test_what_is_an_act_of_its_own_cannot_be_entered_as_a_row(kind: str) -> None:
    task = make_task("in_progress")
    by = actor_for(works_case("in_progress"), "start")
    row = Record(id="rec-x", type=kind, recorded_at="2025-01-01T00:00:00+08:00")
    with pytest.raises(Refused):
        registers.add_records(task=task.id, by=by, at=works_life().at("start"), key="rows", records=[row])


def test_the_confidentiality_check_cannot_be_entered_as_a_row() -> None:
    task = make_task("in_progress")
    by = actor_for(works_case("in_progress"), "start")
    row = Record(id="rec-x", type="consent", stage="confidentiality", recorded_at="2025-01-01T00:00:00+08:00")
    with pytest.raises(Refused):
        registers.add_records(task=task.id, by=by, at=works_life().at("start"), key="rows", records=[row])


def test_the_database_refuses_a_status_without_an_entry() -> None:
    task = make_task("in_progress")
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(status="closed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(status="closed", last_entry=task.last_entry)


def test_the_database_refuses_to_change_or_delete_the_journal() -> None:
    make_task("in_progress")
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.update(step="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.all()._raw_delete("default")


def test_a_later_version_of_the_plan_counts_on_and_names_the_one_before() -> None:
    from dataclasses import replace

    task = make_task("in_progress")
    case = works_case("in_progress")
    plan = replace(case.plans[0], id="plan-7b", published_at=None)
    plans.file_plan(task=task.id, by=actor_for(case, "file_plan"), at=works_life().at("start"), key="plan 2", plan=plan)

    filed = task.plans.get(pk="plan-7b").thing()
    assert (filed.version, filed.replaces) == (2, "plan-7")


def test_one_act_about_two_tasks_does_both_however_alike_their_ids_are() -> None:
    task = make_task("in_progress")
    at = works_life().at("apply")
    alike = [f"task-{'long-' * 10}{number}" for number in (1, 2)]
    for number, name in enumerate(alike, 901):
        old = replace(task.thing(), id=name, number=number, links=(), closed_at="2021-06-01")
        tasks.carry_in(by=CLERK, at=at, key=f"carry {number}", task=old)
    for name in alike:
        perform_within("hand_over", task=name, by=CLERK, at=at, key="k" * 32, propose=lambda _dossier, _row: Proposal())
    assert sorted(JournalEntry.objects.filter(step="hand_over").values_list("task", flat=True)) == alike
